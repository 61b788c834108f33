"""What goes beyond its set. In: a plan, its bodies on their marks, their poses. Out: warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.stand import Stand
from flow_nb.physics.words import first, say
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import sets

SET_M, ROOM_M = 30.0, 8.0
"""So far from the middle of a set the stage shows something; under a roof not farther than this."""

Poses = Sequence[Mapping[str, NDArray[np.float64]]]


def too_tall(plan: Plan, stands: Mapping[str, Stand]) -> Iterator[str]:
    """One line for each body that is taller than the room."""
    ceiling_m = sets()[plan.set.kind].ceiling_m
    for name, stand in stands.items():
        tall_m = float(stand.bounds_m[1][2])
        if ceiling_m is not None and tall_m > ceiling_m:
            yield (
                f"{first(say(name))} is {tall_m:.2g} m tall and the room {ceiling_m:g} m high: what is "
                f'above the ceiling is not seen. Try "{0.9 * ceiling_m:.2g} m tall", or EXT. STREET.'
            )


def left(plan: Plan, stands: Mapping[str, Stand], poses: Poses) -> Iterator[str]:
    """One line for each thing that leaves the set, and under a roof for each animal and car too: outside
    those are followed."""
    indoors = sets()[plan.set.kind].ceiling_m is not None
    reach_m, fix = (ROOM_M, ", or EXT. STREET") if indoors else (SET_M, "")
    for name, stand in stands.items():
        if stand.prop.kind == "figure" or (stand.prop.kind != "thing" and not indoors):
            continue
        track_m = np.array([row[name] for row in poses if name in row]).reshape(-1, 7)
        far = np.abs(track_m[:, :2]).max(axis=1) > reach_m
        if far.any():
            yield (
                f"{first(say(name))} leaves the set {int(far.argmax()) / POSE_RATE_HZ:.1f} s into the "
                f"shot: after that there is nothing to see. Give it less speed{fix}."
            )
