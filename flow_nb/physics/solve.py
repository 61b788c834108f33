"""The solver. In: a `Plan`. Out: a `Motion`: poses at 240 Hz, every touch, every break, told as events."""

from __future__ import annotations

import math
from collections.abc import Callable

import mujoco
import numpy as np

from flow_nb.physics.build import World, build, foot_m
from flow_nb.physics.checks.check import check
from flow_nb.physics.checks.evidence import Evidence, Witness
from flow_nb.physics.contacts import Blow, Touches
from flow_nb.physics.device import Device, Report, together
from flow_nb.physics.devices import devices
from flow_nb.physics.flight import Flights
from flow_nb.physics.fracture import splinters
from flow_nb.physics.guard import Guard
from flow_nb.physics.launch import launch
from flow_nb.physics.rebound import Rebounds
from flow_nb.physics.record import Record
from flow_nb.physics.settling import Settling
from flow_nb.physics.speeds import Speeds
from flow_nb.physics.stand import Stand
from flow_nb.physics.tell import Break, Leave, Story, tell
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.materials import breaking_speed_m_s

VERSION = "4"
"""Changes when the same plan would give another motion."""

_WIDTHS = {int(mujoco.mjtJoint.mjJNT_FREE): (7, 6), int(mujoco.mjtJoint.mjJNT_BALL): (4, 3)}

STRIDE = True
"""Whether steps in which nothing happens are taken together."""

CALM_M_S = 0.02
"""Within a stride, no body's speed changes by more than this and what its weight gives it."""

STATE = int(mujoco.mjtState.mjSTATE_INTEGRATION)

LEAVING_S = 0.1
"""A flight shorter than this is a rattle, not a departure."""


def solve(plan: Plan, *, progress: Callable[[float], None] | None = None) -> Motion:
    """Solves a plan from its first frame to its last.

    ``progress`` hears the share done, 0 to 1, some thirty times; it may raise to stop.

    Raises:
        PlanError: a body stands on itself.
        SolveError: the numbers run away.
    """
    stands, warnings = launch(plan)
    run = _Run(plan, {stand.body.name: stand for stand in stands})
    samples = round(plan.duration_s * POSE_RATE_HZ)
    steps = max(1, round(1 / (plan.timestep_s * POSE_RATE_HZ)))
    for sample in range(samples):
        run.keep(sample / POSE_RATE_HZ)
        run.go_on(sample * steps, steps)
        if progress is not None and sample % max(1, samples // 30) == 0:
            progress(sample / samples)
    run.keep(plan.duration_s)
    reports = [device.report() for device in run.devices]
    own = Report(
        events=tell(plan, run.stands, run.story()), warnings=[*warnings, *run.guard.warnings]
    )
    told = together([own, *reports])
    checks, unmet = check(run.evidence(), told.events)
    told = together([told, Report(checks=checks, warnings=unmet)])
    return run.record.motion(plan, run.stands, run.touches, told)


class _Run:
    """One solution in the making."""

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
        self.flights = Flights(stands)
        self.witness = Witness()
        self.guard = Guard()
        self.started: set[str] = set()
        self.acting = [d for d in self.devices if _does(d, "act")]
        self.watching = [d for d in self.devices if _does(d, "watch")]
        self.breaking = [d for d in self.devices if _does(d, "breaks")]
        self.breaks: list[Break] = []
        self.leaves: list[Leave] = []
        self.landings: dict[tuple[str, float], float] = {}
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
        self.settling = Settling(world.model, self.touches)
        self._ready()
        self.speeds = Speeds(world.model, self.columns)
        self.state = np.zeros(mujoco.mj_stateSize(world.model, STATE))

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
        self.record.keep(self.world.model, self.world.data, self.columns, self.feet)
        self.witness.keep(self.world.data)
        self.settling.keep(self.world.model, self.touches, time_s)
        for device in self.devices:
            device.keep(self.world, time_s)

    def story(self) -> Story:
        """What happened, as the teller of events wants it."""
        return Story(
            names=tuple(self.record.names),
            contacts=self.touches.contact_rows(),
            breaks=tuple(self.breaks),
            leaves=tuple(self.leaves),
            landings=self.landings,
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
        """Takes so many steps, the first of which has that number; together where nothing happens."""
        sub, calm = 0, STRIDE
        while sub < steps:
            time_s = (first + sub) * self.plan.timestep_s
            self.step(time_s, sample_rubs=sub == 0)
            sub += 1
            if calm and sub < steps:
                stride = self._stride(time_s, steps - sub)
                calm = not stride or self._leap(time_s, stride)
                sub += stride if calm else 0

    def step(self, time_s: float, *, sample_rubs: bool) -> None:
        """Advances by one time step from ``time_s``."""
        model, data = self.world.model, self.world.data
        if self.waiting:
            self._start(time_s)
        if self.acting:
            data.xfrc_applied[:] = 0
        for device in self.acting:
            device.act(self.world, time_s)
        before = data.qpos.copy(), data.qvel.copy()
        mujoco.mj_step(model, data)
        self.guard.watch(self.world, before)
        blows = self.touches.step(model, data, time_s, sample_rubs=sample_rubs)
        self._follow_flights(time_s, blows)
        self.witness.watch(self.world, self.ids, self.record.names, blows, self.touches, time_s)
        self.rebounds.watch(self.world, blows, self.touches, time_s)
        for device in self.watching:
            device.watch(self.world, time_s, blows)
        for blow in blows:
            victim = self._victim(blow)
            if victim is not None:
                data.qpos[:], data.qvel[:] = before
                self._shatter(victim, blow)
                return
        if self.breaking:
            self._break_by_device(time_s)

    # Strides.

    def _stride(self, time_s: float, left: int) -> int:
        """How many of the steps left may be taken together after that from ``time_s``; 0 while somebody
        has to look at each. What is held is held again in the last step before it is seen or let go."""
        if self.touches.counting(time_s) or self.witness.waits(time_s):
            return 0
        if self.rebounds.waits(time_s):
            return 0
        held = min((device.steps_held for device in self.devices), default=np.inf)
        starts = [stand.start_s for stand in self.waiting.values() if stand.start_s is not None]
        soon_s = min([self.flights.next_departure_s(time_s), *starts])
        ahead = (soon_s - time_s) / self.plan.timestep_s - 1e-6
        alone = any(stand.held for stand in self.waiting.values())
        return max(int(min(left, held, ahead)) - alone, 0)

    def _leap(self, time_s: float, steps: int) -> bool:
        """Takes so many steps after that from ``time_s`` at once. False, and as if nothing had been done,
        where something met, parted or changed its speed."""
        model, data = self.world.model, self.world.data
        mujoco.mj_getState(model, data, self.state, STATE)
        before, near = data.qvel.copy(), self.touches.near(data)
        mujoco.mj_step(model, data, nstep=steps)
        last_s = time_s + steps * self.plan.timestep_s
        upset = data.warning[mujoco.mjtWarning.mjWARN_BADQACC]
        limit = CALM_M_S + self.plan.gravity_m_s2 * (last_s - time_s)
        calm = not upset.number and self.speeds.changed(data.qvel - before, near) < limit
        if not calm or not self.touches.lasting(data, near, time_s, last_s):
            mujoco.mj_setState(model, data, self.state, STATE)
            upset.number = 0
            return False
        self.flights.lie(self.touches.touching, last_s)
        self.witness.pass_over(self.world, steps)
        for device in self.devices:
            device.pass_over(steps)
        return True

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

    # Starts.

    def _start(self, time_s: float) -> None:
        """Gives bodies their velocity when their time has come, and holds those that float."""
        for name, stand in list(self.waiting.items()):
            if stand.start_s is not None and time_s >= stand.start_s:
                self.started.add(name)
                self._set_velocity(stand)
                self._ready()
            elif stand.held:
                self._hold(stand)

    def _hold(self, stand: Stand) -> None:
        q, v = self._addresses(stand)
        model, data = self.world.model, self.world.data
        wide, deep = (4, 3) if stand.pivot_m else (7, 6)
        data.qpos[q : q + wide] = model.qpos0[q : q + wide]
        data.qvel[v : v + deep] = 0

    def _set_velocity(self, stand: Stand) -> None:
        """Velocity of the centre of mass and spin, from world axes to MuJoCo's free joint."""
        if stand.pivot_m is not None:
            return
        q, v = self._addresses(stand)
        model, data = self.world.model, self.world.data
        turn = np.zeros(9)
        mujoco.mju_quat2Mat(turn, data.qpos[q + 3 : q + 7])
        matrix = turn.reshape(3, 3)
        spin = np.array(stand.spin_rad_s)
        centre = matrix @ model.body(stand.body.name).ipos
        data.qvel[v : v + 3] = np.array(stand.velocity_m_s) - np.cross(spin, centre)
        data.qvel[v + 3 : v + 6] = matrix.T @ spin

    def _addresses(self, stand: Stand) -> tuple[int, int]:
        joint = self.world.model.joint(stand.body.name)
        return int(joint.qposadr[0]), int(joint.dofadr[0])

    # Flights, for the closed form.

    def _follow_flights(self, time_s: float, blows: list[Blow]) -> None:
        for blow in blows:
            self._note_landing(blow)
        touching = self.touches.touching
        for column in self.flights.landing(touching):
            self._note_leaving(int(column), time_s)
        model, data = self.world.model, self.world.data
        self.flights.touch(model, data, touching, time_s)
        touched = {self.record.names[column] for column in touching if column >= 0} & {
            name for name, stand in self.waiting.items() if stand.held
        } if self.waiting else set()  # fmt: skip
        if touched:
            self.started |= touched
            self._ready()
        self.flights.watch(model, data, self.may_fly, time_s)

    def _note_leaving(self, column: int, time_s: float) -> None:
        began = self.flights.began_s(column)
        if began is not None and time_s - began > LEAVING_S:
            self.leaves.append(Leave(time_s=began, body=self.record.names[column]))

    def _note_landing(self, blow: Blow) -> None:
        """Theory beside the solver, where a flying body meets something level that does not move."""
        other = self.record.names[blow.b] if blow.b >= 0 else None
        if other is not None and not (other in self.stands and self.stands[other].body.fixed):
            return
        level = 0.0 if other is None else float(blow.point_m[2])
        name = self.record.names[blow.a]
        landed = self.flights.landing_s(name, level, self.plan.gravity_m_s2)
        if landed is not None:
            self.landings[name, blow.time_s] = landed

    # Breakage.

    def _victim(self, blow: Blow) -> str | None:
        """The body that this blow breaks, if any."""
        for geom, other in (blow.geoms, blow.geoms[::-1]):
            stand = self.free.get(self.world.body_name(geom))
            if stand is None:
                continue
            limit = breaking_speed_m_s(stand.breaks_at_m_s, self.world.materials[other])
            limit *= self._lightness(stand, other)
            if blow.normal_speed_m_s > limit:
                return stand.body.name
        return None

    def _lightness(self, stand: Stand, other: int) -> float:
        """How much faster a light partner must be to bring the energy that an anvil would."""
        body = int(self.world.model.geom_bodyid[other])
        if self.world.model.body_dofnum[body] == 0:
            return 1.0
        return math.sqrt(1 + stand.mass_kg / float(self.world.model.body_mass[body]))

    def _shatter(self, name: str, blow: Blow) -> None:
        """Replaces a body by splinters that move on as its parts moved at that instant."""
        model, data = self.world.model, self.world.data
        mujoco.mj_forward(model, data)
        i = model.body(name).id
        turn, foot = data.xmat[i].reshape(3, 3).copy(), foot_m(model, data, name)
        spin = data.cvel[i, :3].copy()
        centre, quaternion = data.xipos[i].copy(), data.xquat[i].copy()
        root = data.subtree_com[model.body_rootid[i]]
        velocity = data.cvel[i, 3:] + np.cross(spin, centre - root)
        struck = turn.T @ (blow.point_m - foot)
        made, centres = splinters(self.free[name], struck, self.rng)
        self.record.replace(name, made, blow.time_s)
        world = self._build()
        _carry_over(self.world, world)
        masses = np.array([s.mass_kg for s in made.values()])
        places = foot + centres @ turn.T
        speeds = velocity + np.cross(spin, places - centre)
        speeds += velocity - masses @ speeds / masses.sum()
        for splinter, place, speed in zip(made, places, speeds, strict=True):
            joint = world.model.joint(splinter)
            q, v = int(joint.qposadr[0]), int(joint.dofadr[0])
            world.data.qpos[q : q + 7] = [*place, *quaternion]
            world.data.qvel[v : v + 6] = [*speed, *(turn.T @ spin)]
        mujoco.mj_forward(world.model, world.data)
        self.breaks.append(
            Break(time_s=blow.time_s, body=name, pieces=len(made), blow=blow, mass_kg=masses.sum())
        )
        self._enter(world)


def _does(device: Device, what: str) -> bool:
    return getattr(type(device), what) is not getattr(Device, what)


def _carry_over(old: World, new: World) -> None:
    """Copies the state of every joint that both worlds know."""
    for j in range(new.model.njnt):
        target = new.model.joint(j)
        found = mujoco.mj_name2id(old.model, mujoco.mjtObj.mjOBJ_JOINT, target.name)
        if found < 0:
            continue
        source = old.model.joint(found)
        wide, deep = _WIDTHS.get(int(new.model.jnt_type[j]), (1, 1))
        q0, q1 = int(source.qposadr[0]), int(target.qposadr[0])
        v0, v1 = int(source.dofadr[0]), int(target.dofadr[0])
        new.data.qpos[q1 : q1 + wide] = old.data.qpos[q0 : q0 + wide]
        new.data.qvel[v1 : v1 + deep] = old.data.qvel[v0 : v0 + deep]
    new.data.time = old.data.time
