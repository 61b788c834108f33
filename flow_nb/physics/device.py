"""What goes beyond free rigid bodies. In: a plan and its `Stand`s. Out: `Device`s that the solver carries along.

A device is one kind of thing that a film needs and a free body is not: a hinge, a cloth, the wind, a
liquid, a figure that acts. It adds its parts to every world that is built (again after each
breakage), moves or pushes them before every step, watches after it, and reports at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.plan.events import Check, Event
from flow_nb.plan.forms import Drops, Strand, Surface
from flow_nb.props.materials import Material

Vector = NDArray[np.float64]

if TYPE_CHECKING:
    from flow_nb.physics.build import Solid, World
    from flow_nb.physics.contacts import Blow


@dataclass(frozen=True, kw_only=True, slots=True)
class Limb:
    """A part that has a column of its own in the motion: ``mara/hand-left``."""

    name: str
    material: Material
    mass_kg: float
    size_m: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a device adds to the motion."""

    events: Sequence[Event] = ()
    checks: Sequence[Check] = ()
    warnings: Sequence[str] = ()
    surfaces: Mapping[str, Surface] = field(default_factory=dict)
    strands: Mapping[str, Strand] = field(default_factory=dict)
    drops: Mapping[str, Drops] = field(default_factory=dict)


def together(reports: Sequence[Report]) -> Report:
    """What several tell, as one; events in order of time."""
    events = [event for report in reports for event in report.events]
    return Report(
        events=sorted(events, key=lambda event: event.time_s),
        checks=[check for report in reports for check in report.checks],
        warnings=[line for report in reports for line in report.warnings],
        surfaces={k: v for report in reports for k, v in report.surfaces.items()},
        strands={k: v for report in reports for k, v in report.strands.items()},
        drops={k: v for report in reports for k, v in report.drops.items()},
    )


class Clock:
    """When a device acts: ``spans`` are (from, to) in seconds. It counts the steps in between."""

    def __init__(self, spans: Iterable[tuple[float, float]]) -> None:
        self.spans = sorted(spans)
        self._time_s, self._step_s = -np.inf, 1.0

    def note(self, world: World, time_s: float) -> None:
        """A step from ``time_s`` is about to be taken."""
        self._time_s, self._step_s = time_s, float(world.model.opt.timestep)

    def pass_over(self, steps: int) -> None:
        """So many steps more."""
        self._time_s += steps * self._step_s

    @property
    def held(self) -> float:
        """How many steps come before the next span, after that noted last; 0 within one."""
        to_come = [span for span in self.spans if span[1] > self._time_s]
        if not to_come or self._time_s == -np.inf:
            return 0 if to_come else np.inf
        return float(max(0.0, (to_come[0][0] - self._time_s) / self._step_s - 1e-6) // 1)


class Device:
    """Base of all devices; what a device does not need it leaves as it is.

    ``owned`` names bodies of the plan that the device builds itself: the solver neither builds nor
    launches nor breaks them. Each must appear in the world as a MuJoCo body of its name. ``limbs``
    are parts with columns of their own; each is a MuJoCo body of its name too. A device that ``drives``
    sets places and speeds by itself, so that nobody can account for the energy.
    """

    owned: frozenset[str] = frozenset()
    limbs: tuple[Limb, ...] = ()
    drives: bool = False

    @property
    def quiet(self) -> bool:
        """Whether what lies still may sleep beside it: it moves nothing but by a speed of its own giving."""
        return False

    @property
    def steps_held(self) -> float:
        """For how many steps more, after the one it has just acted for, it would act just the same. One
        that does something at each of them has to say so by its own count."""
        kind = type(self)
        idle = kind.act is Device.act and kind.watch is Device.watch
        return np.inf if idle and kind.breaks is Device.breaks else 0

    @property
    def looks(self) -> bool:
        """Whether it has to look at steps, at the first of every sample at least."""
        kind = type(self)
        return kind.watch is not Device.watch or kind.breaks is not Device.breaks

    def pass_over(self, steps: int) -> None:
        """So many steps were taken without asking it, as `steps_held` allows; nothing was met in them."""

    def furnish(self, spec: mujoco.MjSpec) -> list[Solid]:
        """Adds its parts to a world in the making; what is returned collides by material."""
        return []

    def enter(self, world: World, before: World | None) -> None:
        """From here on, this is the world; joints that ``before`` knew by name keep their state."""

    def act(self, world: World, time_s: float) -> None:
        """Just before a step from ``time_s``: sets mocap poses, adds to ``xfrc_applied`` (which is
        cleared before), switches constraints."""

    def watch(self, world: World, time_s: float, blows: Sequence[Blow]) -> None:
        """Just after that step, with the touches that began in it."""

    def breaks(self, world: World, time_s: float) -> Sequence[tuple[str, Vector]]:
        """Bodies that break now by its doing, and the point (3,) in the world from which they do. Asked
        after every step; one breaks at a time, so it says so again until they are gone."""
        return ()

    def keep(self, world: World, time_s: float) -> None:
        """At every sample of the 240 Hz clock."""

    def report(self) -> Report:
        """At the end."""
        return Report()
