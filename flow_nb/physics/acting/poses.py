"""Key poses as data. In: ``poses.toml``. Out: `Pose`s: which dials of a figure stand where.

A figure's dials are numbers: angles in degrees, the pelvis's shifts in body heights, and for each
leg whether it goes by its angles (1) or keeps its foot where it stands (0).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")

BODY = (
    "up", "forward", "side", "pelvis_pitch", "pelvis_roll", "pelvis_yaw", "chest_pitch",
    "chest_roll", "chest_yaw", "head_pitch", "head_roll", "head_yaw",
)  # fmt: skip
ARM = ("raise", "out", "twist", "elbow", "wrist", "hand")
LEG = ("leg", "spread", "turn", "knee", "ankle", "free")

DIALS: tuple[str, ...] = (
    *BODY,
    "gaze",
    *(f"{side}.{dial}" for side in SIDES for dial in (*ARM, *LEG, "reach", "swing")),
)
"""``gaze``, ``reach`` and ``swing`` are shares from 0 to 1: how much the head goes to what is looked
at, the hand to what it reaches for, the arm with the gait."""

INDEX: Mapping[str, int] = MappingProxyType({dial: i for i, dial in enumerate(DIALS)})

Pose = Mapping[str, float]
"""Dials by name; those it does not name stay."""


def opposite(side: Side) -> Side:
    """The other side."""
    return "right" if side == "left" else "left"


@cache
def _rows() -> Mapping[str, Mapping[str, Any]]:
    text = files(__package__).joinpath("poses.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def pose(name: str, this: Side = "right", share: float = 1.0) -> dict[str, float]:
    """A key pose with ``this`` as its acting side; ``share`` of it (exaggeration above 1).

    Raises KeyError for a pose that is no row.

    >>> pose("wave-a", "left")["left.raise"]
    112.0
    """
    row = _rows()[name]
    sides: dict[str, tuple[Side, ...]] = {
        "both": SIDES, "this": (this,), "other": (opposite(this),),
        "left": ("left",), "right": ("right",),
    }  # fmt: skip
    dials: dict[str, float] = {}
    for key, value in row.items():
        if key in sides:
            found = {f"{side}.{d}": float(v) for side in sides[key] for d, v in value.items()}
            dials.update(found)
        else:
            flip = -1.0 if this == "left" and key.endswith(("_yaw", "_roll")) else 1.0
            dials[key] = float(value) * flip
    if share != 1.0:
        rest = pose("stand")
        dials = {k: rest[k] + share * (v - rest[k]) for k, v in dials.items()}
    return dials


def only(full: Pose, *, sides: Iterable[Side] = SIDES, body: bool = True) -> dict[str, float]:
    """What of a pose concerns these arms, and the trunk if ``body``."""
    keep = {f"{side}." for side in sides}
    return {
        k: v
        for k, v in full.items()
        if ("." in k and any(k.startswith(s) for s in keep)) or ("." not in k and body)
    }
