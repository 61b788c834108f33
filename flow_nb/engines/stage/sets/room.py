"""How much room a camera has. In: a set's walls. Out: `Room`."""

from __future__ import annotations

from dataclasses import dataclass

from flow_nb.engines.stage.picture import Vec3


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """The box in which a camera may stand."""

    low_m: Vec3
    high_m: Vec3
