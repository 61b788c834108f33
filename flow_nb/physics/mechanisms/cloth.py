"""Cloth. In: flags, curtains, towels and tablecloths of a plan. Out: `Surface`s that hang, wave, fall and
are pulled away from under what stands on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import Solid, World, foot_m
from flow_nb.physics.device import Device, Report
from flow_nb.physics.mechanisms.air import DENSITY_KG_M3, wind_m_s
from flow_nb.physics.mechanisms.drape import Drape, drape
from flow_nb.physics.mechanisms.fabric import STEP_S, Fabric
from flow_nb.physics.pieces import add_piece
from flow_nb.physics.stand import Stand
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Event
from flow_nb.plan.forms import FORM_RATE_HZ, Surface
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import WORLD, Plan
from flow_nb.props.materials import materials, pair_friction

SETTLE_S = 1.2
"""Cloth that hangs or lies is let settle so long before the shot begins."""
BREEZE_M_S = 5.0
WAVES = ("flutter", "shake", "wave", "fly")
NEAR_M = 0.05
STICKS_M_S = 1.2
SLIPPING = 0.3
"""A cloth that is pulled slowly takes along what stands on it; from that speed on it slips, with this
share of its friction."""

Floats = NDArray[np.float64]


def make_cloths(plan: Plan, stands: Mapping[str, Stand]) -> Device | None:
    """All cloths of a shot."""
    found = {n: s for n, s in stands.items() if s.prop.cloth is not None}
    return Cloths(plan, stands, found) if found else None


class Cloths(Device):
    """Carries the fabric along with the rigid world."""

    def __init__(
        self, plan: Plan, stands: Mapping[str, Stand], cloths: Mapping[str, Stand]
    ) -> None:
        self.plan = plan
        self.stands = stands
        self.cloths = cloths
        self.owned = frozenset(cloths)
        self.wind = wind_m_s(plan)
        waved = any(a.body in cloths and a.verb in WAVES and not a.expected for a in plan.actions)
        if waved and not self.wind.any():
            self.wind = np.array([BREEZE_M_S, 0.0, 0.0])
        self.drapes: list[Drape] = [drape(plan, s, stands, self.wind) for s in cloths.values()]
        self.every = max(1, round(STEP_S / plan.timestep_s))
        self.count = 0
        self.fabric: Fabric | None = None
        self.frames: list[list[NDArray[np.float32]]] = [[] for _ in self.drapes]
        self.drag: dict[str, tuple[Floats, float]] = {}

    def furnish(self, spec: mujoco.MjSpec) -> list[Solid]:
        """Adds its parts to a world in the making."""
        solids = []
        for name, stand in self.cloths.items():
            if not stand.body.fixed:
                spec.worldbody.add_body(name=name, pos=stand.foot_m, mocap=True)
                continue
            pole = spec.worldbody.add_body(name=name, pos=stand.foot_m, quat=stand.turn)
            for i, piece in enumerate(stand.prop.pieces):
                for geom in add_piece(spec, pole, f"{name}#{i}", piece, stand, 0.0):
                    solids.append(Solid(geom=geom, body=name, material=stand.material, moves=False))
        return solids

    def enter(self, world: World, before: World | None) -> None:
        """Knows the bodies of the new world by their place in it."""
        if self.fabric is None:
            self.fabric = Fabric(
                world,
                self.drapes,
                wind_m_s=self.wind,
                density_kg_m3=DENSITY_KG_M3[self.plan.air.medium],
                gravity_m_s2=self.plan.gravity_m_s2,
                ignored=self._standing_on(),
            )
            for i in range(round(SETTLE_S / STEP_S), 0, -1):
                self.fabric.step(world, -i * STEP_S)
            self._follow(world)

    def _standing_on(self) -> frozenset[str]:
        """What stands on a cloth that is spread; it would be squeezed between two solids."""
        spread = {
            p.anchor
            for p in self.plan.placements
            if p.body in self.cloths and p.relation == "on" and p.anchor != WORLD
        }
        found = set()
        for placement in self.plan.placements:
            laid = placement.anchor in self.cloths or (
                placement.anchor in spread and placement.body not in self.cloths
            )
            if laid and placement.relation in ("on", "edge of"):
                found.add(placement.body)
        return frozenset(found) | self.owned

    @property
    def steps_held(self) -> float:
        """Until the fabric is moved on; what it draws along is drawn at every step."""
        return 0 if self.drag else -self.count % self.every

    def pass_over(self, steps: int) -> None:
        """So many steps with the fabric as it is."""
        self.count += steps

    def act(self, world: World, time_s: float) -> None:
        """Pushes, just before a step."""
        assert self.fabric is not None
        if self.count % self.every == 0:
            self.fabric.step(world, time_s)
            self._follow(world)
            self._rub(world, time_s)
        self.count += 1
        for name, (velocity, friction) in self.drag.items():
            self._draw_along(world, name, velocity, friction)

    def _follow(self, world: World) -> None:
        """A loose cloth's frame goes with its middle."""
        assert self.fabric is not None
        for i, name in enumerate(self.cloths):
            mocap = int(world.model.body_mocapid[world.model.body(name).id])
            if mocap >= 0:
                world.data.mocap_pos[mocap] = self.fabric.points_m(i).mean(0)

    def _rub(self, world: World, time_s: float) -> None:
        """Finds the things under which a pulled cloth is moving now, and how fast."""
        assert self.fabric is not None
        self.drag = {}
        for i, cloth in enumerate(self.drapes):
            if cloth.pull is None or time_s < cloth.pull.start_s:
                continue
            points, speeds = self.fabric.points_m(i), self.fabric.speeds_m_s(i)
            for name in self._standing_on() - self.owned:
                found = mujoco.mj_name2id(world.model, mujoco.mjtObj.mjOBJ_BODY, name)
                if found < 0:
                    continue
                foot = foot_m(world.model, world.data, name)
                reach = NEAR_M + 0.5 * float(np.ptp(self.stands[name].bounds_m[:, 0]))
                away = np.abs(points - foot)
                near = (np.hypot(away[:, 0], away[:, 1]) < reach) & (away[:, 2] < NEAR_M)
                if near.any():
                    level = speeds[near].mean(0) * [1, 1, 0]
                    self.drag[name] = level, self._friction(name, cloth)

    def _friction(self, name: str, cloth: Drape) -> float:
        """Of the cloth on the thing, with that of the table given back: it does not touch the table."""
        thing = self.stands[name].material
        mine = pair_friction(thing, self.cloths[cloth.name].material)
        if cloth.pull_m_s > STICKS_M_S:
            mine *= SLIPPING
        under = next((p.anchor for p in self.plan.placements if p.body == cloth.name), cloth.name)
        table = self.stands[under].material if under in self.stands else materials()["wood"]
        return mine + pair_friction(thing, table)

    def _draw_along(self, world: World, name: str, velocity: Floats, friction: float) -> None:
        model, data = world.model, world.data
        found = mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_BODY, name)
        if found < 0:
            return
        v = int(model.joint(name).dofadr[0])
        slip = velocity - data.qvel[v : v + 3] * [1, 1, 0]
        fast = float(np.linalg.norm(slip))
        if fast < 1e-6:
            return
        mass = float(model.body_mass[found])
        most = mass * fast / (20 * self.plan.timestep_s)
        force = min(friction * mass * self.plan.gravity_m_s2, most) * slip / fast
        data.xfrc_applied[found, :3] += force
        arm = foot_m(model, data, name) - data.xipos[found]
        data.xfrc_applied[found, 3:] += np.cross(arm, force)

    def keep(self, world: World, time_s: float) -> None:
        """Notes what is needed at 240 Hz."""
        if round(time_s * POSE_RATE_HZ) % (POSE_RATE_HZ // FORM_RATE_HZ) == 0:
            assert self.fabric is not None
            for i, frames in enumerate(self.frames):
                frames.append(self.fabric.points_m(i).astype(np.float32))

    def report(self) -> Report:
        """What it has to tell."""
        assert self.fabric is not None
        surfaces = {
            cloth.name: Surface(
                vertices_m=np.stack(frames),
                faces=faces.astype(np.int32),
                cloth_m=cloth.cloth_m.astype(np.float32),
            )
            for cloth, frames, faces in zip(
                self.drapes, self.frames, self.fabric.faces, strict=True
            )
        }
        return Report(surfaces=surfaces, events=_events(self.drapes))


def _events(drapes: Sequence[Drape]) -> list[Event]:
    """What is done to the cloths."""
    told = []
    for cloth in drapes:
        who = first(say(cloth.name))
        if cloth.pull is not None:
            text = f"{who} is pulled away at {cloth.pull_m_s:.1f} m/s"
            told.append(Event(time_s=cloth.pull.start_s, kind="leave", body=cloth.name, text=text))
        elif cloth.draw is not None:
            opens = cloth.draw.verb == "open"
            told.append(
                Event(
                    time_s=cloth.draw.start_s,
                    kind="open" if opens else "close",
                    body=cloth.name,
                    text=f"{who} is drawn {'open' if opens else 'shut'}",
                )
            )
    return told
