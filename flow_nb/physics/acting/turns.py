"""Turns and vectors of single bones. In, out: plain tuples, for numpy is slow on three numbers.

Vectors are (x, y, z) in metres, quaternions (w, x, y, z), angles radians.
"""

from __future__ import annotations

import math

Vec = tuple[float, float, float]
Quat = tuple[float, float, float, float]

STILL: Quat = (1.0, 0.0, 0.0, 0.0)
UP: Vec = (0.0, 0.0, 1.0)
NEARLY_ONE = 0.999


def add(a: Vec, b: Vec, times: float = 1.0) -> Vec:
    """a + b times."""
    return a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times


def sub(a: Vec, b: Vec) -> Vec:
    """a - b."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def scaled(a: Vec, by: float) -> Vec:
    """A longer or shorter vector."""
    return a[0] * by, a[1] * by, a[2] * by


def dot(a: Vec, b: Vec) -> float:
    """Inner product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """Outer product."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def length(a: Vec) -> float:
    """Euclidean norm."""
    return math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])


def unit(a: Vec, otherwise: Vec = UP) -> Vec:
    """Its direction; ``otherwise`` for nothing at all."""
    size = length(a)
    return otherwise if size < 1e-9 else (a[0] / size, a[1] / size, a[2] / size)


def mix(a: Vec, b: Vec, share: float) -> Vec:
    """From a (0) to b (1)."""
    return (
        a[0] + (b[0] - a[0]) * share,
        a[1] + (b[1] - a[1]) * share,
        a[2] + (b[2] - a[2]) * share,
    )


def across(a: Vec, axis: Vec) -> Vec:
    """What of a lies across a unit axis."""
    return add(a, axis, -dot(a, axis))


def mul(a: Quat, b: Quat) -> Quat:
    """First b, then a."""
    w, x, y, z = a
    s, i, j, k = b
    return (
        w * s - x * i - y * j - z * k,
        w * i + x * s + y * k - z * j,
        w * j - x * k + y * s + z * i,
        w * k + x * j - y * i + z * s,
    )


def back(q: Quat) -> Quat:
    """The inverse of a unit quaternion."""
    return q[0], -q[1], -q[2], -q[3]


def turned(q: Quat, v: Vec) -> Vec:
    """A vector turned by a unit quaternion.

    >>> [round(x, 6) for x in turned(about_z(math.pi / 2), (1.0, 0.0, 0.0))]
    [0.0, 1.0, 0.0]
    """
    w, x, y, z = q
    a, b, c = v
    i, j, k = 2 * (y * c - z * b), 2 * (z * a - x * c), 2 * (x * b - y * a)
    return a + w * i + y * k - z * j, b + w * j + z * i - x * k, c + w * k + x * j - y * i


def about(axis: Vec, angle_rad: float) -> Quat:
    """A turn about a unit axis."""
    s = math.sin(angle_rad / 2)
    return math.cos(angle_rad / 2), axis[0] * s, axis[1] * s, axis[2] * s


def about_x(angle_rad: float) -> Quat:
    """A turn about x: positive bends a figure's trunk forward."""
    return math.cos(angle_rad / 2), math.sin(angle_rad / 2), 0.0, 0.0


def about_y(angle_rad: float) -> Quat:
    """A turn about y: positive leans a figure to its left."""
    return math.cos(angle_rad / 2), 0.0, math.sin(angle_rad / 2), 0.0


def about_z(angle_rad: float) -> Quat:
    """A turn about z: positive turns a figure to its left."""
    return math.cos(angle_rad / 2), 0.0, 0.0, math.sin(angle_rad / 2)


def between(a: Quat, b: Quat, share: float) -> Quat:
    """From a (0) to b (1) on the shorter way, at even speed."""
    if share <= 0.0:
        return a
    if share >= 1.0:
        return b
    cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]
    sign = 1.0 if cosine >= 0 else -1.0
    cosine = min(abs(cosine), 1.0)
    u, v = 1 - share, share * sign
    if cosine < NEARLY_ONE:
        angle = math.acos(cosine)
        u = math.sin(u * angle) / math.sin(angle)
        v = sign * math.sin(share * angle) / math.sin(angle)
    w, x, y, z = (u * a[i] + v * b[i] for i in range(4))
    size = math.sqrt(w * w + x * x + y * y + z * z)
    return w / size, x / size, y / size, z / size


def aligned(bone: Vec, hinge: Vec, to_bone: Vec, to_hinge: Vec) -> Quat:
    """The turn that brings a unit bone to ``to_bone`` and its hinge into the plane of ``to_hinge``."""
    arc = 1 + dot(bone, to_bone)
    if arc < 1e-6:
        first = about(unit(across(hinge, bone)), math.pi)
    else:
        axis = cross(bone, to_bone)
        size = math.sqrt(arc * arc + dot(axis, axis))
        first = (arc / size, axis[0] / size, axis[1] / size, axis[2] / size)
    now, want = across(turned(first, hinge), to_bone), across(to_hinge, to_bone)
    angle = math.atan2(dot(cross(now, want), to_bone), dot(now, want))
    return mul(about(to_bone, angle), first)


def heading_rad(way: Vec) -> float:
    """The turn about z at which a figure looks along a level way; at rest it looks along -y.

    >>> round(heading_rad((1.0, 0.0, 0.0)), 4), round(heading_rad((0.0, -1.0, 0.0)), 4)
    (1.5708, 0.0)
    """
    return math.atan2(way[0], -way[1])


def facing(heading: float) -> Vec:
    """The level way along which a figure of that heading looks."""
    return math.sin(heading), -math.cos(heading), 0.0


def wrapped(angle_rad: float) -> float:
    """Into -pi to pi."""
    return math.remainder(angle_rad, math.tau)
