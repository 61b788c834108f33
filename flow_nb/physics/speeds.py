"""How much a stride has changed the speeds of bodies. In: changes of MuJoCo's speeds. Out: the greatest, in m/s."""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.pairs import Ints, Pairs, Vector


class Speeds:
    """Every speed of one world, with the reach that makes m/s of it: that of what turns is its body's."""

    def __init__(self, model: mujoco.MjModel, columns: Ints) -> None:
        bodies = model.dof_bodyid
        self._columns = columns[bodies]
        reach = np.array([_reach_m(model, int(i)) for i in range(model.nbody)])[bodies]
        kinds = model.jnt_type[model.dof_jntid]
        nth = np.arange(model.nv) - model.jnt_dofadr[model.dof_jntid]
        free = kinds == mujoco.mjtJoint.mjJNT_FREE
        goes = (free & (nth < 3)) | (kinds == mujoco.mjtJoint.mjJNT_SLIDE)
        self._reach_m: Vector = np.where(goes, 1.0, reach)
        self._tumbles: NDArray[np.bool_] = free & ~goes

    def changed(self, by: Vector, near: Pairs) -> float:
        """The greatest change in m/s; not a number where there is one in ``by`` (nv,).

        What touches nothing tumbles freely and changes its spin by itself: that does not count.
        """
        free = self._tumbles & ~near.has(self._columns)
        return float(np.abs(np.where(free, 0.0, by * self._reach_m)).max(initial=0.0))


def _reach_m(model: mujoco.MjModel, body: int) -> float:
    """How far a body reaches from its frame, at least; 1 where it has nothing solid."""
    first, count = int(model.body_geomadr[body]), int(model.body_geomnum[body])
    if not count:
        return 1.0
    geoms = slice(first, first + count)
    far = np.linalg.norm(model.geom_pos[geoms], axis=1) + model.geom_rbound[geoms]
    return float(far.max())
