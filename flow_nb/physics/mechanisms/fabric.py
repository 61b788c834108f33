"""The cloths' own solver. In: `Drape`s, the solids of the room. Out: where every node is, step by step.

Cloth is a net of nodes that MuJoCo holds at their distances (`flex`). It is solved beside the rigid
world at a step four times longer: it feels every solid, and is too light for them to feel it.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.mechanisms.breeze import Breeze
from flow_nb.physics.mechanisms.drape import RADIUS_M, Drape

Floats = NDArray[np.float64]

STEP_S = 1 / 480
ITERATIONS = 16
TAUT_S = 2.2 * STEP_S
"""How soon a stretched thread is as long as it was: as short as the step allows."""
FIRM_S = 2.2 * STEP_S
"""How soon a solid stops a node: at a touch as soft as MuJoCo's own, what falls a metre goes through a seat."""
TOUCHES_CLOTH, IS_CLOTH = 2, 2
HEAVY = 1e3
"""What is held is so many times heavier, so that the rest cannot drag it."""
DAMPING_S = 0.6
TOP_SPEED_M_S = 14.0


class Fabric:
    """All cloths of a shot."""

    def __init__(
        self,
        world: World,
        drapes: Sequence[Drape],
        *,
        wind_m_s: Floats,
        density_kg_m3: float,
        gravity_m_s2: float,
        ignored: Set[str],
    ) -> None:
        self.drapes = drapes
        spec = mujoco.MjSpec()
        spec.option.timestep = STEP_S
        spec.option.gravity = [0, 0, -gravity_m_s2]
        spec.option.solver = mujoco.mjtSolver.mjSOL_CG
        spec.option.integrator = mujoco.mjtIntegrator.mjINT_IMPLICITFAST
        spec.option.iterations = ITERATIONS
        self.mirrored = _mirror(spec, world.model, ignored)
        for drape in drapes:
            _add(spec, drape)
        self.model = spec.compile()
        self.model.eq_solref[:] = [TAUT_S, 1.0]
        self.data = mujoco.MjData(self.model)
        self.bodies = [
            np.array([self.model.body(f"{d.name}_{k}").id for k in range(len(d.points_m))], np.intp)
            for d in drapes
        ]
        self.faces = [self._faces(i) for i in range(len(drapes))]
        self.breezes = [
            Breeze(faces, len(drape.points_m), wind_m_s, density_kg_m3)
            for faces, drape in zip(self.faces, drapes, strict=True)
        ]
        self.masses = self.model.body_mass.copy()
        self.model.dof_damping[:] = DAMPING_S * self.masses[self.model.dof_bodyid]
        for drape, bodies in zip(drapes, self.bodies, strict=True):
            first = self.model.jnt_qposadr[self.model.body_jntadr[bodies]]
            rest = self.model.body_pos[bodies]
            self.data.qpos[first[:, None] + [0, 1, 2]] = drape.points_m - rest
        self.weighed: list[NDArray[np.intp]] = [np.zeros(0, np.intp) for _ in drapes]
        mujoco.mj_forward(self.model, self.data)

    def _faces(self, flex: int) -> NDArray[np.intp]:
        first, count = int(self.model.flex_elemdataadr[flex]), int(self.model.flex_elemnum[flex])
        return np.asarray(self.model.flex_elem[first : first + 3 * count].reshape(-1, 3), np.intp)

    def points_m(self, number: int) -> Floats:
        """The nodes of one cloth now, (n, 3)."""
        return np.asarray(self.data.xpos[self.bodies[number]])

    def speeds_m_s(self, number: int) -> Floats:
        """Their velocities (n, 3)."""
        first = self.model.jnt_dofadr[self.model.body_jntadr[self.bodies[number]]]
        return np.asarray(self.data.qvel[first[:, None] + [0, 1, 2]])

    def step(self, world: World, time_s: float) -> None:
        """One step, with the room as it is at ``time_s``."""
        for mocap, body in self.mirrored:
            found = mujoco.mj_name2id(world.model, mujoco.mjtObj.mjOBJ_BODY, body)
            there = found >= 0
            self.data.mocap_pos[mocap] = world.data.xpos[found] if there else [0, 0, -50]
            if there:
                self.data.mocap_quat[mocap] = world.data.xquat[found]
        self.data.xfrc_applied[:] = 0
        for i, drape in enumerate(self.drapes):
            self._hold(i, *drape.held(time_s), *drape.held(time_s + STEP_S))
            force = self.breezes[i].force_n(self.points_m(i), self.speeds_m_s(i), time_s)
            self.data.xfrc_applied[self.bodies[i], :3] = force
        mujoco.mj_step(self.model, self.data)
        np.clip(self.data.qvel, -TOP_SPEED_M_S, TOP_SPEED_M_S, out=self.data.qvel)

    def _hold(
        self,
        number: int,
        nodes: NDArray[np.intp],
        at_m: Floats,
        later: NDArray[np.intp],
        later_m: Floats,
    ) -> None:
        """Puts held nodes where they are to be, on the way to where they will be after the step."""
        bodies = self.bodies[number]
        if not np.array_equal(nodes, self.weighed[number]):
            self.model.body_mass[bodies] = self.masses[bodies]
            self.model.body_mass[bodies[nodes]] *= HEAVY
            mujoco.mj_setConst(self.model, mujoco.MjData(self.model))
            self.weighed[number] = nodes
        held = bodies[nodes]
        first = self.model.body_jntadr[held]
        q = self.model.jnt_qposadr[first][:, None] + [0, 1, 2]
        v = self.model.jnt_dofadr[first][:, None] + [0, 1, 2]
        self.data.qpos[q] = at_m - self.model.body_pos[held]
        same = np.array_equal(nodes, later)
        self.data.qvel[v] = (later_m - at_m) / STEP_S if same else 0.0
        self.data.xfrc_applied[held] = 0.0


def _mirror(spec: mujoco.MjSpec, model: mujoco.MjModel, ignored: Set[str]) -> list[tuple[int, str]]:
    """The room's solids: what moves as mocap bodies, by the number and the name that they have."""
    found: list[tuple[int, str]] = []
    for body in range(model.nbody):
        name = model.body(body).name
        geoms = [g for g in range(model.ngeom) if int(model.geom_bodyid[g]) == body]
        if not geoms or name in ignored:
            continue
        if body == 0:
            target = spec.worldbody
        else:
            target = spec.worldbody.add_body(name=f"room/{name}", mocap=True)
            found.append((len(found), name))
        for geom in geoms:
            _copy(spec, target, model, geom)
    return found


def _copy(spec: mujoco.MjSpec, target: object, model: mujoco.MjModel, geom: int) -> None:
    kind = mujoco.mjtGeom(int(model.geom_type[geom]))
    more: dict[str, object] = {"size": model.geom_size[geom]}
    if kind == mujoco.mjtGeom.mjGEOM_MESH:
        name = f"room/{model.geom(geom).name or geom}"
        mesh = int(model.geom_dataid[geom])
        v, n = int(model.mesh_vertadr[mesh]), int(model.mesh_vertnum[mesh])
        added = spec.add_mesh(name=name)
        added.uservert = model.mesh_vert[v : v + n].ravel().tolist()
        more = {"meshname": name}
    target.add_geom(  # type: ignore[attr-defined]
        type=kind,
        pos=model.geom_pos[geom],
        quat=model.geom_quat[geom],
        contype=0,
        conaffinity=TOUCHES_CLOTH,
        friction=[0.5, 0.005, 0.0001],
        solref=[FIRM_S, 1.0],
        **more,
    )


def _add(spec: mujoco.MjSpec, drape: Drape) -> None:
    flex = spec.worldbody.make_flex(
        name=drape.name,
        type="grid",
        dim=2,
        count=[drape.columns, drape.rows, 1],
        spacing=[*drape.step_m, 1.0],
        radius=RADIUS_M,
        mass=drape.mass_kg,
        equality=1,
    )
    flex.contype = IS_CLOTH
    flex.conaffinity = 0
    flex.selfcollide = mujoco.mjtFlexSelf.mjFLEXSELF_NONE
    flex.friction = [drape.friction, 0.005, 0.0001]
    flex.solref = [FIRM_S, 1.0]
    flex.edgedamping = 0.01
