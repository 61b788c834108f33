"""Who calls, rings, ticks. In: the plan's actions, ``calls.toml``. Out: calls while the action goes on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from flow_nb.engines.stage.sound.field import Field
from flow_nb.engines.stage.sound.throat import MAKERS, Call
from flow_nb.plan.actions import Action
from flow_nb.plan.bodies import Body
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Plan

MOST_CALLERS = 12
LOOSE = 0.12
"""How far an animal strays from its beat; what has a clapper or a wheel does not."""


@cache
def calls() -> tuple[Call, ...]:
    """All rows, those that name a noun first: they are the more special."""
    text = files(__package__).joinpath("calls.toml").read_text(encoding="utf-8")
    rows = [
        Call(name=name, **{key: _tuples(value) for key, value in row.items()})
        for name, row in tomllib.loads(text).items()
    ]
    return tuple(sorted(rows, key=lambda row: -max((len(n) for n in row.nouns), default=0)))


def call(plan: Plan, motion: Motion, *, field: Field, rng: np.random.Generator) -> None:
    """Lays the calls of all actions that have one."""
    for action, body, row in list(callers(plan))[:MOST_CALLERS]:
        column = motion.index(body.name)
        head = motion.index(f"{body.name}/head")
        own = rng.spawn(1)[0]
        for turn, time_s in enumerate(_times_s(row, action, motion.duration_s, own)):
            wave = row.level * MAKERS[row.maker](row, row.lasts_s, turn, own)
            at = min(round(time_s * POSE_RATE_HZ), len(motion.positions_m) - 1)
            place = motion.positions_m[at, head if head >= 0 else column].astype(float)
            if head < 0:
                place = place + [0.0, 0.0, 0.5 * float(motion.sizes_m[column])]
            field.at(wave, time_s, place)


def callers(plan: Plan) -> Iterator[tuple[Action, Body, Call]]:
    """Which actions are heard by their verb: by whose body, and how."""
    for action in plan.actions:
        if action.expected or plan.air.medium == "vacuum":
            continue
        body = plan.body(action.body)
        row = call_of(action.lemma.lower(), body)
        if row is not None:
            yield action, body, row


def call_of(lemma: str, body: Body) -> Call | None:
    """The call that a verb means when that body does it.

    >>> horse = Body(name="horse", noun="horse", prop="horse", material="fur")
    >>> call_of("bark", horse) is None
    True
    """
    for row in calls():
        if lemma in row.lemmas:
            named = any(noun in body.noun.lower() for noun in row.nouns)
            if named or (body.prop in row.props and (not row.nouns or body.prop == "phone")):
                return row
    return None


def _times_s(row: Call, action: Action, duration_s: float, rng: np.random.Generator) -> list[float]:
    """When each call begins, until the action is over."""
    end = min(action.end_s if action.end_s is not None else duration_s, duration_s)
    many = row.many if action.turns is None else max(1, min(row.many, round(action.turns)))
    loose = LOOSE if row.maker in ("throat", "tone", "clap") else 0.0
    found: list[float] = []
    time_s = action.start_s
    while time_s < end and len(found) < many:
        found.append(time_s)
        if row.every_s <= 0:
            break
        time_s += row.every_s * (1 + loose * float(rng.uniform(-1, 1)))
        if row.pause and len(found) % int(row.pause[0]) == 0:
            time_s += row.pause[1]
    return found


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
