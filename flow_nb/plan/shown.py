"""A take as a film shows it. In: a take, from where to where, when. Out: its cues on the film's clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flow_nb.plan.cues import Cue
from flow_nb.plan.take import Take


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """``in_s`` to ``out_s`` of a take, seen from ``start_s`` of the film on. Seconds."""

    take: Take
    in_s: float
    out_s: float
    start_s: float

    @property
    def end_s(self) -> float:
        """When it is no longer seen."""
        return self.start_s + self.out_s - self.in_s

    def placed(self, cues: Iterable[Cue]) -> tuple[Cue, ...]:
        """The take's cues that are heard in the film, at the film's time; a trim may shorten one."""
        later_s = self.start_s - self.in_s
        kept = [cue for cue in cues if cue.end_s > self.in_s and cue.start_s < self.out_s]
        return tuple(
            cue.model_copy(
                update={
                    "start_s": max(cue.start_s, self.in_s) + later_s,
                    "end_s": min(cue.end_s, self.out_s) + later_s,
                }
            )
            for cue in kept
        )


def whole(takes: Sequence[Take]) -> tuple[Shown, ...]:
    """Takes behind each other, all of each."""
    shown, at_s = [], 0.0
    for take in takes:
        shown.append(Shown(take=take, in_s=0.0, out_s=take.duration_s, start_s=at_s))
        at_s += take.duration_s
    return tuple(shown)
