"""All free props fall from 0.3 m, each on its own spot of one floor, and come to rest."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from flow_nb.physics import build as builder
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import Body
from flow_nb.props.archetypes import archetypes
from flow_nb.props.materials import materials
from flow_nb.props.shapes import prop_bounds_m

FREE = [
    name for name, row in archetypes().items()
    if not row.furniture and row.pieces and row.kind in ("thing", "animal", "vehicle", "cutout")
]  # fmt: skip
DROP_M = 0.3
STEP_S = 1 / 1920
GROUPS = np.array_split(np.array(FREE), 8)


@pytest.mark.parametrize("group", range(len(GROUPS)))
def test_what_is_dropped_comes_to_rest_and_nothing_explodes(group):
    world, names = dropped([str(name) for name in GROUPS[group]])
    model, data = world
    for _ in range(round(0.9 / STEP_S)):
        mujoco.mj_step(model, data)
    assert np.isfinite(data.qpos).all()
    for name in names:
        place, sizes = data.body(name).xipos, np.ptp(prop_bounds_m(archetypes()[name]), axis=0)
        assert -0.02 * sizes.max() < place[2] < sizes.max() + DROP_M, name
        v = model.joint(name).dofadr[0]
        assert np.linalg.norm(data.qvel[v : v + 3]) < 2.5, name


def dropped(names):
    """A floor and the props on it, far enough from each other, each only against the floor."""
    spec = mujoco.MjSpec()
    spec.option.timestep = STEP_S
    spec.option.integrator = mujoco.mjtIntegrator.mjINT_IMPLICITFAST
    spec.option.cone = mujoco.mjtCone.mjCONE_ELLIPTIC
    plane = {"type": mujoco.mjtGeom.mjGEOM_PLANE, "size": [0, 0, 1]}
    spec.worldbody.add_geom(name="floor", contype=0, conaffinity=0, **plane)
    floor = builder.Solid(geom="floor", body="set", material=materials()["linoleum"], moves=False)
    for i, name in enumerate(names):
        row = archetypes()[name]
        body = Body(name=name, noun=name, prop=name, material=row.material)
        stand = Stand(body=body, foot_m=(30.0 * i, 0.0, DROP_M))
        builder._add_pairs(spec, [floor, *builder.add_stand(spec, stand)])
    model = spec.compile()
    return (model, mujoco.MjData(model)), names
