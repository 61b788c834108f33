"""Compliance profiles. In: names. Out: `Profile`s, read from dated data; the strictest label of several.

They describe what software can do towards a law, and name what it cannot. They are no legal advice.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from flow_nb.errors import ShotError, choices, quote

ADVICE = "This is no legal advice: ask somebody who may give it before you publish."
FOLDER = Path(__file__).parent


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Data):
    """Where a profile's rules were found; ``read``: whether the text itself was seen."""

    title: str
    url: str
    kind: Literal["primary", "secondary"]
    read: bool


class Rule(_Data):
    """One thing that is asked.

    A label's ``text`` is at least ``share`` of the picture's shorter side high and stands for
    ``seconds`` from the start, 0 being all the time; ``number`` says whether law or flow_nb chose these;
    ``people``: only where figures act. ``why`` is what a duty needs that software has not.
    """

    kind: Literal["label", "sound", "metadata", "marks", "detection", "duty"]
    asks: str
    text: str = ""
    share: float = Field(default=0, ge=0, le=0.2)
    seconds: float = Field(default=0, ge=0, le=60)
    number: Literal["law", "ours"] = "ours"
    people: bool = False
    when: Literal["sound alone", "always"] = "sound alone"
    fields: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    why: str = ""


class Profile(_Data):
    """What one jurisdiction asks, since when, and when somebody last looked."""

    id: str
    name: str
    law: str
    in_force: dt.date
    checked: dt.date
    source: tuple[Source, ...] = ()
    rule: tuple[Rule, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The strictest of several profiles: all their texts, the largest share, the longest time (None is
    all the time), and whether it is to be heard."""

    texts: tuple[str, ...] = ()
    share: float = 0.0
    seconds: float | None = 0.0
    heard: bool = False


@cache
def profiles() -> dict[str, Profile]:
    """All profiles by their id, which is their file's name."""
    found = {}
    for file in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        found[file.stem] = Profile.model_validate({"id": file.stem, **data})
    return found


def chosen(names: Iterable[str]) -> tuple[Profile, ...]:
    """The profiles of these names, each once. Raises ShotError for one that does not exist."""
    known = profiles()
    found: dict[str, Profile] = {}
    for name in names:
        if name not in known:
            raise ShotError(f'there is no profile "{quote(name)}".', fix=choices(name, known))
        found[name] = known[name]
    return tuple(found.values())


def strictest(several: Sequence[Profile], *, people: bool = True) -> Asked:
    """What satisfies all of them; ``people``: whether figures act in the shot.

    >>> strictest(chosen(["china", "eu"])).share
    0.05
    """
    rules = [rule for profile in several for rule in profile.rule]
    labels = [rule for rule in rules if rule.kind == "label" and (people or not rule.people)]
    whole = any(rule.seconds == 0 for rule in labels)
    return Asked(
        texts=tuple(dict.fromkeys(rule.text for rule in labels)),
        share=max((rule.share for rule in labels), default=0.0),
        seconds=None if whole else max((rule.seconds for rule in labels), default=0.0),
        heard=any(rule.kind == "sound" and rule.when == "always" for rule in rules),
    )
