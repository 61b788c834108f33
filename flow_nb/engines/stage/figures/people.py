"""The persons of a shot. In: a plan, its motion, what was spoken. Out: who is a person, where their heads
are, and which of them says what when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.picture import Floats
from flow_nb.engines.stage.voice.spoken import Phone
from flow_nb.plan.bodies import Body
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.speaking import speaking_s
from flow_nb.props.archetypes import archetypes
from flow_nb.props.skeleton import HEIGHTS_M, Skeleton, skeleton

Told = tuple[str, float, float, Sequence[tuple[str, float, float, int]]]
"""A spoken line on its way to the renderer: speaker, from when to when, and every phone: symbol, from
when to when, stress."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Utterance:
    """A line in somebody's mouth, in seconds of the shot: ``body`` says it. Without a voice there are
    no ``phones``."""

    body: str
    start_s: float
    end_s: float
    phones: tuple[Phone, ...] = ()


def is_figure(body: Body) -> bool:
    """Whether it is a person, drawn as a puppet."""
    return archetypes()[body.prop].kind == "figure"


def body_skeleton(body: Body) -> Skeleton:
    """The bones of a figure."""
    return skeleton(HEIGHTS_M[body.age] * body.scale, body.age)


def speaker(plan: Plan, name: str) -> str | None:
    """The figure that is called so in the script; where there is one figure alone, it is that."""
    people = [body for body in plan.bodies if is_figure(body)]
    if len(people) == 1:
        return people[0].name
    called = {name.lower(), name.lower().replace(" ", "-")}
    return next((body.name for body in people if {body.name, body.noun.lower()} & called), None)


def utterances(plan: Plan) -> tuple[Utterance, ...]:
    """The lines of those that are seen, where nobody has a voice."""
    found = []
    for line in plan.lines:
        body = speaker(plan, line.speaker)
        if body is not None:
            guess_s = line.start_s + speaking_s(line.text)
            end_s = guess_s if line.end_s is None else line.end_s
            found.append(Utterance(body=body, start_s=line.start_s, end_s=end_s))
    return tuple(found)


def voiced(plan: Plan, told: Sequence[Told]) -> tuple[Utterance, ...]:
    """The lines as they were spoken; lines of nobody that is seen are left out."""
    found = []
    for name, start_s, end_s, phones in told:
        body = speaker(plan, name)
        if body is not None:
            heard = tuple(
                Phone(symbol=symbol, start_s=begin, end_s=end, stress=stress)
                for symbol, begin, end, stress in phones
            )
            found.append(Utterance(body=body, start_s=start_s, end_s=end_s, phones=heard))
    return tuple(found)


def head_poses(plan: Plan, motion: Motion, name: str, times: Floats) -> list[tuple[Floats, Floats]]:
    """The neck's joint (3,) and the turn of the head (3, 3) at every instant."""
    body, column = plan.body(name), motion.index(f"{name}/head")
    neck = np.asarray(body_skeleton(body).by_name["head"].joint_m)
    found = []
    for time in times:
        positions, quaternions = motion.at(float(time))
        own = column if column >= 0 else motion.index(name)
        turn = turned(quaternions[own].astype(float))
        place = positions[own].astype(float)
        found.append((place if column >= 0 else place + turn @ neck, turn))
    return found


def turned(quaternion: Floats) -> Floats:
    """The rotation (3, 3) of a quaternion (w, x, y, z).

    >>> turned(np.array([1.0, 0.0, 0.0, 0.0])).tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    w, x, y, z = quaternion / np.linalg.norm(quaternion)
    return np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ])  # fmt: skip
