"""What a figure sees of the world. In: the solver's state. Out: where every body is, how big, how fast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import mujoco
import numpy as np

from flow_nb.physics.acting.turns import STILL, Quat, Vec, add, scaled, turned
from flow_nb.physics.build import World, foot_m
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Box:
    """A body's extent on its mark: lowest and highest corner in its own frame."""

    low: Vec
    high: Vec

    @property
    def middle(self) -> Vec:
        """Its centre, in its own frame."""
        return scaled(add(self.low, self.high), 0.5)

    def half(self, axis: int) -> float:
        """Half its extent along an axis."""
        return (self.high[axis] - self.low[axis]) / 2

    @property
    def round_m(self) -> float:
        """Half its extent across, as if it were round."""
        return min(self.half(0), self.half(1))


class Live:
    """The bodies of a shot as they are now; those that act are asked by `people`."""

    def __init__(self, plan: Plan, stands: Mapping[str, Stand]) -> None:
        self.plan = plan
        self.stands = stands
        self.world: World | None = None
        self.people: dict[str, Callable[[], Vec]] = {}
        self._ids: dict[str, int] = {}
        self.boxes = {name: _box(stand) for name, stand in stands.items()}
        self.gravity_m_s2 = plan.gravity_m_s2

    def enter(self, world: World) -> None:
        """From here on, this is the world."""
        self.world = world
        self._ids = {world.model.body(i).name: i for i in range(world.model.nbody)}

    def exists(self, name: str) -> bool:
        """Whether a body is whole and there."""
        return name in self._ids and name in self.stands

    def free(self, name: str) -> bool:
        """Whether a body moves by the solver alone."""
        if self.world is None or not self.exists(name) or self.stands[name].body.fixed:
            return False
        found = mujoco.mj_name2id(self.world.model, mujoco.mjtObj.mjOBJ_JOINT, name)
        kind = mujoco.mjtJoint.mjJNT_FREE
        return found >= 0 and int(self.world.model.jnt_type[found]) == int(kind)

    def foot(self, name: str) -> Vec:
        """Where a body's foot is."""
        if self.world is None or name not in self._ids:
            return self.stands[name].foot_m
        x, y, z = foot_m(self.world.model, self.world.data, name)
        return float(x), float(y), float(z)

    def turn(self, name: str) -> Quat:
        """How a body is turned."""
        if self.world is None or name not in self._ids:
            return self.stands[name].turn if name in self.stands else STILL
        w, x, y, z = self.world.data.xquat[self._ids[name]]
        return float(w), float(x), float(y), float(z)

    def middle(self, name: str) -> Vec:
        """The centre of a body; of a person the breast."""
        if name in self.people:
            return self.people[name]()
        box = self.boxes[name]
        return add(self.foot(name), turned(self.turn(name), box.middle))

    def velocity(self, name: str) -> Vec:
        """How fast a free body's centre moves."""
        if self.world is None or not self.free(name):
            return 0.0, 0.0, 0.0
        model, data = self.world.model, self.world.data
        start = int(model.joint(name).dofadr[0])
        x, y, z = data.qvel[start : start + 3]
        return float(x), float(y), float(z)

    def top_m(self, name: str) -> float:
        """The height of the surface that a body offers."""
        stand = self.stands[name]
        surface = stand.prop.surface_m
        height = surface[2] * stand.body.scale if surface else self.boxes[name].high[2]
        return self.foot(name)[2] + height


def _box(stand: Stand) -> Box:
    low, high = np.asarray(stand.bounds_m, float)
    return Box(
        (float(low[0]), float(low[1]), float(low[2])),
        (float(high[0]), float(high[1]), float(high[2])),
    )
