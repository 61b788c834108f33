"""What answers around a set. In: ``rooms.toml``, ``absorption.toml``, a plan. Out: `Room`: walls, air and ground.

Heights, sides and openness come from the set's row; this adds what its surfaces swallow, by octave band.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import SetRow

Floats = NDArray[np.float64]

OCTAVES_HZ = np.array([125.0, 250.0, 500.0, 1_000.0, 2_000.0, 4_000.0])
AIR_DB_M = np.array([0.0004, 0.0013, 0.0027, 0.0047, 0.0099, 0.0297])
"""What air itself swallows, at 20 degrees and half humid: ISO 9613-1, table 1."""

STAGE_HALL_M = 4.5
"""Where a set has no wall the stage's hall goes on for about this far."""

BEHIND_CAMERA_M = 1.5
HALL = "tiles-of-felt"
LONGEST_S = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One row of ``rooms.toml``; the columns are explained at its head."""

    name: str
    walls: str
    ceiling: str = "open"
    furnished: float = 0.0
    size_m: tuple[float, float, float] | None = None
    tail_s: float = 0.6
    tail_db: float = -36.0
    ground: str | None = None
    litter: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """The air of one shot.

    ``box_m`` (2, 3) its lowest and highest corner, ``walls`` what sends the sound back once: (axis,
    where, share of the pressure that returns in each of `OCTAVES_HZ`). ``tail_s`` (6,) the time in
    which the rest falls by 60 dB, ``tail_level`` its energy as an amplitude, beside a direct sound
    at 3 m.
    """

    box_m: Floats
    walls: tuple[tuple[int, float, Floats], ...]
    tail_s: Floats
    tail_level: float
    outdoors: bool


@cache
def answers() -> Mapping[str, Answer]:
    """All rows by set."""
    return MappingProxyType(
        {name: Answer(name=name, **_tuples(row)) for name, row in _table("rooms.toml").items()}
    )


@cache
def absorption() -> Mapping[str, Floats]:
    """Coefficients (6,) of each kind of surface."""
    return MappingProxyType({k: np.array(v) for k, v in _table("absorption.toml").items()})


def answer_of(kind: str) -> Answer:
    """The row of a set; a set without one is the studio."""
    return answers().get(kind, answers()["studio"])


def ground_of(plan: Plan, floor: str) -> tuple[str, str | None]:
    """What a foot meets: a row of materials, and the litter on it (a row of ``grains.toml``).

    Falling snow lies on what is outdoors, rain makes it wet.
    """
    row = answer_of(plan.set.kind)
    ground, litter = row.ground or floor, row.litter
    if row.ceiling != "open" or plan.set.kind in ("underwater", "space", "moon", "sea"):
        return ground, litter
    if plan.light.weather == "snow":
        return "snow", None
    if plan.light.weather in ("rain", "storm"):
        return ("asphalt-wet" if ground == "asphalt" else ground), "puddle"
    return ground, litter


def reverberation_s(
    volume_m3: float, surface_m2: float, mean: Floats, air_db_m: Floats | float = 0.0
) -> Floats:
    """Eyring: T60 = 0.161 V / (-S ln(1 - a) + 4 m V), with m the air's own absorption of energy.

    >>> float(reverberation_s(92, 133, np.array([0.22])).round(2)[0])
    0.45
    """
    air_m2 = 4 * np.asarray(air_db_m) / 4.343 * volume_m3
    return np.asarray(0.161 * volume_m3 / (-surface_m2 * np.log1p(-mean) + air_m2))


def room_of(row: SetRow, listener: Floats) -> Room:
    """The air of a set around a listener (3,)."""
    answer = answer_of(row.name)
    box = _box_m(row, answer, listener)
    surfaces = _surfaces(row, answer, box)
    walls = tuple(
        (axis, where, np.sqrt(1 - absorption()[kind]))
        for axis, where, kind, _ in surfaces
        if kind not in ("open", HALL) or not row.outdoors
    )
    if row.outdoors:
        tail_s = answer.tail_s * np.array([1.1, 1.05, 1.0, 0.9, 0.75, 0.55])
        level = 10 ** (answer.tail_db / 20)
    else:
        tail_s, level = _diffuse(surfaces, box, answer.furnished)
    return Room(box_m=box, walls=walls, tail_s=tail_s, tail_level=level, outdoors=row.outdoors)


MICROPHONE_DB = -24.0
"""Film is not recorded from the camera: the microphone hangs so much nearer that the room is this much
weaker against the direct sound than where the camera stands."""


def _diffuse(
    surfaces: list[tuple[int, float, str, float]], box: Floats, furnished: float
) -> tuple[Floats, float]:
    """T60 by octave band, and the diffuse field's amplitude: its energy 4 / R against 1 / (4 pi r^2)
    of the direct sound, with the room constant R = S a / (1 - a)."""
    x, y, z = box[1] - box[0]
    areas = np.array([area for *_, area in surfaces])
    swallowed = areas @ np.array([absorption()[kind] for _, _, kind, _ in surfaces])
    swallowed = swallowed + furnished * x * y * absorption()["seats"]
    mean = np.minimum(swallowed / areas.sum(), 0.9)
    tail_s = reverberation_s(x * y * z, float(areas.sum()), mean, AIR_DB_M)
    constant = areas.sum() * mean / (1 - mean)
    energy = 4 / constant * 4 * np.pi * 9.0
    level = float(np.sqrt(np.mean(energy))) * 10 ** (MICROPHONE_DB / 20)
    return np.minimum(tail_s, LONGEST_S), min(level, 0.6)


def _surfaces(row: SetRow, answer: Answer, box: Floats) -> list[tuple[int, float, str, float]]:
    """(axis, where, kind, area): floor, ceiling, and the four sides."""
    x, y, z = box[1] - box[0]
    floor = answer.ground or row.floor
    floor = floor if floor in absorption() else "concrete"
    left = answer.walls if row.left_x_m is not None or answer.size_m else HALL
    back = answer.walls if row.back_y_m is not None or answer.size_m else HALL
    right, front = (HALL, HALL) if row.outdoors or answer.name == "studio" else (left, back)
    return [
        (2, float(box[0, 2]), floor, x * y),
        (2, float(box[1, 2]), HALL if row.outdoors else answer.ceiling, x * y),
        (0, float(box[0, 0]), left, y * z),
        (0, float(box[1, 0]), right, y * z),
        (1, float(box[1, 1]), back, x * z),
        (1, float(box[0, 1]), front, x * z),
    ]


def _box_m(row: SetRow, answer: Answer, listener: Floats) -> Floats:
    """Lower and upper corner (2, 3) of the air that answers; the listener is always in it."""
    back = row.back_y_m if row.back_y_m is not None else STAGE_HALL_M
    left = row.left_x_m if row.left_x_m is not None else -STAGE_HALL_M
    top = row.ceiling_m or 2 * STAGE_HALL_M
    low, high = np.array([left, -back, 0.0]), np.array([-left, back, top])
    if answer.size_m is not None:
        more = (np.array(answer.size_m) - (high - low)).clip(0)
        low, high = low - more * (0.5, 1.0, 0.0), high + more * (0.5, 0.0, 1.0)
    room = np.array([BEHIND_CAMERA_M / 2, BEHIND_CAMERA_M, 0.3])
    return np.stack(
        [np.minimum(low, listener - room * (1, 1, 0)), np.maximum(high, listener + room)]
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}
