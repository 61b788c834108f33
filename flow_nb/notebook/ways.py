"""What moves and what meets. In: a plan and its motion. Out: `Course`s of bodies' middles, `Hit`s.

Used by the overlay: what matters most comes first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from flow_nb.engines.stage.figures.people import is_figure
from flow_nb.engines.stage.framing import target
from flow_nb.plan.events import Event, EventKind
from flow_nb.plan.forms import at_time
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Body, Plan
from flow_nb.props.archetypes import archetypes
from flow_nb.props.shapes import prop_bounds_m

Floats = NDArray[np.float64]

MOVES_M = 0.03
MOST_PIECES, MOST_HITS, MOST_CHARS = 5, 16, 60
LEAST_SPEED_M_S = 0.15
SAME_S, EVENT_S = 0.05, 0.004
"""Blows of the same two bodies nearer than the first are one; an event nearer than the second is it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """The middle (n, 3) of a body at consecutive instants, from number ``first`` on. ``piece``: it broke
    off another."""

    name: str
    first: int
    points_m: Floats
    piece: bool = False

    @property
    def length_m(self) -> float:
        """How long the way is."""
        return float(np.linalg.norm(np.diff(self.points_m, axis=0), axis=1).sum())


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A contact: when and where it began, what the solver says of it."""

    time_s: float
    kind: EventKind
    text: str
    point_m: Floats
    speed_m_s: float
    impulse_n_s: float


def courses(plan: Plan, motion: Motion, times: Floats) -> list[Course]:
    """What moves: the camera's target, the rest by the length of its way, the largest pieces."""
    poses = [motion.at(float(time)) for time in times]
    places = np.array([pose[0] for pose in poses], np.float64)
    turns = np.array([pose[1] for pose in poses], np.float64)
    subject = target(plan, motion)
    bodies, pieces = [], []
    for body in plan.bodies:
        if body.name in motion.names:
            middle = _middle(body, motion, times, places, turns)
            bodies.append(_lived(body.name, motion, times, middle))
    for name in motion.fragments:
        middle = places[:, motion.index(name)]
        pieces.append(_lived(name.split("/")[0], motion, times, middle, own=name))
    bodies.sort(key=lambda way: (way.name != subject, -way.length_m))
    pieces.sort(key=lambda way: -way.length_m)
    moving = [way for way in (*bodies, *pieces[:MOST_PIECES]) if _goes(way)]
    return moving


def hits(motion: Motion) -> list[Hit]:
    """The hardest blows, in the order of time."""
    rows = motion.contacts[motion.contacts["normal_speed_m_s"] > LEAST_SPEED_M_S]
    kept: list[tuple[frozenset[str], np.void]] = []
    for row in rows[np.argsort(-rows["impulse_n_s"], kind="stable")]:
        pair = frozenset(_parent(motion, int(row[side])) for side in ("a", "b"))
        if not any(pair == p and abs(r["time_s"] - row["time_s"]) < SAME_S for p, r in kept):
            kept.append((pair, row))
        if len(kept) == MOST_HITS:
            break
    return sorted((_hit(motion, row) for _, row in kept), key=lambda hit: hit.time_s)


def _middle(body: Body, motion: Motion, times: Floats, places: Floats, turns: Floats) -> Floats:
    """The middle (n, 3) of a body: of a person the chest, of what bends the mean of its points."""
    if body.name in motion.surfaces:
        shape = motion.surfaces[body.name].vertices_m
        return np.array([at_time(shape, float(time)).mean(axis=0) for time in times], np.float64)
    if body.name in motion.strands:
        shape = motion.strands[body.name].points_m
        return np.array([at_time(shape, float(time)).mean(axis=0) for time in times], np.float64)
    chest = motion.index(f"{body.name}/chest")
    if is_figure(body) and chest >= 0:
        return np.asarray(places[:, chest])
    column = motion.index(body.name)
    own = prop_bounds_m(archetypes()[body.prop], body.scale).mean(axis=0)
    turn = Rotation.from_quat(turns[:, column], scalar_first=True)
    return np.asarray(places[:, column] + turn.apply(own))


def _lived(
    name: str, motion: Motion, times: Floats, middle: Floats, *, own: str | None = None
) -> Course:
    """The way while the body exists."""
    column = motion.index(own or name)
    alive = np.flatnonzero((times >= motion.born_s[column]) & (times < motion.gone_s[column]))
    first = int(alive[0]) if len(alive) else 0
    return Course(name=name, first=first, points_m=middle[alive], piece=own is not None)


def _goes(way: Course) -> bool:
    return len(way.points_m) > 1 and float(np.ptp(way.points_m, axis=0).max()) > MOVES_M


def _hit(motion: Motion, row: np.void) -> Hit:
    event = _event(motion, row)
    names = [_parent(motion, int(row[side])) for side in ("a", "b")]
    text = event.text if event and event.text else " meets ".join(sorted(names, key="set".__eq__))
    return Hit(
        time_s=float(row["time_s"]),
        kind=event.kind if event else "impact",
        text=text.replace("meets set", f"meets the {motion.floor_material}")[:MOST_CHARS],
        point_m=np.asarray(row["point_m"], np.float64),
        speed_m_s=float(row["normal_speed_m_s"]),
        impulse_n_s=float(row["impulse_n_s"]),
    )


def _event(motion: Motion, row: np.void) -> Event | None:
    """What the solver's list of events calls this blow."""
    names = {_parent(motion, int(row[side])) for side in ("a", "b")}
    near = [
        event
        for event in motion.events
        if abs(event.time_s - row["time_s"]) < EVENT_S and event.body in names
    ]
    rank = {kind: place for place, kind in enumerate(("break", "impact", "step"))}
    return min(near, key=lambda event: rank.get(event.kind, len(rank)), default=None)


def _parent(motion: Motion, column: int) -> str:
    """The whole body of a column: of a fragment what it broke off, of a bone whose it is."""
    return motion.name(column).split("/")[0]
