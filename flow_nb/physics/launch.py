"""How things are set going. In: `Stand`s on their marks and the plan's actions. Out: `Stand`s with a start.

Only causes are given: the velocity at which a body is let go, pushed or thrown. What follows is
the solver's. What persons and animals do to things is not started here: they do it themselves.
"""

from __future__ import annotations

import math
from dataclasses import replace

from flow_nb.physics.blocking import Blocking
from flow_nb.physics.bounds import too_tall
from flow_nb.physics.cannot import cannot
from flow_nb.physics.closed_form import lob_velocity_m_s, stopping_speed_m_s
from flow_nb.physics.roles import CARRIED
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import WORLD, Action, Plan
from flow_nb.props.archetypes import sets
from flow_nb.props.materials import materials, pair_friction

Velocity = tuple[float, float, float]

STILL: Velocity = (0.0, 0.0, 0.0)
LEAVING_M_S = {"fall": 0.55, "drop": 0.55, "slide": 0.8, "roll": 0.8, "push": 0.9, "bounce": 0.6}
MEETING_M_S = {"roll": 2.2, "slide": 1.6, "collide": 2.0, "push": 1.4, "kick": 4.0, "hit": 3.0}
BLOW_M_S = {"kick": 5.0, "hit": 3.5}
"""Speed of what is kicked or hit and goes nowhere in particular."""
BLOW_RISE_RAD = {"kick": 0.3, "hit": 0.1}
THROW_M_S = 4.0
INTO_M_S = 2.4
GLIDE_M = 0.6
FLUTTER_RAD_S = (1.5, 6.0, 1.0)
TOPPLE = 1.35
"""How much more spin than the least that tips it over."""
HOP_M_S, LOW_SHARE = 2.6, 0.7
LIFT_M, ADRIFT_M = 1.2, 1.0
SLENDER = 2.5
DOWNHILL = 1.15
WAYS: dict[str, Velocity] = {
    "left": (-1, 0, 0), "right": (1, 0, 0), "toward camera": (0, -1, 0), "away": (0, 1, 0),
    "up": (0, 0, 1), "down": (0, 0, -1), "forward": (0, -1, 0), "backward": (0, 1, 0),
}  # fmt: skip
"""The plan's directions as unit vectors."""


def launch(plan: Plan) -> tuple[tuple[Stand, ...], tuple[str, ...]]:
    """All bodies on their marks with their starts, and warnings in words."""
    blocking = Blocking(plan)
    stands = {stand.body.name: stand for stand in blocking.stands}
    warnings = [*blocking.warnings, *cannot(plan, blocking.roles, stands)]
    warnings += too_tall(plan, stands)
    drifting: list[str] = []
    for name, stand in stands.items():
        cause = blocking.roles.cause(name)
        if cause is None or stand.start_s is not None:
            continue
        if cause.verb == "float" and plan.gravity_m_s2 == 0 and not stand.body.fixed:
            stands[name] = _adrift(stand, len(drifting))
            drifting.append(name)
            continue
        if cause.verb in CARRIED:
            if stand.held:
                stands[name] = replace(stand, start_s=cause.start_s)
            continue
        if not stand.body.fixed and not _pushed_over(stand, cause):
            stands[name] = _started(plan, blocking, stand, cause)
    for action in blocking.roles.told:
        if {action.body, action.agent} & blocking.roles.actors:
            continue
        if action.verb == "knock over" or _pushed_over(stands[action.body], action):
            _tip(plan, stands, blocking, action)
        if action.verb == "shatter" and not _is_moved(blocking, action.body):
            stands[action.body] = _lifted(stands[action.body])
            warnings.append(
                f"Nothing was said to make the {stands[action.body].body.noun} break: "
                f"it is dropped from {LIFT_M:g} m."
            )
    for action in blocking.roles.told:
        if action.verb == "climb" and action.target in stands:
            stands[action.target] = _firm(stands[action.target])
    return tuple(stands[body.name] for body in plan.bodies), tuple(warnings)


def _firm(stand: Stand) -> Stand:
    """What somebody climbs is held where it stands."""
    return replace(stand, body=stand.body.model_copy(update={"fixed": True}))


def _adrift(stand: Stand, rank: int) -> Stand:
    """Without weight: in the middle of the room, with the little speed and spin that nothing takes."""
    x, y, z = stand.foot_m
    side = -1.0 if rank % 2 else 1.0
    return replace(
        stand,
        foot_m=(x + 0.5 * side * stand.size_m, y, max(z, ADRIFT_M + 0.22 * rank)),
        start_s=0.0,
        velocity_m_s=(0.09 * side, 0.02, 0.03),
        spin_rad_s=(0.5 * side, 0.35, 0.6),
    )


def _pushed_over(stand: Stand, action: Action) -> bool:
    """What is slender and pushed, with nothing to be pushed at or off, tips over."""
    low, high = stand.bounds_m
    slender = float(high[2] - low[2]) > SLENDER * float(high[0] - low[0])
    return action.verb == "push" and not action.target and not action.source and slender


def _is_moved(blocking: Blocking, name: str) -> bool:
    """Whether anything in the plan moves a body: it acts, it is gone at, or something meets it."""
    return name in blocking.roles.causes or any(
        (action.verb not in ("shatter", "rest") and name in (action.body, action.target))
        or (action.agent is not None and name == action.body)
        for action in blocking.roles.told
    )


def _lifted(stand: Stand) -> Stand:
    x, y, z = stand.foot_m
    return replace(stand, foot_m=(x, y, z + LIFT_M), held=True, start_s=0.5)


def _started(plan: Plan, blocking: Blocking, stand: Stand, cause: Action) -> Stand:
    if stand.pivot_m is not None:
        return replace(stand, start_s=cause.start_s)
    spin = STILL
    if cause.verb == "throw":
        velocity, spin = _throw(plan, blocking, stand, cause), (0.0, 4.0, 0.0)
    elif stand.held and blocking.roles.anchor_of(stand.body.name) in _ramps(plan):
        velocity = _downhill(plan, blocking, stand, cause)
    elif stand.held:
        sideways = 0.35 if cause.verb == "bounce" else 0.0
        velocity = (sideways, 0.0, -(cause.speed_m_s or 0.0))
        spin = FLUTTER_RAD_S if cause.verb == "flutter" else STILL
    elif _too_low(blocking, stand, cause):
        target = blocking.placed[str(cause.target)]
        velocity = thrown_m_s(plan, stand, target, cause.speed_m_s or HOP_M_S)
        spin = _rolling(stand, velocity)
    elif cause.verb in BLOW_M_S and cause.target in (None, WORLD):
        velocity, spin = _struck(stand, cause), (0.0, 6.0, 0.0)
    else:
        speed = _speed(plan, blocking, stand, cause)
        velocity = _along(blocking, stand, cause, speed)
        spin = _rolling(stand, velocity) if _rolls(stand, cause) else STILL
    return replace(stand, start_s=cause.start_s, velocity_m_s=velocity, spin_rad_s=spin)


def _too_low(blocking: Blocking, stand: Stand, cause: Action) -> bool:
    """Whether a ball would knock the foot of something slender away under it, and not topple it: it is
    flicked at its upper part."""
    target = blocking.placed.get(cause.target or "")
    if target is None or target.body.fixed or not _rolls(stand, cause):
        return False
    low, high = target.bounds_m
    tall = float(high[2] - low[2])
    slender = tall > SLENDER * float(high[0] - low[0])
    return slender and float(stand.bounds_m[1, 2]) < LOW_SHARE * tall


def _struck(stand: Stand, cause: Action) -> Velocity:
    """Kicked or hit by nobody in the plan: off along the floor and a little up."""
    x, y, z = WAYS[cause.direction or "right"]
    speed, rise = cause.speed_m_s or BLOW_M_S[cause.verb], BLOW_RISE_RAD[cause.verb]
    level = speed * math.cos(rise)
    return x * level, y * level, speed * (math.sin(rise) + max(z, 0.0) * (1 - math.sin(rise)))


def _rolls(stand: Stand, cause: Action) -> bool:
    """Balls roll however they are moved; what is round only one way, when it is told to."""
    is_ball = stand.prop.pieces[0].shape == "sphere"
    return stand.prop.rolls and (cause.verb == "roll" or (is_ball and cause.verb != "slide"))


def _along(blocking: Blocking, stand: Stand, cause: Action, speed_m_s: float) -> Velocity:
    """Towards what it is aimed at, else the way it is told to go, else to the right."""
    target = blocking.placed.get(cause.target or "")
    if target is not None and cause.source != cause.target:
        reach = target.foot_m[0] - stand.foot_m[0]
        return math.copysign(speed_m_s, reach), 0.0, 0.0
    x, y, z = WAYS[cause.direction or "right"]
    return x * speed_m_s, y * speed_m_s, z * speed_m_s


def _rolling(stand: Stand, velocity_m_s: Velocity) -> Velocity:
    """Spin without slip: w = z x v / r."""
    low, high = stand.bounds_m
    lying = stand.turn[1] != 0.0
    radius = float(high[0] - low[0]) / 2 if lying else float(high[2] - low[2]) / 2
    return -velocity_m_s[1] / radius, velocity_m_s[0] / radius, 0.0


def _speed(plan: Plan, blocking: Blocking, stand: Stand, cause: Action) -> float:
    """What it needs to leave its edge, or to meet its target, with friction paid on the way."""
    if cause.speed_m_s is not None:
        return cause.speed_m_s
    wanted, way = _wanted(blocking, stand, cause)
    paid = 0.0 if _rolls(stand, cause) else _paid(plan, blocking, stand, way)
    return math.hypot(wanted, paid)


def _wanted(blocking: Blocking, stand: Stand, cause: Action) -> tuple[float, float]:
    """Speed at the end of the way, and the way's length in metres."""
    anchor = blocking.roles.anchor_of(stand.body.name)
    placement = blocking.roles.placements.get(stand.body.name)
    leaves = cause.source or (placement is not None and placement.relation == "edge of")
    if anchor != WORLD and leaves:
        here = blocking.placed[anchor]
        way = blocking.ground.half_width_m(anchor) - abs(stand.foot_m[0] - here.foot_m[0])
        return LEAVING_M_S.get(cause.verb, 0.6), way
    if cause.target not in (None, WORLD):
        way = abs(blocking.placed[str(cause.target)].foot_m[0] - stand.foot_m[0])
        return MEETING_M_S.get(cause.verb, 1.6), way
    return (1.5 if _rolls(stand, cause) else 0.0), GLIDE_M


def _paid(plan: Plan, blocking: Blocking, stand: Stand, way_m: float) -> float:
    anchor = blocking.roles.anchor_of(stand.body.name)
    rows = materials()
    under = (
        rows[sets()[plan.set.kind].floor] if anchor == WORLD else blocking.placed[anchor].material
    )
    friction = pair_friction(stand.material, under)
    return stopping_speed_m_s(way_m, friction, gravity_m_s2=plan.gravity_m_s2)


def _downhill(plan: Plan, blocking: Blocking, stand: Stand, cause: Action) -> Velocity:
    """What rolls or slips starts by itself; what sticks is given the speed that takes it to the foot of
    its ramp: v^2 = 2 g L (mu cos a - sin a)."""
    ramp = blocking.placed[blocking.roles.anchor_of(stand.body.name)]
    if stand.prop.rolls and cause.verb == "roll":
        return STILL
    long, _, tall = (v * ramp.body.scale for v in ramp.prop.pieces[0].size_m)
    slope = math.atan2(tall, long)
    friction = pair_friction(stand.material, ramp.material)
    lack = friction * math.cos(slope) - math.sin(slope)
    if lack <= 0 and not cause.speed_m_s:
        return STILL
    needed = math.sqrt(2 * plan.gravity_m_s2 * math.hypot(long, tall) * max(lack, 0.0))
    speed = cause.speed_m_s or DOWNHILL * needed
    return speed * math.cos(slope), 0.0, -speed * math.sin(slope)


def _ramps(plan: Plan) -> set[str]:
    return {body.name for body in plan.bodies if body.prop == "ramp"}


def _throw(plan: Plan, blocking: Blocking, stand: Stand, cause: Action) -> Velocity:
    target = blocking.placed.get(cause.target or "")
    hollow = target is not None and target.body.name in blocking.roles.containers
    forward = cause.speed_m_s or (INTO_M_S if hollow else THROW_M_S)
    if target is None:
        x, y, z = WAYS[cause.direction or "right"]
        if z:
            return 0.0, 0.0, z * forward
        level = forward * math.cos(0.5)
        return x * level, y * level, forward * math.sin(0.5)
    return thrown_m_s(plan, stand, target, forward, hollow=hollow)


def thrown_m_s(
    plan: Plan, stand: Stand, target: Stand, forward_m_s: float, *, hollow: bool = False
) -> Velocity:
    """Velocity that lobs a body from its mark at another: above its middle, or into its opening."""
    reach_x, reach_y = (target.foot_m[i] - stand.foot_m[i] for i in (0, 1))
    reach = max(math.hypot(reach_x, reach_y), 1e-3)
    height = float(target.bounds_m[1, 2]) * (1.0 if hollow else 0.6)
    rise = target.foot_m[2] + height - stand.foot_m[2]
    rise -= 0.0 if hollow else float(stand.bounds_m[1, 2]) / 2
    up = lob_velocity_m_s(reach, rise, forward_m_s, gravity_m_s2=plan.gravity_m_s2)
    return forward_m_s * reach_x / reach, forward_m_s * reach_y / reach, up


def _tip(plan: Plan, stands: dict[str, Stand], blocking: Blocking, action: Action) -> None:
    """Knocked over by nobody in the plan: just enough spin about its far edge."""
    aimed = action.target not in (None, WORLD)
    name = str(action.target) if aimed else action.body
    agent_moves = aimed and blocking.roles.cause(action.body) is not None
    by_thing = action.agent is not None and action.agent != action.body
    stand = stands[name]
    if agent_moves or by_thing or stand.body.fixed or stand.start_s is not None or stand.held:
        return
    low, high = stand.bounds_m
    half, height = float(high[0]), float(high[2] - low[2]) / 2
    arm = math.hypot(half, height)
    inertia = arm**2 + (4 * half**2 + 4 * height**2) / 12
    rise = arm - height
    spin = TOPPLE * math.sqrt(2 * plan.gravity_m_s2 * max(rise, 0.0) / inertia) + 0.2
    stands[name] = replace(
        stand,
        start_s=action.start_s,
        velocity_m_s=(spin * height, 0.0, 0.0),
        spin_rad_s=(0.0, spin, 0.0),
    )
