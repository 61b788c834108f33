"""Theory to stand beside the solver. In: states and constants. Out: times and speeds by formula.

Sources: Goldstein, "Classical Mechanics" (3rd ed.), chapter 5 for the free symmetric top; the rest
is school physics.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

Vector = NDArray[np.float64]

LOOK_S, LONGEST_FLIGHT_S = 1 / 240, 30.0
"""How finely a flight is searched for its end, and how far."""


def fall_time_s(height_m: float, *, gravity_m_s2: float = 9.81) -> float:
    """Time to fall from rest: sqrt(2 h / g).

    >>> round(fall_time_s(1.0), 3)
    0.452
    """
    return math.sqrt(2 * height_m / gravity_m_s2)


def fall_speed_m_s(height_m: float, *, gravity_m_s2: float = 9.81) -> float:
    """Speed after a fall from rest: sqrt(2 g h).

    >>> round(fall_speed_m_s(1.0), 2)
    4.43
    """
    return math.sqrt(2 * gravity_m_s2 * height_m)


def stopping_speed_m_s(distance_m: float, friction: float, *, gravity_m_s2: float = 9.81) -> float:
    """Speed that friction uses up over a distance: sqrt(2 mu g d).

    >>> round(stopping_speed_m_s(0.5, 0.4), 2)
    1.98
    """
    return math.sqrt(2 * friction * gravity_m_s2 * distance_m)


def pendulum_period_s(
    length_m: float, *, amplitude_rad: float = 0.0, gravity_m_s2: float = 9.81
) -> float:
    """Period of a point pendulum, exact for any amplitude below pi, by the arithmetic-geometric mean.

    >>> round(pendulum_period_s(1.0), 4)
    2.0061
    >>> round(pendulum_period_s(1.0, amplitude_rad=math.pi / 2) / pendulum_period_s(1.0), 4)
    1.1803
    """
    a, b = 1.0, math.cos(amplitude_rad / 2)
    for _ in range(8):
        a, b = (a + b) / 2, math.sqrt(a * b)
    return 2 * math.pi * math.sqrt(length_m / gravity_m_s2) / a


def lob_velocity_m_s(
    reach_m: float, rise_m: float, forward_m_s: float, *, gravity_m_s2: float = 9.81
) -> float:
    """Upward speed that carries a throw over ``reach_m`` to a point ``rise_m`` higher: y/t + g t/2.

    >>> round(lob_velocity_m_s(2.0, 0.0, 4.0), 4)
    2.4525
    """
    time_s = reach_m / forward_m_s
    return rise_m / time_s + gravity_m_s2 * time_s / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class FreeBody:
    """A rigid body in free flight: state at its last instant of touch.

    ``centre_m`` (3,) centre of mass, ``velocity_m_s`` (3,), ``spin_rad_s`` (3,) in the world;
    ``corners_m`` (n, 3) its outline from the centre of mass, turned as it is at that instant;
    ``axis`` (3,) its axis of symmetry in the world, ``inertia_kg_m2`` (across, along) that axis;
    None for what has no such axis, whose turning has no closed form here.
    """

    centre_m: Vector
    velocity_m_s: Vector
    spin_rad_s: Vector
    corners_m: Vector
    axis: Vector
    inertia_kg_m2: tuple[float, float] | None


def lowest_m(body: FreeBody, times_s: Vector, *, gravity_m_s2: float) -> Vector:
    """Heights (n,) of a free symmetric top's lowest point after times (n,).

    The centre follows a parabola; the top turns about its own axis while that axis precesses about
    the angular momentum: R = exp(t L / I1) exp(t (w3 (1 - I3 / I1)) axis). What is lowest is seen
    from the top: the world's vertical, turned back.
    """
    if body.inertia_kg_m2 is None:
        raise ValueError("only a symmetric top turns in closed form")
    across, along = body.inertia_kg_m2
    axial = float(body.spin_rad_s @ body.axis)
    momentum = across * (body.spin_rad_s - axial * body.axis) + along * axial * body.axis
    up = np.broadcast_to([0.0, 0.0, 1.0], (len(times_s), 3))
    up = _turned(up, -momentum / across, times_s)
    up = _turned(up, -body.axis * axial * (1 - along / across), times_s)
    centre_m = body.centre_m[2] + body.velocity_m_s[2] * times_s - gravity_m_s2 * times_s**2 / 2
    return np.asarray(centre_m + (up @ body.corners_m.T).min(axis=1))


def _turned(vectors: Vector, rate_rad_s: Vector, times_s: Vector) -> Vector:
    """Vectors (n, 3) after turning at one rate (3,) for times (n,), by Rodrigues' formula."""
    fast = float(np.linalg.norm(rate_rad_s))
    if fast == 0:
        return vectors
    axis = rate_rad_s / fast
    cosine, sine = np.cos(fast * times_s)[:, None], np.sin(fast * times_s)[:, None]
    along = (vectors @ axis)[:, None] * axis
    return np.asarray(along + (vectors - along) * cosine + np.cross(axis, vectors) * sine)


def landing_time_s(body: FreeBody, floor_z_m: float, *, gravity_m_s2: float) -> float | None:
    """When a free body first meets a level floor; None if it does not within half a minute.

    The floor is met between the instants at which its widest reach and its centre would meet it.

    >>> one = FreeBody(centre_m=np.array([0, 0, 1.1]), velocity_m_s=np.zeros(3),
    ...     spin_rad_s=np.zeros(3), corners_m=np.array([[0, 0, -0.1]]), axis=np.array([0, 0, 1.0]),
    ...     inertia_kg_m2=(1.0, 1.0))
    >>> round(landing_time_s(one, 0.0, gravity_m_s2=9.81), 3)
    0.452
    """

    def gap(time_s: float) -> float:
        return float(lowest_m(body, np.array([time_s]), gravity_m_s2=gravity_m_s2)[0]) - floor_z_m

    height_m, rising_m_s = float(body.centre_m[2]) - floor_z_m, float(body.velocity_m_s[2])
    reach_m = float(np.linalg.norm(body.corners_m, axis=1).max())
    first_s = _falls_s(height_m - reach_m, rising_m_s, gravity_m_s2)
    last_s = min(_falls_s(height_m + reach_m, rising_m_s, gravity_m_s2), LONGEST_FLIGHT_S)
    looks = range(math.floor(first_s / LOOK_S), math.ceil(last_s / LOOK_S) + 2)
    times_s = np.array([look * LOOK_S for look in looks])
    below = lowest_m(body, times_s, gravity_m_s2=gravity_m_s2) < floor_z_m
    if not below[1:].any():
        return None
    after = 1 + int(below[1:].argmax())
    return 0.0 if below[after - 1] else float(brentq(gap, times_s[after - 1], times_s[after]))


def _falls_s(height_m: float, rising_m_s: float, gravity_m_s2: float) -> float:
    """When a point at this height passes zero on its way down; 0 where it is below already."""
    if height_m <= 0:
        return 0.0
    return (rising_m_s + math.sqrt(rising_m_s**2 + 2 * gravity_m_s2 * height_m)) / gravity_m_s2


def incline_acceleration_m_s2(
    slope_rad: float, friction: float, *, gravity_m_s2: float = 9.81
) -> float:
    """What slides down a slope: g (sin s - mu cos s); zero where friction holds it.

    >>> round(incline_acceleration_m_s2(math.radians(30), 0.2), 3)
    3.206
    >>> incline_acceleration_m_s2(math.radians(10), 0.5)
    0.0
    """
    pull = math.sin(slope_rad) - friction * math.cos(slope_rad)
    return max(gravity_m_s2 * pull, 0.0)


def rolling_acceleration_m_s2(
    slope_rad: float, shape: float, resistance: float = 0.0, *, gravity_m_s2: float = 9.81
) -> float:
    """What rolls down a slope: g (sin s - c cos s) / (1 + k), with k = I / (m r^2) (``shape``) and
    the rolling resistance c.

    >>> round(rolling_acceleration_m_s2(math.radians(30), 0.4), 3)
    3.504
    """
    pull = math.sin(slope_rad) - resistance * math.cos(slope_rad)
    return gravity_m_s2 * pull / (1 + shape)


def rolling_speed_m_s(sliding_m_s: float, shape: float) -> float:
    """Speed at which something set sliding without spin begins to roll: v / (1 + k).

    >>> round(rolling_speed_m_s(1.4, 0.4), 3)
    1.0
    """
    return sliding_m_s / (1 + shape)


def rolled_out_m_s(
    speed_m_s: float, distance_m: float, slowing_m_s2: float, drag_per_m: float = 0.0
) -> float:
    """Speed after a way on the level: from v dv/dx = -a - b v^2, v^2 = (u^2 + a/b) exp(-2 b d) - a/b, which
    without drag is u^2 - 2 a d; 0 where it has stopped before.

    >>> round(rolled_out_m_s(1.5, 3.0, 0.05), 3), round(rolled_out_m_s(1.5, 3.0, 0.05, 0.004), 3)
    (1.396, 1.378)
    """
    b = drag_per_m * distance_m
    shrinks = -math.expm1(-2 * b) / (2 * b) if b > 0 else 1.0
    square = speed_m_s**2 * math.exp(-2 * b) - 2 * slowing_m_s2 * distance_m * shrinks
    return math.sqrt(max(square, 0.0))


def terminal_speed_m_s(
    mass_kg: float,
    area_m2: float,
    drag: float,
    *,
    density_kg_m3: float = 1.2,
    gravity_m_s2: float = 9.81,
) -> float:
    """Speed at which drag carries the weight: sqrt(2 m g / (rho cd A)).

    >>> round(terminal_speed_m_s(80, 0.7, 1.0), 1)
    43.2
    """
    return math.sqrt(2 * mass_kg * gravity_m_s2 / (density_kg_m3 * drag * area_m2))


def drag_fall_time_s(height_m: float, terminal_m_s: float, *, gravity_m_s2: float = 9.81) -> float:
    """Time to fall from rest against drag that grows as v^2: (v/g) arcosh(exp(g h / v^2)).

    >>> round(drag_fall_time_s(1.0, 1e4), 3)
    0.452
    >>> round(drag_fall_time_s(10.0, 1.0), 2)
    10.07
    """
    x = gravity_m_s2 * height_m / terminal_m_s**2
    # arcosh(e^x) = x + ln(1 + sqrt(1 - e^-2x)), which does not overflow
    return terminal_m_s / gravity_m_s2 * (x + math.log1p(math.sqrt(-math.expm1(-2 * x))))


def drag_fall_speed_m_s(
    height_m: float, terminal_m_s: float, *, gravity_m_s2: float = 9.81
) -> float:
    """Speed after a fall from rest against drag that grows as v^2: v sqrt(1 - exp(-2 g h / v^2)).

    >>> round(drag_fall_speed_m_s(1.0, 1e4), 2)
    4.43
    """
    return terminal_m_s * math.sqrt(-math.expm1(-2 * gravity_m_s2 * height_m / terminal_m_s**2))


def floating_share(density_kg_m3: float, *, water_kg_m3: float = 1000.0) -> float:
    """Share of a floating body that is under water: its density over the water's.

    >>> floating_share(680.0)
    0.68
    """
    return density_kg_m3 / water_kg_m3
