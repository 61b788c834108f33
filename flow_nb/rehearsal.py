"""Lines in their time. In: a plan as it was read, how long each line takes to say. Out: the plan, fitted.

Nothing is cut: a line that is longer than its shot lengthens the shot, or the shot is refused. Lines
follow each other as the director gave them; they overlap only where their manner says so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from flow_nb.engines.base import Engine, Speaker
from flow_nb.errors import PlanError, quote
from flow_nb.identity.voice import VoiceTag
from flow_nb.plan.plan import Beat, Line, Plan
from flow_nb.plan.shot import MAX_DURATION_S, Lines
from flow_nb.plan.speaking import speaking_s

ASSUMED_CHARS_PER_S = 14.0
"""The pace at which a director who has heard nobody spaces lines."""

NEXT_S, LEAST_GAP_S, FOLLOWS_WITHIN_S = 0.4, 0.15, 1.0
"""A line that was to begin within a second after the one before belongs to it: it keeps its pause,
whatever the one before takes. A later one waits for its own moment."""

AFTER_LAST_S = 0.4
_TOGETHER = re.compile(
    r"\b(?:together|in unison|in chorus|at the same time|simultaneously)\b", re.I
)
_INTO = re.compile(
    r"\b(?:interrupt\w*|overlap\w*|cutting (?:in|off)|cuts (?:in|off)|talking over)\b", re.I
)
INTO_S = 0.35


def rehearsed(
    plan: Plan, maker: Engine, voices: Mapping[str, VoiceTag], *, lines: Lines = "lengthen"
) -> Plan:
    """The plan, fitted to what its lines take when this engine says them; as it is where they are.

    Raises:
        PlanError: as `fitted`.
    """
    if all(line.end_s is not None for line in plan.lines):
        return plan
    measure = maker.line_seconds if isinstance(maker, Speaker) else _reads_aloud
    said_s = [measure(line, voices[line.speaker]) for line in plan.lines]
    lengths_s = [s or speaking_s(line.text) for s, line in zip(said_s, plan.lines, strict=True)]
    return fitted(plan, lengths_s, lines=lines)


def _reads_aloud(line: Line, voice: VoiceTag) -> float:
    return speaking_s(line.text) / voice.speed


def fitted(plan: Plan, lengths_s: Sequence[float], *, lines: Lines = "lengthen") -> Plan:
    """The plan with every line's start and end, and as long as its lines need.

    Raises:
        PlanError: they need more than a shot can have, or more than this one has and ``lines`` is
            ``refuse``.
    """
    if not plan.lines:
        return plan
    order = sorted(range(len(plan.lines)), key=lambda i: plan.lines[i].start_s)
    placed = dict[int, Line]()
    told: Line | None = None
    before: Line | None = None
    for i in order:
        line = plan.lines[i]
        start_s = line.start_s if told is None or before is None else _start_s(line, told, before)
        end_s = start_s + lengths_s[i]
        told, before = line, _timed(line, start_s, end_s)
        placed[i] = before
    need_s = max(line.start_s + lengths_s[i] for i, line in placed.items()) + AFTER_LAST_S
    duration_s = plan.duration_s
    if need_s > duration_s + 1e-6:
        _check(plan, need_s, lines)
        duration_s = min(math.ceil(need_s * 10 - 1e-6) / 10, MAX_DURATION_S)
    notes = plan.notes
    if duration_s != plan.duration_s:
        notes += (
            f"the shot is {duration_s:g} s long, not {plan.duration_s:g}: its lines take that to say",
        )
    beats = tuple(_stretched(beat, plan.duration_s, duration_s) for beat in plan.beats)
    told_lines = tuple(placed[i] for i in range(len(plan.lines)))
    fresh = {"lines": told_lines, "duration_s": duration_s, "beats": beats, "notes": notes}
    return Plan.model_validate({**{k: getattr(plan, k) for k in Plan.model_fields}, **fresh})


def _start_s(line: Line, told: Line, before: Line) -> float:
    """When a line begins: ``told`` is the line before it as it was read, ``before`` as it is fitted."""
    assert before.end_s is not None
    if _TOGETHER.search(line.manner):
        return before.start_s
    if _INTO.search(line.manner):
        return max(before.end_s - INTO_S, before.start_s)
    gap_s = line.start_s - (told.start_s + len(told.text) / ASSUMED_CHARS_PER_S)
    if gap_s <= FOLLOWS_WITHIN_S:
        return before.end_s + (gap_s if gap_s >= LEAST_GAP_S else NEXT_S)
    return max(line.start_s, before.end_s + LEAST_GAP_S)


def _timed(line: Line, start_s: float, end_s: float) -> Line:
    """A line past the end of any shot is kept at that end until the whole is refused."""
    start, end = (round(min(s, MAX_DURATION_S), 3) for s in (start_s, end_s))
    return line.model_copy(update={"start_s": start, "end_s": end})


def _check(plan: Plan, need_s: float, lines: Lines) -> None:
    longest = max(plan.lines, key=lambda line: len(line.text))
    if need_s > MAX_DURATION_S:
        raise PlanError(
            f"its lines take {need_s:.1f} s to say; a shot takes {MAX_DURATION_S:g}: "
            f'"{quote(longest.text)}".',
            fix="Split them into several shots.",
        )
    if lines == "refuse":
        raise PlanError(
            f"its lines take {need_s:.1f} s to say; the shot has {plan.duration_s:g}: "
            f'"{quote(longest.text)}".',
            fix=f"Use --duration {math.ceil(need_s)}, shorten them, or use --lines lengthen.",
        )


def _stretched(beat: Beat, before_s: float, now_s: float) -> Beat:
    """The last mood lasts to the shot's new end."""
    return beat.model_copy(update={"end_s": now_s}) if beat.end_s >= before_s else beat
