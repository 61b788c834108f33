"""Soft things. In: pillows, jellies, balloons as the solver moves them. Out: `Surface`s that give and wobble.

A soft thing is one body with a yielding contact (`give`), so that things sink into it and are thrown
back, or not. Its skin is pressed in where something touches it, is flattened by the floor, bulges by
as much, and sways as a damped spring that its own accelerations drive.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World, foot_m
from flow_nb.physics.device import Device, Report
from flow_nb.physics.mechanisms.dents import dents_m
from flow_nb.physics.mechanisms.skins import skin
from flow_nb.physics.stand import Stand
from flow_nb.plan.forms import FORM_RATE_HZ, Surface
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import Action, Plan

WOBBLES: Mapping[str, tuple[float, float, float]] = {
    "jelly": (4.2, 0.09, 1.0), "balloon": (7.0, 0.15, 0.25), "pillow": (5.0, 0.5, 0.3),
}  # fmt: skip
"""Frequency (Hz), damping ratio and share of the sway that shows, by prop."""
STIFF = (9.0, 0.5, 0.15)
MOST = 0.35
"""Largest sway as a share of the height."""
BULGE = 0.35
PRESS_S = 1.2
PRESS_SHARE = 0.35

Floats = NDArray[np.float64]


def make_softs(plan: Plan, stands: Mapping[str, Stand]) -> Device | None:
    """All soft bodies of a shot."""
    found = [stand for stand in stands.values() if stand.prop.kind == "soft"]
    return Softs(plan, found) if found else None


@dataclass(slots=True)
class Flesh:
    """One soft body: its skin at rest, its sway now (3,), and what was kept of it."""

    stand: Stand
    points_m: Floats
    faces: NDArray[np.int32]
    cloth_m: Floats
    pressed: Action | None
    sway_m: Floats = field(default_factory=lambda: np.zeros(3))
    rate_m_s: Floats = field(default_factory=lambda: np.zeros(3))
    speed_m_s: Floats | None = None
    frames: list[NDArray[np.float32]] = field(default_factory=list)


class Softs(Device):
    """Watches soft bodies and keeps their skins."""

    def __init__(self, plan: Plan, stands: list[Stand]) -> None:
        self.plan = plan
        self.flesh = []
        for stand in stands:
            mesh, cloth_m = skin(stand.prop.pieces[0], stand.prop.name, stand.body.scale)
            pressed = next(
                (
                    a
                    for a in plan.actions
                    if a.body == stand.body.name
                    and a.verb in ("squash", "stretch")
                    and not a.expected
                ),
                None,
            )
            self.flesh.append(
                Flesh(
                    stand=stand,
                    points_m=mesh.vertices.astype(np.float64),
                    faces=mesh.faces,
                    cloth_m=cloth_m,
                    pressed=pressed,
                )
            )

    def keep(self, world: World, time_s: float) -> None:
        """Notes what is needed at 240 Hz."""
        sample = round(time_s * POSE_RATE_HZ)
        for flesh in self.flesh:
            found = mujoco.mj_name2id(world.model, mujoco.mjtObj.mjOBJ_BODY, flesh.stand.body.name)
            if found < 0:
                continue
            self._sway(world, flesh, found)
            if sample % (POSE_RATE_HZ // FORM_RATE_HZ) == 0:
                flesh.frames.append(self._shape(world, flesh, found, time_s).astype(np.float32))

    def _sway(self, world: World, flesh: Flesh, body: int) -> None:
        """The spring that its acceleration drives, by one sample."""
        v = int(world.model.body_dofadr[body])
        if v < 0:
            return
        speed = world.data.qvel[v : v + 3].copy()
        push = np.zeros(3) if flesh.speed_m_s is None else (speed - flesh.speed_m_s) * POSE_RATE_HZ
        flesh.speed_m_s = speed
        hertz, ratio, _ = WOBBLES.get(flesh.stand.prop.name, STIFF)
        omega, step = 2 * math.pi * hertz, 1 / POSE_RATE_HZ
        pull = -(omega**2) * flesh.sway_m - 2 * ratio * omega * flesh.rate_m_s - push
        flesh.rate_m_s = flesh.rate_m_s + step * pull
        flesh.sway_m = flesh.sway_m + step * flesh.rate_m_s
        most = MOST * float(np.ptp(flesh.points_m[:, 2]))
        long = float(np.linalg.norm(flesh.sway_m))
        if long > most:
            flesh.sway_m *= most / long

    def _shape(self, world: World, flesh: Flesh, body: int, time_s: float) -> Floats:
        data, model = world.data, world.model
        turn = data.xmat[body].reshape(3, 3)
        points = self._squashed(flesh, time_s) @ turn.T + foot_m(model, data, flesh.stand.body.name)
        points = self._swayed(flesh, points)
        first, count = int(model.body_geomadr[body]), int(model.body_geomnum[body])
        moved = dents_m(model, data, frozenset(range(first, first + count)), points)
        volume = float(np.linalg.norm(moved, axis=1).mean())
        middle = points.mean(0)
        out = points - middle
        out[:, 2] = 0.0
        points = points + moved + BULGE * 2 * volume * out / max(float(np.abs(out).max()), 1e-6)
        points[:, 2] = np.maximum(points[:, 2], 0.0005)
        return np.asarray(points)

    def _swayed(self, flesh: Flesh, points: Floats) -> Floats:
        """Upper parts follow late; what grows taller grows thinner."""
        share = WOBBLES.get(flesh.stand.prop.name, STIFF)[2]
        low, high = points[:, 2].min(), points[:, 2].max()
        up = ((points[:, 2] - low) / max(high - low, 1e-6)) ** 1.4
        sway = share * flesh.sway_m
        tall = 1 + float(np.clip(sway[2] / max(high - low, 1e-6), -0.3, 0.3))
        middle = points.mean(0)
        moved = points.copy()
        moved[:, :2] = middle[:2] + (points[:, :2] - middle[:2]) / math.sqrt(tall)
        moved[:, 2] = low + (points[:, 2] - low) * tall
        moved[:, :2] += np.outer(up, sway[:2])
        return moved

    def _squashed(self, flesh: Flesh, time_s: float) -> Floats:
        """Pressed flat or drawn long by nobody, as the text says, and let go."""
        action = flesh.pressed
        if action is None:
            return flesh.points_m
        x = (time_s - action.start_s) / PRESS_S
        share = PRESS_SHARE * math.sin(math.pi * min(max(x, 0.0), 1.0)) ** 2
        tall = 1 - share if action.verb == "squash" else 1 + share
        return np.asarray(flesh.points_m * [tall**-0.5, tall**-0.5, tall])

    def report(self) -> Report:
        """What it has to tell."""
        return Report(
            surfaces={
                flesh.stand.body.name: Surface(
                    vertices_m=np.stack(flesh.frames),
                    faces=flesh.faces,
                    cloth_m=flesh.cloth_m.astype(np.float32),
                    sheet=False,
                )
                for flesh in self.flesh
                if flesh.frames
            }
        )
