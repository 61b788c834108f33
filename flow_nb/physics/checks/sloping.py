"""Sliding and rolling beside theory. In: tracks and rubs. Out: checks of slopes, level slides and rolls."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

import numpy as np

from flow_nb.physics.build import ROLLING_FRICTION_M
from flow_nb.physics.checks.drag import terminal_m_s
from flow_nb.physics.checks.evidence import Evidence, Vector, sample
from flow_nb.physics.checks.verdict import SPEED, TIME, verdict
from flow_nb.physics.closed_form import (
    incline_acceleration_m_s2,
    rolled_out_m_s,
    rolling_acceleration_m_s2,
    rolling_speed_m_s,
)
from flow_nb.physics.contacts import UPRIGHT
from flow_nb.physics.stand import Stand
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Check
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.props.archetypes import sets
from flow_nb.props.materials import materials, pair_friction

GAP_S = 0.06
HOP_S = 0.05
"""What leaves its ground for less than this still slides or rolls on it."""
STAYS_M = 0.01
"""The solver's friction gives way by a millimetre or two a second."""
LEAST_M = 0.05
LEAST_S = 0.15
STILL_M_S = 0.01


def sloping(seen: Evidence) -> Iterator[Check]:
    """Everything that goes down a ramp, and everything that is set going on something level."""
    ramps = [s for s in seen.stands.values() if s.prop.pieces[0].shape == "wedge"]
    for stand in seen.stands.values():
        if stand.start_s is None or stand.body.name not in seen.makes or stand.pivot_m is not None:
            continue
        under = [ramp for ramp in ramps if _on(ramp, stand)]
        if under:
            yield from _down(seen, stand, under[0])
        elif not stand.held and math.hypot(*stand.velocity_m_s[:2]) > 2 * STILL_M_S:
            yield from _along(seen, stand)


def _on(ramp: Stand, stand: Stand) -> bool:
    half = ramp.bounds_m[1, :2]
    away = np.abs(np.subtract(stand.foot_m, ramp.foot_m))[:2]
    return stand.held and bool((away < half).all())


def _down(seen: Evidence, stand: Stand, ramp: Stand) -> Iterator[Check]:
    """From the start to the last instant on the slope, or to where something met it."""
    length, _, height = ramp.prop.pieces[0].size_m
    slope = math.atan2(height, length)
    friction = pair_friction(stand.material, ramp.material)
    round_one = _is_ball(stand)
    gravity = seen.plan.gravity_m_s2
    if round_one:
        acceleration = rolling_acceleration_m_s2(
            slope, _shape(seen, stand), _resistance(stand), gravity_m_s2=gravity
        )
        law = "a = g (sin s - c cos s) / (1 + k)"
    else:
        acceleration = incline_acceleration_m_s2(slope, friction, gravity_m_s2=gravity)
        law = "a = g (sin s - mu cos s)"
    if math.hypot(*stand.velocity_m_s) > STILL_M_S:
        return
    if acceleration <= 0:
        yield _stays(seen, stand, friction, slope)
        return
    way = _way(seen, stand, ramp)
    if way is None:
        return
    time_s, distance, speed = way
    who = (
        f"{first(say(stand.body.name))} {'rolls' if round_one else 'slides'} down {distance:.2f} m"
    )
    compare = partial(verdict, kind="incline", body=stand.body.name, law=law)
    at_s = float(stand.start_s or 0.0) + time_s
    yield compare(
        time_s=at_s,
        expected=math.sqrt(2 * distance / acceleration),
        solved=time_s,
        unit="s",
        within=TIME,
        says=who,
    )
    yield compare(
        time_s=at_s,
        expected=math.sqrt(2 * distance * acceleration),
        solved=speed,
        unit="m/s",
        within=SPEED,
        says=who,
    )


def _stays(seen: Evidence, stand: Stand, friction: float, slope_rad: float) -> Check:
    """Friction holds it: mu >= tan s."""
    name, start_s = stand.body.name, float(stand.start_s or 0.0)
    track = seen.track_m(name)[sample(start_s) :]
    moved = float(np.linalg.norm(track[-1] - track[0]))
    return Check(
        kind="incline",
        body=name,
        time_s=start_s,
        law="mu >= tan s",
        expected=0.0,
        solved=moved,
        unit="m",
        holds=moved < STAYS_M,
        text=f"{first(say(name))} stays on the slope: friction {friction:.2f} is more than "
        f"tan {math.degrees(slope_rad):.0f}° = {math.tan(slope_rad):.2f}.",
    )


def _is_ball(stand: Stand) -> bool:
    return stand.prop.is_ball


def _shape(seen: Evidence, stand: Stand) -> float:
    """k = I / (m r^2) of a ball."""
    make = seen.makes[stand.body.name]
    return float(make.inertia_kg_m2[1, 1]) / (make.mass_kg * _radius_m(stand) ** 2)


def _radius_m(stand: Stand) -> float:
    return stand.prop.body[0].radius_m * stand.body.scale


def _resistance(stand: Stand) -> float:
    return ROLLING_FRICTION_M / _radius_m(stand)


def _way(seen: Evidence, stand: Stand, ramp: Stand) -> tuple[float, float, float] | None:
    """Time, distance and last speed of a body's way down a ramp, undisturbed, to before its foot."""
    names, rubs, start_s = seen.story.names, seen.rubs, float(stand.start_s or 0.0)
    on = ramp.body.name
    past = seen.track_m(stand.body.name)[:, 0] > (
        ramp.foot_m[0] + float(ramp.bounds_m[1, 0]) - stand.size_m
    )
    past_s = float(np.argmax(past)) / POSE_RATE_HZ if past.any() else seen.plan.duration_s
    column, under = names.index(stand.body.name), names.index(on)
    mine = (np.minimum(rubs["a"], rubs["b"]) == min(column, under)) & (
        np.maximum(rubs["a"], rubs["b"]) == max(column, under)
    )
    times = rubs["time_s"][mine & (rubs["time_s"] >= start_s)]
    if len(times) < 2:
        return None
    gaps = np.flatnonzero(np.diff(times) > GAP_S)
    end_s = float(times[gaps[0]] if len(gaps) else times[-1]) - 2 / POSE_RATE_HZ
    met = [t for t in _others(seen, stand, on) if t > start_s]
    end_s = min([end_s, past_s, *(t - 2 / POSE_RATE_HZ for t in met)])
    return _gone(seen, stand, start_s, end_s)


def _others(seen: Evidence, stand: Stand, on: str) -> list[float]:
    """When a body met anything but what it is on: of the set, its walls."""
    names, rows = seen.story.names, seen.story.contacts
    column = names.index(stand.body.name)
    under = names.index(on) if on in names else -1
    mine = (rows["a"] == column) | (rows["b"] == column)
    other = np.where(rows["a"] == column, rows["b"], rows["a"])
    wall = np.abs(rows["normal"][:, 2]) < UPRIGHT
    return [float(t) for t in rows["time_s"][mine & ((other != under) | wall)]]


def _gone(
    seen: Evidence, stand: Stand, start_s: float, end_s: float
) -> tuple[float, float, float] | None:
    i, k = sample(start_s), int(end_s * POSE_RATE_HZ)
    if k - i < LEAST_S * POSE_RATE_HZ:
        return None
    track = seen.track_m(stand.body.name)
    time_s, distance = k / POSE_RATE_HZ - start_s, float(np.linalg.norm(track[k] - track[i]))
    return (time_s, distance, _speed(track, k)) if distance > LEAST_M else None


def _speed(track: Vector, k: int) -> float:
    """By the difference of its neighbours."""
    k = min(max(k, 1), len(track) - 2)
    return float(np.linalg.norm(track[k + 1] - track[k - 1]) * POSE_RATE_HZ / 2)


def _along(seen: Evidence, stand: Stand) -> Iterator[Check]:
    """On something level: how far it slides, or how fast it rolls in the end."""
    name, start_s = stand.body.name, float(stand.start_s or 0.0)
    speed = math.hypot(*stand.velocity_m_s[:2])
    under = _under(seen, stand)
    friction = pair_friction(stand.material, materials()[under[1]])
    gravity = seen.plan.gravity_m_s2
    flights = [
        f.start.time_s
        for f in seen.flown
        if f.body == name and f.start.time_s > start_s and f.end_s - f.start.time_s > HOP_S
    ]
    met = [t for t in _others(seen, stand, under[0]) if t > start_s]
    end_s = min([seen.plan.duration_s, *met, *flights]) - 3 / POSE_RATE_HZ
    if friction * gravity <= 0:
        return
    if _is_ball(stand):
        yield from _roll(seen, stand, speed, friction, end_s)
        return
    stops_s = speed / (friction * gravity)
    way = _gone(seen, stand, start_s, end_s)
    tall = float(stand.bounds_m[1, 2] - stand.bounds_m[0, 2])
    if way is None or start_s + stops_s > end_s or tall * friction > float(stand.bounds_m[1, 0]):
        return
    yield verdict(
        kind="slide",
        body=name,
        time_s=start_s + stops_s,
        law="d = v^2 / (2 mu g)",
        expected=speed**2 / (2 * friction * gravity),
        solved=way[1],
        unit="m",
        within=SPEED,
        says=f"{first(say(name))} slides until friction stops it",
    )


def _under(seen: Evidence, stand: Stand) -> tuple[str, str]:
    """The furniture, or the set, on which a body stands at first, and its material."""
    for other in seen.stands.values():
        half = other.bounds_m[1, :2]
        away = np.abs(np.subtract(stand.foot_m, other.foot_m))[:2]
        if other.body.fixed and stand.foot_m[2] > 0.01 and bool((away < half).all()):
            return other.body.name, other.material.name
    return "set", sets()[seen.plan.set.kind].floor


def _roll(
    seen: Evidence, stand: Stand, speed: float, friction: float, end_s: float
) -> Iterator[Check]:
    """v falls by friction until the surfaces no longer slip; then resistance and still air slow it down."""
    if seen.plan.air.wind_m_s:
        return
    start_s, gravity, shape = (
        float(stand.start_s or 0.0),
        seen.plan.gravity_m_s2,
        _shape(seen, stand),
    )
    across = math.hypot(*stand.spin_rad_s[:2]) * _radius_m(stand)
    rolls = (speed + shape * across) / (1 + shape) if across else rolling_speed_m_s(speed, shape)
    grips_s = start_s + (speed - rolls) / (friction * gravity)
    way = _gone(seen, stand, grips_s + 2 / POSE_RATE_HZ, end_s)
    if way is None:
        return
    slows = -rolling_acceleration_m_s2(0.0, shape, _resistance(stand), gravity_m_s2=gravity)
    drag = gravity / ((1 + shape) * terminal_m_s(seen, stand.body.name) ** 2)
    left = rolled_out_m_s(rolls, way[1], slows, drag)
    if left < 0.5 * rolls:
        return
    yield verdict(
        kind="rolling",
        body=stand.body.name,
        time_s=end_s,
        law="v = u / (1 + k), then v v' = -a - b v^2" if speed > rolls else "v v' = -a - b v^2",
        expected=left,
        solved=way[2],
        unit="m/s",
        within=SPEED,
        says=f"{first(say(stand.body.name))} rolls after {way[1]:.2f} m",
    )
