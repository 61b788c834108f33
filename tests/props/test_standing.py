"""Nothing floats and nothing sinks: the lowest point of every prop on the floor and on a table, without solving."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.physics.blocking import Blocking
from flow_nb.plan.plan import Action, Body, Placement, Plan, SetDesign
from flow_nb.props.archetypes import archetypes
from flow_nb.props.shapes import piece_mesh, prop_bounds_m

WITHIN_M = 0.005
TABLE = Body(name="table", noun="table", prop="table", material="wood", fixed=True)
ON_TABLES_M = 0.8
STANDS = {
    name: row
    for name, row in archetypes().items()
    if row.kind in ("thing", "animal", "vehicle", "cutout", "soft", "hinged")
}


def lowest_m(name: str) -> float:
    pieces = archetypes()[name].seen
    return min(float(piece_mesh(piece, turns=16).vertices[:, 2].min()) for piece in pieces)


def longest_m(name: str) -> float:
    return float(np.ptp(prop_bounds_m(archetypes()[name]), axis=0).max())


def foot_m(*bodies: Body, on: str = "") -> float:
    """How high the first of them is put."""
    name = bodies[0].name
    places = (Placement(body=name, relation="on", anchor=on),) if on else ()
    plan = Plan(text="It stands there.", duration_s=1.0, set=SetDesign(kind="studio"),
                bodies=bodies, placements=places,
                actions=(Action(verb="rest", body=name, start_s=0.0),))  # fmt: skip
    return Blocking(plan).placed[name].foot_m[2]


@pytest.mark.parametrize("where", ["floor", "table"])
def test_nothing_floats_and_nothing_sinks(where):
    found = {}
    for name, row in STANDS.items():
        body = Body(name="one", noun=name, prop=name, material=row.material, fixed=row.furniture)
        on_table = where == "table" and not row.furniture
        if where == "table" and (row.furniture or longest_m(name) > ON_TABLES_M):
            continue
        foot = foot_m(body, TABLE, on="table") if on_table else foot_m(body)
        off = foot + lowest_m(name) - (0.75 if on_table else 0.0)
        if abs(off) > WITHIN_M:
            found[name] = round(1000 * off, 1)
    assert not found, f"millimetres off the {where}"
