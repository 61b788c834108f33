"""A studio's own words. In: its folder. Out: `House`: what it blocks, its brands, whose consent it has.

``policy.toml`` beside the notebook, or in ``.flow_nb``::

    blocked = ["unicorn", "acme cola"]   # refused wherever they stand
    brands = ["Zephyr"]                  # said before the shot: may it be shown?
    people = ["Ada Lovelace"]            # real people whose consent the studio has

The entries are words, taken as they are: never patterns.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flow_nb.errors import PolicyError, choices, quote
from flow_nb.plan.base import Text
from flow_nb.shield.policy.rules import Finding, Verdict
from flow_nb.shield.policy.words import Word, forms

NAME = "policy.toml"
MAX_BYTES, MAX_ENTRIES = 200_000, 5_000


class House(BaseModel):
    """What is in the file; empty where there is none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    blocked: tuple[Text, ...] = Field(default=(), max_length=MAX_ENTRIES)
    brands: tuple[Text, ...] = Field(default=(), max_length=MAX_ENTRIES)
    people: tuple[Text, ...] = Field(default=(), max_length=MAX_ENTRIES)

    def findings(self, text_sentences: Sequence[Sequence[Word]]) -> Iterator[Finding]:
        """Where the studio's words stand in a text."""
        told: tuple[tuple[tuple[str, ...], Verdict, str], ...] = (
            (self.blocked, "refuse", "is blocked in this studio"),
            (self.brands, "warn", "is a brand: check that you may show it"),
        )
        for entries, verdict, why in told:
            for entry in entries:
                yield from _places(entry, text_sentences, verdict, why)


def house(folder: Path) -> House:
    """The words of the studio in a folder. Raises PolicyError for a file that makes no sense."""
    for path in (folder / NAME, folder / ".flow_nb" / NAME):
        if path.is_file():
            return _read(path)
    return House()


def _read(path: Path) -> House:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PolicyError(
                f'"{path}" has {path.stat().st_size:,} bytes; {MAX_BYTES:,} are the most.',
                fix="Keep the words that matter.",
            )
        return House.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        if isinstance(error, ValidationError):
            wrong = error.errors()[0]
            key = str(wrong["loc"][0]) if wrong["loc"] else ""
            fix = choices(key, House.model_fields) if key not in House.model_fields else ""
            raise PolicyError(
                f'"{path}": "{quote(key)}": {wrong["msg"]}.',
                fix=fix or "Write a list of words.",
            ) from None
        raise PolicyError(
            f'"{path}" cannot be read as TOML.', fix="Mend it or move it away."
        ) from error


def _places(
    entry: str, text_sentences: Sequence[Sequence[Word]], verdict: Verdict, why: str
) -> Iterator[Finding]:
    wanted = [forms(word) for word in entry.split()]
    for sentence in text_sentences if wanted else ():
        for at in range(len(sentence) - len(wanted) + 1):
            here = sentence[at : at + len(wanted)]
            if all(word.forms & one for word, one in zip(here, wanted, strict=True)):
                yield Finding(
                    category="other",
                    verdict=verdict,
                    reason=f'"{quote(entry)}" {why}',
                    start=here[0].start,
                    end=here[-1].end,
                )
