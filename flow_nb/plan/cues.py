"""What is said, and when. In: a `Plan`'s lines. Out: `Cue`s, whole sentences on the shot's clock.

Used by the seal and by the film; `flow_nb.media.subtitles` writes them down.
"""

from __future__ import annotations

from pydantic import Field

from flow_nb.plan.base import Part, Text
from flow_nb.plan.plan import Line, Plan
from flow_nb.plan.speaking import speaking_s


class Cue(Part):
    """A text from ``start_s`` to ``end_s``; ``speaker`` is empty for what nobody says."""

    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    speaker: Text = ""
    text: Text = ""


def cues_of(plan: Plan) -> tuple[Cue, ...]:
    """The lines of a plan in the order in which they begin.

    A line that nobody has measured lasts as long as its words take to say, until the next line
    begins or the shot ends.
    """
    lines = sorted(
        (line for line in plan.lines if line.text.strip() and line.start_s < plan.duration_s),
        key=lambda line: line.start_s,
    )
    next_s = [*(line.start_s for line in lines), plan.duration_s][1:]
    return tuple(
        Cue(
            start_s=line.start_s,
            end_s=_end_s(line, until_s, plan.duration_s),
            speaker=line.speaker,
            text=line.text,
        )
        for line, until_s in zip(lines, next_s, strict=True)
    )


def _end_s(line: Line, next_s: float, duration_s: float) -> float:
    if line.end_s is not None and line.end_s > line.start_s:
        return min(line.end_s, duration_s)
    end_s = line.start_s + speaking_s(line.text)
    return min(end_s, duration_s) if next_s <= line.start_s else min(end_s, next_s, duration_s)
