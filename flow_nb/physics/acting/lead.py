"""Leading bodies through the solver. In: where each one's foot shall be at the next sample. Out: mocap poses,
and the positions and velocities of led bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.vectors import cross
from flow_nb.plan.motion import POSE_RATE_HZ

Array = NDArray[np.float64]
Pose = tuple[tuple[float, float, float], tuple[float, float, float, float]]


@dataclass(slots=True)
class Leader:
    """Carries bodies from sample to sample at constant velocity; free bodies are led by their joint, so
    that whatever meets them feels how fast they move. Mocap bodies are moved on twice a sample."""

    world: World | None = None
    steps: int = 8
    _mocap: dict[str, int] = field(default_factory=dict)
    _joints: dict[str, tuple[int, int]] = field(default_factory=dict)
    _centres: dict[str, Array] = field(default_factory=dict)
    _now: dict[str, Pose] = field(default_factory=dict)
    _names: tuple[str, ...] = ()
    _known: tuple[str, ...] = ()
    _where: list[NDArray[np.intp]] = field(default_factory=list)
    _arms: Array = field(default_factory=lambda: np.empty((0, 3)))
    _rate: Array = field(default_factory=lambda: np.empty((0, 6)))
    _start: Array = field(default_factory=lambda: np.empty((0, 7)))
    _way: Array = field(default_factory=lambda: np.empty((0, 7)))
    _one: Array = field(default_factory=lambda: np.empty((0, 7)))
    _two: Array = field(default_factory=lambda: np.empty((0, 7)))
    _sub: int = 0

    def enter(self, world: World) -> None:
        """From here on, this is the world; bodies stay where they were led to."""
        model = world.model
        self.world = world
        self.steps = max(1, round(1 / (model.opt.timestep * POSE_RATE_HZ)))
        self._mocap, self._joints, self._centres = {}, {}, {}
        for i in range(1, model.nbody):
            body = model.body(i)
            if model.body_mocapid[i] >= 0:
                self._mocap[body.name] = int(model.body_mocapid[i])
        for j in range(model.njnt):
            joint = model.joint(j)
            if model.jnt_type[j] == mujoco.mjtJoint.mjJNT_FREE:
                self._joints[joint.name] = (int(joint.qposadr[0]), int(joint.dofadr[0]))
                self._centres[joint.name] = _from_foot(model, joint.name)
        self._known = ()
        if self._names:
            self._index()
            self._set(0)
            self._set(max(self._sub - 1, 0))
            mujoco.mj_forward(model, world.data)

    def put(self, poses: Mapping[str, Pose]) -> None:
        """At once."""
        self._now = dict(poses)
        self.aim(poses)
        self._set(0)
        if self.world is not None:
            mujoco.mj_forward(self.world.model, self.world.data)

    def begin(self, name: str, pose: Pose) -> None:
        """Something joins in from where it is."""
        self._now[name] = pose

    def aim(self, poses: Mapping[str, Pose]) -> None:
        """Where they shall be at the next sample; what is new begins where it is."""
        self._names = tuple(poses)
        self._one = _rows([self._now.get(name, poses[name]) for name in poses])
        self._two = _rows(poses.values())
        away = np.sum(self._one[:, 3:] * self._two[:, 3:], axis=1) < 0
        self._two[away, 3:] *= -1
        self._now = dict(poses)
        self._sub = 0
        self._index()

    def _index(self) -> None:
        """Finds everything that is led in the world as it is now."""
        one, two = self._one, self._two
        if self._names != self._known:
            self._known = self._names
            names = self._names
            arms = [self._centres[n] for n in names if n in self._joints]
            self._arms = np.array(arms, float).reshape(-1, 3)
            starts = [self._joints[n] for n in names if n in self._joints]
            self._where = [
                np.array([i for i, name in enumerate(names) if name in self._mocap], int),
                np.array([self._mocap[n] for n in names if n in self._mocap], int),
                np.array([i for i, name in enumerate(names) if name in self._joints], int),
                np.array([q for q, _ in starts], int)[:, None] + np.arange(7),
                np.array([v for _, v in starts], int)[:, None] + np.arange(6),
            ]
        led = self._where[2]
        one, two = _frames(one[led], self._arms), _frames(two[led], self._arms)
        way = two - one
        self._rate = np.hstack([way[:, :3], _spin(one[:, 3:], two[:, 3:])]) * POSE_RATE_HZ
        self._start, self._way = one, way

    def step(self) -> None:
        """Just before each step of the solver."""
        self._set(self._sub)
        self._sub += 1

    @property
    def steps_held(self) -> float:
        """For how many steps more all goes on as it was set last, as long as nothing is met."""
        if self.world is None or not self._known:
            return np.inf
        return max(self.steps - 1 - self._sub, 0)

    def pass_over(self, steps: int) -> None:
        """So many steps as they were; what is led by its joint is where it would have been led to."""
        self._sub += steps
        if self.world is not None and self._known:
            self._lead(self._sub)

    def _set(self, sub: int) -> None:
        if self.world is None or not self._known:
            return
        data = self.world.data
        rows, ids, *_ = self._where
        last = sub >= self.steps - 1
        if sub <= 0 or last:
            here = self._two[rows] if last else (self._one[rows] + self._two[rows]) / 2
            data.mocap_pos[ids] = here[:, :3]
            data.mocap_quat[ids] = here[:, 3:]
        self._lead(sub)

    def _lead(self, sub: int) -> None:
        assert self.world is not None
        _, _, _, at, speed = self._where
        self.world.data.qpos[at] = self._start + self._way * (sub / self.steps)
        self.world.data.qvel[speed] = self._rate


def _rows(poses: object) -> Array:
    rows = [(*at, *turn) for at, turn in poses]  # type: ignore[attr-defined]
    return np.array(rows, float).reshape(-1, 7)


def _from_foot(model: mujoco.MjModel, name: str) -> Array:
    """From a body's foot to its frame (3,), in its own axes."""
    site = mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_SITE, name)
    return np.array(-model.site_pos[site] if site >= 0 else np.zeros(3))


def _frames(feet: Array, arms: Array) -> Array:
    """Poses (n, 7) of bodies' frames from those of their feet: p + a + 2 u x (u x a + w a)."""
    w, u = feet[:, 3:4], feet[:, 4:]
    away = arms + 2 * cross(u, cross(u, arms) + w * arms)
    return np.hstack([feet[:, :3] + away, feet[:, 3:]])


def _spin(one: Array, two: Array) -> Array:
    """The turn from one quaternion to the next as a vector in the body's own axes, (n, 3)."""
    w, x, y, z = one.T
    s, i, j, k = two.T
    half = w * s + x * i + y * j + z * k
    axis = np.stack(
        [
            w * i - s * x - y * k + z * j,
            w * j - s * y - z * i + x * k,
            w * k - s * z - x * j + y * i,
        ],
        axis=1,
    )
    size = np.sqrt(np.einsum("ij,ij->i", axis, axis))
    angle = 2 * np.arctan2(size, half)
    return np.asarray(axis * (angle / np.maximum(size, 1e-12))[:, None])
