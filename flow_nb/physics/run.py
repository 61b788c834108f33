"""One solution in the making. In: a plan and its `Stand`s. Out: its world, step by step, and all who look at it."""

from __future__ import annotations

import mujoco
import numpy as np

from flow_nb.physics.breaking import broken_by, carry_over, fly_apart
from flow_nb.physics.build import World, build
from flow_nb.physics.checks.evidence import Evidence, Witness
from flow_nb.physics.contacts import Blow, Touches
from flow_nb.physics.device import Device
from flow_nb.physics.devices import devices
from flow_nb.physics.following import Following
from flow_nb.physics.guard import Guard
from flow_nb.physics.rebound import Rebounds
from flow_nb.physics.record import Record
from flow_nb.physics.settling import Settling
from flow_nb.physics.sleeping import Sleeping
from flow_nb.physics.stand import Stand
from flow_nb.physics.starting import hold, send_off
from flow_nb.physics.striding import Strides
from flow_nb.physics.tell import Break, Story
from flow_nb.plan.plan import Plan


class Run:
    """The world as it is now, and what has happened in it so far."""

    def __init__(self, plan: Plan, stands: dict[str, Stand]) -> None:
        self.plan = plan
        self.stands = stands
        self.rng = np.random.default_rng([plan.seed, 2])
        self.devices = devices(plan, stands)
        self.owned = frozenset(name for device in self.devices for name in device.owned)
        limbs = {limb.name: limb for device in self.devices for limb in device.limbs}
        self.record = Record(names=[*stands, *limbs], limbs=limbs)
        self.touches = Touches()
        self.world: World = None  # type: ignore[assignment]
        self.following = Following(stands, self.record.names, plan.gravity_m_s2)
        self.flights = self.following.flights
        self.witness = Witness()
        self.guard = Guard()
        self.started: set[str] = set()
        self.acting = [d for d in self.devices if _does(d, "act")]
        self.breaking = [d for d in self.devices if _does(d, "breaks")]
        self.breaks: list[Break] = []
        self.slept_on = False
        self._enter(self._build())

    def _build(self) -> World:
        """Everything that exists from now on."""
        gone = {*self.record.gone_s, *self.owned}
        whole = [stand for name, stand in self.stands.items() if name not in gone]
        return build(self.plan, whole, self.record.splinters.values(), self.devices)

    def _enter(self, world: World) -> None:
        """From here on, this is the world."""
        before: World | None = self.world
        self.world = world
        for device in self.devices:
            device.enter(world, before)
        self.columns, self.feet = self.record.columns(world.model), world.feet
        self.touches.enter(world.model, self.columns, len(self.record.names))
        self.rebounds = Rebounds()
        self.witness.enter(world, self.record.names)
        self.free = {
            name: stand
            for name, stand in self.stands.items()
            if not stand.body.fixed and name not in self.record.gone_s and name not in self.owned
        }
        self.ids = {
            self.record.names.index(name): int(world.model.body(name).id) for name in self.free
        }
        self.flights.enter(self.ids)
        self.watching = [device for device in self.devices if device.looks]
        self.settling = Settling(world.model, self.touches)
        self.sleeping = Sleeping(
            world, self.columns, self.touches, self.flights,
            allowed=all(device.quiet for device in self.devices),
        )  # fmt: skip
        self._ready()
        self.strides = Strides(
            self.plan, world, self.columns, touches=self.touches, flights=self.flights,
            witness=self.witness, rebounds=self.rebounds, devices=self.devices,
            sleeping=self.sleeping,
        )  # fmt: skip

    def _ready(self) -> None:
        """Notes who has not started yet, and who may fly."""
        self.waiting = {
            name: stand
            for name, stand in self.free.items()
            if name not in self.started and (stand.held or stand.start_s is not None)
        }
        self.may_fly = np.array(
            [
                name in self.free
                and stand.pivot_m is None
                and (not stand.held or name in self.started)
                for name, stand in self.stands.items()
            ],
            dtype=bool,
        )

    def keep(self, time_s: float) -> None:
        """Keeps the poses at the next sample of the 240 Hz clock."""
        if self.sleeping.all and self.slept_on:
            self.record.repeat()
        else:
            self.record.keep(self.world.model, self.world.data, self.columns, self.feet)
        self.witness.keep(self.world.data)
        self.settling.keep(self.world.model, self.touches, time_s)
        held = [self.record.names.index(n) for n, stand in self.waiting.items() if stand.held]
        self.sleeping.keep(time_s, held)
        for device in self.devices:
            device.keep(self.world, time_s)

    def story(self) -> Story:
        """What happened, as the teller of events wants it."""
        return Story(
            names=tuple(self.record.names),
            contacts=self.touches.contact_rows(),
            breaks=tuple(self.breaks),
            leaves=tuple(self.following.leaves),
            landings=self.following.landings,
            poses=tuple(self.record.poses),
        )

    def evidence(self) -> Evidence:
        """What happened, as the check wants it."""
        return Evidence(
            plan=self.plan,
            stands=self.stands,
            story=self.story(),
            makes=self.witness.makes,
            flown=tuple(self.flights.flown),
            meetings=tuple(self.witness.meetings),
            rubs=self.touches.rub_rows(),
            energy_j=np.array(self.record.energy_j),
            kinetic_j=self.witness.kinetic_j,
            work_j=self.witness.work_j,
            driven=self.witness.driven or any(device.drives for device in self.devices),
        )

    def go_on(self, first: int, steps: int) -> None:
        """Takes so many steps, the first of which has that number; together where nothing happens, and none
        where all sleep."""
        step_s = self.plan.timestep_s
        self.slept_on = self._sleeps_on(steps, (first + steps) * step_s)
        if self.slept_on:
            self.sleeping.lie((first + steps - 1) * step_s)
            for device in self.devices:
                device.pass_over(steps)
            return
        sub, calm = 0, True
        while sub < steps:
            time_s = (first + sub) * step_s
            self._prepare(time_s)
            ahead = self._ahead(time_s, steps - sub - 1) if calm and not self.watching else 0
            if ahead:
                calm = self.strides.leap(time_s, ahead + 1, self.may_fly, sample_rubs=sub == 0)
                if calm:
                    self._pass_over(ahead)
                    sub += ahead + 1
                    continue
            self.step(time_s, sample_rubs=sub == 0)
            sub += 1
            ahead = self._ahead(time_s, steps - sub) if calm and self.watching else 0
            if ahead:
                calm = self.strides.leap(time_s + step_s, ahead, self.may_fly)
                if calm:
                    self._pass_over(ahead)
                    sub += ahead

    def _sleeps_on(self, steps: int, until_s: float) -> bool:
        """Whether all sleep, and nothing is done to them, for so many steps until then."""
        if not self.sleeping.all:
            return False
        starts = [stand.start_s for stand in self.waiting.values() if stand.start_s is not None]
        held = all(device.steps_held >= steps for device in self.devices)
        return held and until_s <= min(starts, default=np.inf)

    def _ahead(self, time_s: float, left: int) -> int:
        """How many of the steps left after that from ``time_s`` need nobody who looks at each."""
        return self.strides.steps(time_s, left, self.waiting) if left > 0 else 0

    def _pass_over(self, steps: int) -> None:
        for device in self.devices:
            device.pass_over(steps)

    def _prepare(self, time_s: float) -> None:
        """What is done before a step: bodies start or are held, devices act."""
        if self.waiting:
            self._start(time_s)
        if self.acting:
            self.world.data.xfrc_applied[:] = 0
        for device in self.acting:
            device.act(self.world, time_s)

    def step(self, time_s: float, *, sample_rubs: bool) -> None:
        """Advances by one time step from ``time_s``."""
        model, data = self.world.model, self.world.data
        before = data.qpos.copy(), data.qvel.copy()
        mujoco.mj_step(model, data)
        self.guard.watch(self.world, before)
        blows = self.touches.step(model, data, time_s, sample_rubs=sample_rubs)
        self.sleeping.look(time_s)
        self._follow(time_s, blows)
        self.witness.watch(self.world, self.ids, self.record.names, blows, self.touches, time_s)
        self.rebounds.watch(self.world, blows, self.touches, time_s)
        for device in self.watching:
            device.watch(self.world, time_s, blows)
        for blow in blows:
            victim = broken_by(self.world, self.free, blow)
            if victim is not None:
                data.qpos[:], data.qvel[:] = before
                self._shatter(victim, blow)
                return
        if self.breaking:
            self._break_by_device(time_s)

    def _break_by_device(self, time_s: float) -> None:
        """The first body that a device wants broken."""
        for device in self.devices:
            for name, point in device.breaks(self.world, time_s):
                if name in self.free:
                    column = self.record.names.index(name)
                    blow = Blow(
                        time_s=time_s,
                        a=column,
                        b=-1,
                        geoms=(0, 0),
                        point_m=point,
                        normal_speed_m_s=0.0,
                    )
                    self._shatter(name, blow)
                    return

    def _start(self, time_s: float) -> None:
        """Gives bodies their velocity when their time has come, and holds those that float."""
        for name, stand in list(self.waiting.items()):
            if stand.start_s is not None and time_s >= stand.start_s:
                self.started.add(name)
                if stand.held:
                    hold(self.world, stand)
                send_off(self.world, stand)
                self.sleeping.wake(self.record.names.index(name))
                self._ready()
            elif stand.held and not self.sleeping.sleeps(self.record.names.index(name)):
                hold(self.world, stand)

    def _follow(self, time_s: float, blows: list[Blow]) -> None:
        """Flights, for the closed form; what floats and is touched has started."""
        touching, model, data = self.touches.touching, self.world.model, self.world.data
        self.following.touch(model, data, blows, touching, time_s)
        if self.waiting:
            met = {self.record.names[column] for column in touching if column >= 0}
            touched = met & {name for name, stand in self.waiting.items() if stand.held}
            if touched:
                self.started |= touched
                self._ready()
        self.following.watch(model, data, self.may_fly, time_s)

    def _shatter(self, name: str, blow: Blow) -> None:
        """Replaces a body by splinters that move on as its parts moved at that instant."""
        flung = fly_apart(self.world, self.free[name], blow, self.rng)
        self.record.replace(name, flung.made, blow.time_s)
        world = self._build()
        carry_over(self.world, world)
        flung.place(world)
        self.breaks.append(
            Break(
                time_s=blow.time_s, body=name, pieces=len(flung.made), blow=blow,
                mass_kg=flung.mass_kg,
            )
        )  # fmt: skip
        self._enter(world)


def _does(device: Device, what: str) -> bool:
    return getattr(type(device), what) is not getattr(Device, what)
