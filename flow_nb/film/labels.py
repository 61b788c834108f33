"""What profiles ask of a film. In: takes, profiles. Out: `Wanted`: which shots must still be labelled.

A label that is due at the start is due in the film's first seconds; one that is due all the time, in
every shot. A shot that bears it already is copied as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from flow_nb.engines.base import Chunk, Format
from flow_nb.plan.shown import Shown
from flow_nb.plan.take import Kept, Take
from flow_nb.shield.profiles.label import Label, label
from flow_nb.shield.profiles.profile import Asked, Profile, chosen, strictest
from flow_nb.shield.profiles.report import report
from flow_nb.shield.profiles.rhythm import with_rhythm
from flow_nb.timebase import sample_at_frame

FACES_UNSEEN = (
    "Where this shot's faces are is not known any more: the label stands in a corner. "
    "Run its cell with --profile, and it keeps clear of them."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """The profiles of a film, the strictest label, and for each take whether it must be put in."""

    several: tuple[Profile, ...]
    asked: Asked
    due: tuple[bool, ...]

    def touch(self, chunk: Chunk, form: Format, total: int) -> Chunk:
        """A chunk of a shot of ``total`` frames that must be labelled."""
        seen = _label(self.asked, form, total)
        frames = seen.put(chunk.frames, chunk.first_frame)
        samples = chunk.samples
        if self.asked.heard:
            samples = with_rhythm(samples, sample_at_frame(chunk.first_frame, form.fps))
        return Chunk(frames=frames, samples=samples, first_frame=chunk.first_frame)

    def kept(self, takes: Sequence[Take], form: Format) -> tuple[Kept, ...]:
        """Rule by rule, what was done: here, or in the shots."""
        if not any(self.due):
            lines = [line for take in takes for line in take.kept]
            return tuple({(line.profile, line.text[:60]): line for line in lines}.values())
        total = sum(take.frames for take in takes)
        seen = _label(self.asked, form, total)
        unseen = Kept(
            profile=self.several[0].id, rule="label", state="not promised", text=FACES_UNSEEN
        )
        told = report(self.several, seen, heard=self.asked.heard, fps=float(form.fps))
        return (*told, unseen)


@lru_cache(maxsize=8)
def _label(asked: Asked, form: Format, total: int) -> Label:
    return label(asked.texts, form, share=asked.share, seconds=asked.seconds, total=total)


def wanted(shown: Sequence[Shown], profiles: Sequence[str]) -> Wanted:
    """The strictest of all profiles of the shots and of those asked for. Raises ShotError."""
    ids = sorted({*profiles, *(name for one in shown for name in one.take.profiles)})
    several = chosen(ids)
    asked = strictest(several)
    due = []
    for one in shown:
        early = asked.seconds is None or one.start_s < asked.seconds
        due.append(bool(asked.texts) and early and not _bears(one, asked))
    return Wanted(several=several, asked=asked, due=tuple(due))


def _bears(shown: Shown, asked: Asked) -> bool:
    """Whether a take's own profiles have put all of this into it, and no trim has taken it away."""
    take = shown.take
    own = strictest(chosen(take.profiles))
    if shown.in_s > 0 and own.seconds is not None:
        return False
    shown_s = take.duration_s if own.seconds is None else own.seconds
    long_enough = take.duration_s if asked.seconds is None else asked.seconds
    return (
        set(asked.texts) <= set(own.texts)
        and own.share >= asked.share
        and shown_s >= min(long_enough, take.duration_s)
        and own.heard >= asked.heard
    )
