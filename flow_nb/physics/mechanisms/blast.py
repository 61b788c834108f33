"""Explosions. In: actions that explode. Out: the body breaks, and impulses go out from it to all around.

The impulse on a body is what the passing front gives to the side that it turns to it: its area over the
square of the distance, as far as nothing of the set stands between. No fire, no smoke: those are looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.device import Clock, Device, Report
from flow_nb.physics.stand import Stand
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Event
from flow_nb.plan.plan import Action, Plan

IMPULSE_PA_S = 55.0
"""Impulse per area at one metre."""
NEAR_M = 0.35
MAX_M_S = 9.0
FRAGMENT_M_S = 5.0
LASTS_S = 0.01
"""After so long it has pushed what it pushes, and broken."""
UP = 0.45
"""The ground throws the front up: a share of the impulse is turned that way."""

Floats = NDArray[np.float64]


def make_blast(plan: Plan, stands: Mapping[str, Stand]) -> Device | None:
    """The explosions of a shot."""
    bangs = [a for a in plan.actions if a.verb == "explode" and not a.expected]
    return Blast(stands, bangs) if bangs else None


class Blast(Device):
    """One push for each body and explosion, and a body that breaks."""

    drives = True

    def __init__(self, stands: Mapping[str, Stand], bangs: Sequence[Action]) -> None:
        self.stands = stands
        self.bangs = {action.body: action for action in bangs}
        self.centres: dict[str, Floats] = {}
        self.fresh: list[str] = []
        self.told: list[Event] = []
        self.warnings: list[str] = []
        self.clock = Clock((a.start_s, a.start_s + LASTS_S) for a in bangs)

    def enter(self, world: World, before: World | None) -> None:
        """Splinters that have just come to be fly apart."""
        for name, centre in self.centres.items():
            if (
                before is None
                or self._has(before, f"{name}/0")
                or not self._has(world, f"{name}/0")
            ):
                continue
            for i in range(world.model.nbody):
                if world.model.body(i).name.startswith(f"{name}/"):
                    self._fling(world, i, centre)

    @staticmethod
    def _has(world: World, name: str) -> bool:
        return bool(mujoco.mj_name2id(world.model, mujoco.mjtObj.mjOBJ_BODY, name) >= 0)

    def _fling(self, world: World, body: int, centre: Floats) -> None:
        mujoco.mj_kinematics(world.model, world.data)
        v = int(world.model.jnt_dofadr[world.model.body_jntadr[body]])
        out = world.data.xipos[body] - centre
        out = out / max(float(np.linalg.norm(out)), 1e-6) + [0, 0, UP]
        world.data.qvel[v : v + 3] += FRAGMENT_M_S * out

    @property
    def quiet(self) -> bool:
        """Its one push wakes whom it meets."""
        return True

    @property
    def steps_held(self) -> float:
        """Until the next explosion."""
        return self.clock.held

    def pass_over(self, steps: int) -> None:
        """So many steps nearer to it."""
        self.clock.pass_over(steps)

    @property
    def looks(self) -> bool:
        """Only until all have exploded."""
        return self.bangs.keys() != self.centres.keys()

    def act(self, world: World, time_s: float) -> None:
        """Pushes, just before a step."""
        self.clock.note(world, time_s)
        for name, action in self.bangs.items():
            if name in self.centres or time_s < action.start_s or not self._has(world, name):
                continue
            i = world.model.body(name).id
            self.centres[name] = world.data.xipos[i].copy()
            pushed = self._push(world, i, self.centres[name])
            self._tell(name, time_s, pushed)

    def _push(self, world: World, source: int, centre: Floats) -> int:
        """Gives every free body its impulse; how many it moved."""
        model, data, moved = world.model, world.data, 0
        for j in range(model.njnt):
            body = int(model.jnt_bodyid[j])
            free = model.jnt_type[j] == mujoco.mjtJoint.mjJNT_FREE
            if not free or body == source:
                continue
            away = data.xipos[body] - centre
            far = max(float(np.linalg.norm(away)), NEAR_M)
            reach = float(model.geom_rbound[int(model.body_geomadr[body])])
            gain = IMPULSE_PA_S * 2 * reach**2 / far**2 / float(model.body_mass[body])
            speed = min(gain, MAX_M_S)
            way = away / max(float(np.linalg.norm(away)), 1e-6)
            way[2] = max(way[2], 0.0) + UP
            v = int(model.jnt_dofadr[j])
            data.qvel[v : v + 3] += speed * way / np.linalg.norm(way)
            data.qvel[v + 3 : v + 6] += 0.6 * speed * np.cross(way, [0.3, 0.9, 0.1])
            moved += speed > 0.2
        return moved

    def _tell(self, name: str, time_s: float, pushed: int) -> None:
        away = "" if not pushed else " and throws what is near away from it"
        self.told.append(
            Event(time_s=time_s, kind="burst", body=name, text=f"{first(say(name))} explodes{away}")
        )
        if not self._can_break(name):
            noun = self.stands[name].body.noun
            self.warnings.append(
                f"The {noun} explodes but stays whole: it is not made of one piece."
            )

    def _can_break(self, name: str) -> bool:
        stand = self.stands[name]
        return len(stand.prop.body) == 1 and not stand.body.fixed

    def breaks(self, world: World, time_s: float) -> Sequence[tuple[str, Floats]]:
        """What it breaks now."""
        return [
            (name, centre)
            for name, centre in self.centres.items()
            if self._can_break(name) and self._has(world, name)
        ]

    def report(self) -> Report:
        """What it has to tell."""
        return Report(events=self.told, warnings=self.warnings)
