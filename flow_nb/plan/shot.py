"""A shot as it was written. In: a cell's name, text and options. Out: `Shot`, bounded and checked."""

from __future__ import annotations

import re
from typing import Literal, cast, get_args

from pydantic import Field

from flow_nb.errors import ShotError, choices, quote
from flow_nb.plan.base import Part

Tier = Literal["sketch", "fast", "portrait", "light", "ultra"]
TIERS: tuple[Tier, ...] = get_args(Tier)

Lines = Literal["lengthen", "refuse"]
"""What becomes of a shot whose lines take longer than it lasts. They are never cut."""

DEFAULT_TIER: Tier = "fast"
DEFAULT_ENGINE = "stage"

MAX_TEXT_CHARS = 10_000
MIN_DURATION_S, MAX_DURATION_S = 1.0, 30.0
DEFAULT_DURATION_S = 4.0
MAX_SEED = 2**31 - 1

EXAMPLE = (
    "Write what happens, for example: "
    '"A glass slides off the table edge and shatters on the hardwood floor. Slow dolly in."'
)
_NAME = re.compile(r"[A-Za-z][\w-]{0,59}", re.ASCII)


class Shot(Part):
    """One ``%%shot`` cell. ``duration_s`` None means: as long as the text or the default says;
    ``score``: with music, though the text does not ask for any."""

    name: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,59}$")
    text: str = Field(min_length=1, max_length=MAX_TEXT_CHARS)
    tier: Tier = DEFAULT_TIER
    scene: str | None = Field(default=None, max_length=60)
    engine: str = Field(default=DEFAULT_ENGINE, max_length=60)
    duration_s: float | None = Field(default=None, ge=MIN_DURATION_S, le=MAX_DURATION_S)
    seed: int = Field(default=0, ge=0, le=MAX_SEED)
    score: bool = False
    lines: Lines = "lengthen"
    profiles: tuple[str, ...] = Field(default=(), max_length=20)


def make_shot(
    name: str,
    text: str,
    *,
    tier: str = DEFAULT_TIER,
    scene: str | None = None,
    engine: str = DEFAULT_ENGINE,
    duration: str | float | None = None,
    seed: str | int = 0,
    score: bool = False,
    lines: str = "lengthen",
    profile: str | None = None,
) -> Shot:
    """The one border where a user's words become a `Shot`.

    Raises:
        ShotError: one line that names the value, the limit and the fix.
    """
    if not _NAME.fullmatch(name):
        raise ShotError(
            f'the name "{quote(name)}" is not a shot name.',
            fix="Use a letter, then letters, digits, - or _ (at most 60), as in %%shot glass.",
        )
    return Shot(
        name=name,
        text=_checked_text(text, name),
        tier=_checked_tier(tier, name),
        scene=_checked_scene(scene, name),
        engine=engine,
        duration_s=None if duration is None else _checked_duration(duration, name),
        seed=_checked_seed(seed, name),
        score=score,
        lines=_checked_lines(lines, name),
        profiles=profile_names(profile),
    )


def profile_names(profile: str | None) -> tuple[str, ...]:
    """The compliance profiles of ``eu,china``, each once, sorted; whether they exist, the studio knows.

    >>> profile_names("eu, china,none")
    ('china', 'eu')
    """
    names = {name.strip() for name in (profile or "").split(",")}
    return tuple(sorted(name[:60] for name in names - {"", "none"}))[:20]


def _checked_text(text: str, shot: str) -> str:
    if len(text) > MAX_TEXT_CHARS:
        raise ShotError(
            f"the text has {len(text):,} characters; a shot takes {MAX_TEXT_CHARS:,}.",
            fix="Split it into several %%shot cells.",
            shot=shot,
        )
    clean = "".join(c if c.isprintable() or c in "\n\t" else " " for c in text).strip()
    if not clean:
        raise ShotError("the cell is empty.", fix=EXAMPLE, shot=shot)
    return clean


def _checked_tier(tier: str, shot: str) -> Tier:
    for known in TIERS:
        if tier == known:
            return known
    raise ShotError(f'there is no tier "{quote(tier)}".', fix=choices(tier, TIERS), shot=shot)


def _checked_lines(lines: str, shot: str) -> Lines:
    for known in get_args(Lines):
        if lines == known:
            return cast(Lines, known)
    fix = choices(lines, get_args(Lines))
    raise ShotError(f'lines cannot "{quote(lines)}".', fix=fix, shot=shot)


def _checked_scene(scene: str | None, shot: str) -> str | None:
    if scene is not None and not _NAME.fullmatch(scene):
        raise ShotError(
            f'the scene "{quote(scene)}" is not a name.',
            fix="Use a letter, then letters, digits, - or _, as in --scene kitchen.",
            shot=shot,
        )
    return scene


def _checked_duration(duration: str | float, shot: str) -> float:
    try:
        seconds = float(str(duration).removesuffix("s"))
    except ValueError:
        seconds = float("nan")
    if not MIN_DURATION_S <= seconds <= MAX_DURATION_S:
        raise ShotError(
            f'a duration of "{quote(str(duration))}" is not between '
            f"{MIN_DURATION_S:g} and {MAX_DURATION_S:g} seconds.",
            fix="Write a number of seconds, as in --duration 4.",
            shot=shot,
        )
    return seconds


def _checked_seed(seed: str | int, shot: str) -> int:
    try:
        number = int(seed)
    except ValueError:
        number = -1
    if not 0 <= number <= MAX_SEED:
        raise ShotError(
            f'the seed "{quote(str(seed))}" is not a whole number from 0 to {MAX_SEED:,}.',
            fix="Write one, as in --seed 7.",
            shot=shot,
        )
    return number
