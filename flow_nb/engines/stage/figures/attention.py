"""Where persons look. In: a plan, its motion, who speaks when, where the lens is. Out: `Attention`: a listener
turns to who speaks, a speaker to whom it speaks, first with the eyes, then with the head; who is alone and does
nothing looks just past the lens.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from flow_nb.engines.stage.figures.build import head_unit_m
from flow_nb.engines.stage.figures.people import Utterance, body_skeleton, head_poses, is_figure
from flow_nb.engines.stage.picture import Floats
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan

EYES_UP = 0.61
"""The eyes above the neck's joint, in head units."""
LISTENS_BEFORE_S, LISTENS_AFTER_S = 0.05, 0.7
"""A head turns to a voice at once, and stays with it for a while."""
BEHIND_DEG = 125.0
EYES_ALONE_DEG, MOST_HEAD_DEG, MOST_NOD_DEG = 8.0, 42.0, 16.0
MOST_EYES_DEG = (30.0, 18.0)
HEAD_S, EYES_S = 0.16, 0.045
PAST_LENS_DEG, LENS_DEG, LENS_HELD = 4.0, 38.0, 0.75
"""How far beside the lens one looks who has nobody to look at, how far the eyes go for it, and how firmly."""
PORTRAITS = frozenset({"medium", "medium close-up", "close-up", "extreme close-up"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Attention:
    """Degrees to the figure's own left and up, each (frames, 2): what the ``head`` turns beyond the
    motion, what the ``eyes`` turn in it; ``held`` (frames,), 0 to 1, is how much they are held there."""

    head: Floats
    eyes: Floats
    held: Floats


def attention(
    plan: Plan,
    motion: Motion,
    times: Floats,
    said: Sequence[Utterance],
    lens_m: Floats | None = None,
) -> dict[str, Attention]:
    """That of every figure that has somebody to look at, or in a portrait the lens (frames, 3)."""
    people = [b.name for b in plan.bodies if is_figure(b) and b.name in motion.names]
    speaks = len(people) > 1 and bool(said)
    idle = _idle(plan, people) if lens_m is not None else set()
    if not speaks and not idle:
        return {}
    heads = {name: head_poses(plan, motion, name, times) for name in people}
    eyes = {name: _eyes(plan, name, heads[name]) for name in people}
    found = {}
    for name in people if speaks else sorted(idle):
        nobody: list[str | None] = [None] * len(times)
        whom = _looked_at(name, people, times, said, eyes) if speaks else nobody
        seen = lens_m if name in idle else None
        found[name] = _turned_to(whom, eyes, heads[name], name, times, seen)
    return found


def _idle(plan: Plan, people: Sequence[str]) -> set[str]:
    """Who does nothing in a portrait, and nobody is there to be looked at."""
    if plan.camera.size not in PORTRAITS or len(people) != 1 or plan.camera.angle != "eye level":
        return set()
    return {n for n in people if not any(n in action.names for action in plan.actions)}


def _eyes(plan: Plan, name: str, heads: list[tuple[Floats, Floats]]) -> Floats:
    unit = head_unit_m(body_skeleton(plan.body(name)))
    return np.array([place + turn @ (0, -0.3 * unit, EYES_UP * unit) for place, turn in heads])


def _looked_at(
    name: str, people: list[str], times: Floats, said: Sequence[Utterance], eyes: dict[str, Floats]
) -> list[str | None]:
    """Whom a figure looks at in every frame."""
    found: list[str | None] = [None] * len(times)
    for line in sorted(said, key=lambda line: line.start_s):
        begin, end = line.start_s - LISTENS_BEFORE_S, line.end_s + LISTENS_AFTER_S
        for frame in np.flatnonzero((times >= begin) & (times <= end)):
            there = line.body if line.body != name else _partner(name, people, said, line, eyes)
            found[frame] = there
    return found


def _partner(
    name: str, people: list[str], said: Sequence[Utterance], now: Utterance, eyes: dict[str, Floats]
) -> str:
    """To whom a line is said: who spoke last, else who speaks next, else who stands nearest."""
    before = [line for line in said if line.body != name and line.start_s < now.start_s]
    after = [line for line in said if line.body != name and line.start_s > now.start_s]
    if before:
        return max(before, key=lambda line: line.start_s).body
    if after:
        return min(after, key=lambda line: line.start_s).body
    others = [other for other in people if other != name]
    return min(others, key=lambda other: float(np.linalg.norm(eyes[other][0] - eyes[name][0])))


def _turned_to(
    whom: list[str | None],
    eyes: dict[str, Floats],
    heads: list[tuple[Floats, Floats]],
    name: str,
    times: Floats,
    lens_m: Floats | None,
) -> Attention:
    goal, held, alone = np.zeros((len(times), 2)), np.zeros(len(times)), np.zeros(len(times), bool)
    for frame, other in enumerate(whom):
        there = lens_m if other is None else eyes[other]
        if there is None:
            continue
        way = heads[frame][1].T @ (there[frame] - eyes[name][frame])
        side = math.degrees(math.atan2(way[0], -way[1]))
        up = math.degrees(math.atan2(way[2], math.hypot(way[0], way[1])))
        if other is None and abs(side) <= LENS_DEG:
            past = PAST_LENS_DEG if side < 0 else -PAST_LENS_DEG
            goal[frame], held[frame], alone[frame] = (side + past, up), LENS_HELD, True
        elif other is not None and abs(side) <= BEHIND_DEG:
            goal[frame], held[frame] = (side, up), 1.0
    limits = np.array([MOST_HEAD_DEG, MOST_NOD_DEG])
    head = np.sign(goal) * np.clip(np.abs(goal) - EYES_ALONE_DEG, 0, limits)
    head = _calmed(head * np.where(alone, 0.35, 1.0)[:, None], HEAD_S, times)
    left = _calmed(goal, EYES_S, times) - head
    seen = np.clip(left, -np.array(MOST_EYES_DEG), MOST_EYES_DEG)
    return Attention(head=head, eyes=seen, held=_calmed(held, EYES_S, times))


def _calmed(values: Floats, width_s: float, times: Floats) -> Floats:
    step = float(times[1] - times[0]) if len(times) > 1 else 1.0
    return np.asarray(gaussian_filter1d(values, width_s / step, axis=0, mode="nearest"))
