"""Off the ground and to the beat. In: an action. Out: scripts of jumping, dancing, climbing."""

from __future__ import annotations

import math

from flow_nb.physics.acting.company import Company, wait
from flow_nb.physics.acting.feet import Hold
from flow_nb.physics.acting.figure import Figure, Script
from flow_nb.physics.acting.gait import stance
from flow_nb.physics.acting.going import WAYS, fixed, go_up_to
from flow_nb.physics.acting.poses import SIDES, Side, pose
from flow_nb.physics.acting.rig import Sole
from flow_nb.physics.acting.turns import Vec, facing, heading_rad, sub
from flow_nb.plan.actions import Action
from flow_nb.plan.plan import WORLD

JUMP_M = 0.32


def jump(company: Company, figure: Figure, action: Action) -> Script:
    """Crouches, flies as a thrown stone flies, lands and comes up; ``turns`` times."""
    gravity = max(company.live.gravity_m_s2, 0.3)
    up = action.speed_m_s or math.sqrt(2 * 9.81 * JUMP_M)
    up = min(up, 5.0)
    way, far = _leap(company, figure, action)
    if thing := _cleared(company, figure, action):
        company.grips.hushed.append((thing, figure.name))
        high = company.live.boxes[thing].high[2] + 0.06
        up = max(up, math.sqrt(2 * gravity * high))
    if far:
        yield from wait(figure, figure.turn_to(heading_rad(way)))
    times = min(int(action.turns or 1), 12)
    for i in range(times):
        yield from _spring(figure, up, gravity, way, far / times)
        if figure.now_s > company.plan.duration_s:
            return
        if i == times - 1:
            figure.go(pose("stand"), 0.5)
            yield from wait(figure, 0.4)


def _cleared(company: Company, figure: Figure, action: Action) -> str | None:
    """What a jump goes over."""
    names = [leg.body for leg in action.path if leg.way == "over"]
    names += [action.target] if action.how == "over" and action.target else []
    return next((n for n in names if n in company.live.boxes and n != figure.name), None)


def _leap(company: Company, figure: Figure, action: Action) -> tuple[Vec, float]:
    """The level way of a jump, and its length."""
    name = action.target if action.target not in (None, WORLD, figure.name) else None
    legs = [leg.body for leg in action.path if leg.body not in (WORLD, figure.name)]
    name = name or (legs[0] if legs else None)
    if name is not None:
        x, y, _ = sub(company.live.middle(name), figure.at_m)
        far = math.hypot(x, y)
        over = action.how in ("over", "across", "past") or any(
            leg.way == "over" for leg in action.path
        )
        return (x, y, 0.0), min(far * 2 if over else max(far - 0.3, 0.3), 2.2)
    if action.direction in WAYS:
        return WAYS[action.direction], 1.0
    if action.direction == "forward":
        return facing(figure.heading), 0.9
    return facing(figure.heading), 0.0


def _spring(figure: Figure, up_m_s: float, gravity: float, way: Vec, far_m: float) -> Script:
    figure.strike("jump-crouch", 0.30)
    yield from wait(figure, 0.32)
    rest = pose("jump-fly")
    figure.go({k: v for k, v in rest.items() if "." not in k}, 0.18)
    figure.go({k: v for k, v in rest.items() if "." in k}, 0.36)
    for side in SIDES:
        figure.go({f"{side}.swing": 0.0}, 0.2)
    begin, at, heading = figure.now_s + 0.13, figure.at_m, figure.heading
    flight = 2 * up_m_s / gravity
    along = facing(heading_rad(way))

    def root(time_s: float) -> tuple[Vec, float]:
        t = min(max(time_s - begin, 0.0), flight)
        done = far_m * t / flight
        z = at[2] + up_m_s * t - gravity * t * t / 2
        return (at[0] + along[0] * done, at[1] + along[1] * done, max(z, at[2])), heading

    figure.moves(root)
    for side in SIDES:
        spot, yaw = stance(root(begin + flight), figure.rig, side)
        home = figure.feet[side].last.at_m

        def by(time_s: float, home: Vec = home, spot: Vec = spot, yaw: float = yaw) -> Sole:
            (x, y, z), _ = root(time_s)
            u = min(max((time_s - begin) / flight, 0.0), 1.0)
            end = root(begin + flight)[0]
            off = sub(home, at)
            to = sub(spot, end)
            share = u * u * (3 - 2 * u)
            tuck = 0.07 * 16 * (u * (1 - u)) ** 2
            pitch = math.radians(34) * (1 - share) ** 2 + math.radians(26) * math.sin(math.pi * u)
            return Sole(
                (x + off[0] + (to[0] - off[0]) * share, y + off[1] + (to[1] - off[1]) * share, z + tuck),
                yaw, pitch,
            )  # fmt: skip

        hold = Hold(at_m=spot, heading=yaw, down_s=begin + flight, by=by)
        figure.feet[side].step(hold, begin, left=math.radians(34))
    yield from wait(figure, begin + flight - figure.now_s - 0.14)
    figure.strike("jump-land", 0.26)
    yield from wait(figure, 0.34)
    for side in SIDES:
        figure.go({f"{side}.swing": 1.0}, 0.3)


def dance(company: Company, figure: Figure, action: Action) -> Script:
    """From one hip to the other in time, with little steps and a half turn now and then."""
    end = company.end_s(figure, action, 30.0)
    beat_s = 0.42 if "slow" not in action.manner else 0.7
    at, heading = figure.root
    for i in range(400):
        if figure.now_s > end - beat_s:
            break
        side: Side = "right" if i % 2 else "left"
        figure.go(pose("dance-a" if i % 2 else "dance-b"), beat_s)
        spot, yaw = stance((at, heading), figure.rig, side)
        hop = Hold(at_m=spot, heading=yaw, down_s=figure.now_s + 0.8 * beat_s, lift_m=0.05)
        figure.feet[side].step(hop, figure.now_s + 0.2 * beat_s, left=0.3)
        figure.go({"left.swing": 0.0, "right.swing": 0.0}, beat_s)
        yield from wait(figure, beat_s)
    figure.go(pose("stand") | {"left.swing": 1.0, "right.swing": 1.0}, 0.6)
    yield from wait(figure, 0.6)


def climb(company: Company, figure: Figure, action: Action) -> Script:
    """Up a ladder, a wall, a tree: hand over hand, foot after foot, the root rising."""
    thing = action.target or (action.path[0].body if action.path else None)
    if thing in (None, WORLD, figure.name):
        company.warn(f"There is nothing for {figure.name.replace('-', ' ')} to climb.")
        return
    yield from go_up_to(company, figure, str(thing), action, 0.16)
    top = company.live.top_m(str(thing)) if str(thing) in company.live.stands else 1.0
    at, heading = figure.root
    rise = min(max(top - at[2] - 0.9, 0.5), 2.4)
    down = action.direction == "down" or action.how == "down"
    rungs = max(2, round(rise / 0.3))
    begin, rung_s = figure.now_s, 0.5

    def root(time_s: float) -> tuple[Vec, float]:
        u = min(max((time_s - begin) / (rungs * rung_s), 0.0), 1.0)
        return (at[0], at[1], at[2] + (-1 if down else 1) * rise * u * u * (3 - 2 * u)), heading

    figure.moves(root)
    figure.strike("climb", 0.4)
    for i in range(rungs + 1):
        if figure.now_s > company.plan.duration_s:
            return
        side = SIDES[i % 2]
        figure.go({f"{side}.swing": 0.0}, 0.2)
        goal = root(figure.now_s + 0.8 * rung_s)
        spot, yaw = stance(goal, figure.rig, side)
        ahead = facing(heading)
        spot = (spot[0] + 0.14 * ahead[0], spot[1] + 0.14 * ahead[1], spot[2])
        figure.feet[side].step(
            Hold(at_m=spot, heading=yaw, down_s=figure.now_s + 0.7 * rung_s), figure.now_s
        )
        high = root(figure.now_s + 1.2 * rung_s)[0]
        grip = (
            high[0] + 0.34 * ahead[0] - 0.16 * (1 if side == "right" else -1) * math.cos(heading),
            high[1] + 0.34 * ahead[1] - 0.16 * (1 if side == "right" else -1) * math.sin(heading),
            high[2] + 1.35,
        )
        figure.reach(side, fixed(grip), 0.35)
        yield from wait(figure, rung_s)
