"""Trampolines. In: a frame with a bed. Out: a surface that gives by the weight on it and throws back.

The bed is a spring of 4 kN/m that gives back 0.87 of the speed, so that a ball returns to three quarters
of its height. Its picture is a membrane under what presses on it.
"""

from __future__ import annotations

from collections.abc import Mapping

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import Solid, World
from flow_nb.physics.device import Device, Report
from flow_nb.physics.mechanisms.give import BED
from flow_nb.physics.pieces import add_piece
from flow_nb.physics.stand import Stand
from flow_nb.plan.forms import FORM_RATE_HZ, Surface
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import Plan
from flow_nb.props.materials import materials

NODES = 25
SHARE = 0.94
"""Width of the bed, as a share of the frame's."""
RING_HZ, RING_S = 7.0, 0.12

Floats = NDArray[np.float64]


def make_trampolines(plan: Plan, stands: Mapping[str, Stand]) -> Device | None:
    """All trampolines of a shot."""
    del plan
    found = [stand for stand in stands.values() if stand.prop.name == "trampoline"]
    return Trampolines(found) if found else None


class Bed:
    """One bed: its frame's stand, the dent now and its rate (n,), and what was kept of it."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        surface = stand.prop.surface_m
        assert surface is not None
        self.wide = SHARE * surface[0] * stand.body.scale / 2
        self.deep = SHARE * surface[1] * stand.body.scale / 2
        self.top = surface[2] * stand.body.scale
        u, v = np.meshgrid(*[np.linspace(-1, 1, NODES)] * 2, indexing="ij")
        self.u, self.v = u.ravel(), v.ravel()
        self.give = (1 - self.u**2) * (1 - self.v**2)
        self.dent = np.zeros(NODES * NODES)
        self.rate = np.zeros(NODES * NODES)
        self.frames: list[NDArray[np.float32]] = []

    def press(self, model: mujoco.MjModel, data: mujoco.MjData) -> None:
        """The membrane under what touches it, by one sample."""
        geom = model.geom(f"{self.stand.body.name}#bed").id
        wanted = np.zeros_like(self.dent)
        x, y = self.u * self.wide, self.v * self.deep
        for k in range(data.ncon):
            contact = data.contact[k]
            if geom not in contact.geom or contact.dist >= 0:
                continue
            other = int(contact.geom[1] if contact.geom[0] == geom else contact.geom[0])
            reach = max(0.6 * float(model.geom_rbound[other]), 0.04)
            at = contact.pos - self.stand.foot_m
            far = np.hypot(x - at[0], y - at[1])
            room = max(min(self.wide - abs(at[0]), self.deep - abs(at[1])), 2 * reach)
            cone = np.clip(np.log(room / np.maximum(far, reach)) / np.log(room / reach), 0, 1)
            wanted = np.maximum(wanted, -float(contact.dist) * cone * np.sqrt(self.give))
        if wanted.any():
            self.rate = (wanted - self.dent) * POSE_RATE_HZ
            self.dent = wanted
            return
        omega = 2 * np.pi * RING_HZ
        pull = -(omega**2) * self.dent - 2 / RING_S * self.rate
        self.rate = np.clip(self.rate + pull / POSE_RATE_HZ, -6.0, 6.0)
        self.dent = self.dent + self.rate / POSE_RATE_HZ

    def points_m(self) -> NDArray[np.float32]:
        """The bed's nodes in the world, (n, 3)."""
        at = np.asarray(self.stand.foot_m)
        points = np.stack([self.u * self.wide, self.v * self.deep, self.top - self.dent], axis=1)
        return np.asarray(points + at, np.float32)


class Trampolines(Device):
    """Builds the beds and keeps their shape."""

    drives = True  # what the bed takes up it gives back later than a touch does

    def __init__(self, stands: list[Stand]) -> None:
        self.beds = [Bed(stand) for stand in stands]
        self.owned = frozenset(stand.body.name for stand in stands)

    def furnish(self, spec: mujoco.MjSpec) -> list[Solid]:
        """Adds its parts to a world in the making."""
        solids = []
        for bed in self.beds:
            stand = bed.stand
            name = stand.body.name
            frame = spec.worldbody.add_body(name=name, pos=stand.foot_m, quat=stand.turn)
            for i, piece in enumerate(stand.prop.pieces):
                for geom in add_piece(spec, frame, f"{name}#{i}", piece, stand, 0.0):
                    solids.append(Solid(geom=geom, body=name, material=stand.material, moves=False))
            half = bed.top / 2
            frame.add_geom(
                name=f"{name}#bed",
                type=mujoco.mjtGeom.mjGEOM_BOX,
                size=[bed.wide, bed.deep, half],
                pos=[0, 0, half],
                contype=0,
                conaffinity=0,
                mass=0,
            )
            solids.append(
                Solid(
                    geom=f"{name}#bed",
                    body=name,
                    material=materials()["rubber"],
                    moves=False,
                    give=BED,
                )
            )
        return solids

    def keep(self, world: World, time_s: float) -> None:
        """Notes what is needed at 240 Hz."""
        for bed in self.beds:
            bed.press(world.model, world.data)
            if round(time_s * POSE_RATE_HZ) % (POSE_RATE_HZ // FORM_RATE_HZ) == 0:
                bed.frames.append(bed.points_m())

    def report(self) -> Report:
        """What it has to tell."""
        index = np.arange(NODES * NODES).reshape(NODES, NODES)
        a, b, c, d = (
            p.ravel() for p in (index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:])
        )
        faces = np.vstack([np.stack([a, b, c], 1), np.stack([a, c, d], 1)]).astype(np.int32)
        return Report(
            surfaces={
                bed.stand.body.name: Surface(
                    vertices_m=np.stack(bed.frames),
                    faces=faces,
                    cloth_m=np.stack(
                        [(bed.u + 1) * bed.wide, (bed.v + 1) * bed.deep], axis=1
                    ).astype(np.float32),
                )
                for bed in self.beds
            }
        )
