"""How a camera moves. In: a plan's words, how far the shot is, a direction. Out: the direction, the upright
and the lens after pan, tilt, whip, roll, zoom and a shaking hand.
"""

from __future__ import annotations

import math

import numpy as np

from flow_nb.engines.stage.picture import Floats
from flow_nb.plan.look import Camera

PACE = {"slow": 0.6, "normal": 1.0, "fast": 1.6}
ROLL_DEG = {"dutch": 11.0}
ZOOM, ROLL_TO_DEG = 1.55, 26.0
"""How much longer a lens gets in a zoom at normal pace, and how far a roll goes to either side."""
WHIP_DEG, WHIP_S, WHIP_AT_S = 80.0, 0.36, 0.25


def pan(words: Camera, forward: Floats, swing: float, fovy_deg: float, time_s: float) -> Floats:
    """The direction after pan, tilt and whip; they end where they should look. ``swing`` is -1 to 1."""
    move = words.move
    if move.startswith("whip pan"):
        left = 1 - eased((time_s - WHIP_AT_S) / (WHIP_S / PACE[words.pace]))
        return about_z(
            forward, math.radians(WHIP_DEG) * left * (-1 if move.endswith("left") else 1)
        )
    angle = math.radians(0.22 * fovy_deg) * (swing - PACE[words.pace] * 0.5)
    if move in ("pan left", "pan right"):
        return about_z(forward, -angle if move == "pan right" else angle)
    if move in ("tilt up", "tilt down"):
        forward = forward + np.array([0, 0, angle * (1 if move == "tilt up" else -1)])
        return np.asarray(forward / np.linalg.norm(forward))
    return forward


def upright(words: Camera, forward: Floats, swing: float) -> Floats:
    """What is up in the picture."""
    reference = np.array([0.0, 0.0, 1.0])
    if abs(forward[2]) > 0.995:
        reference = np.array([0.0, 1.0, 0.0])
    right = np.cross(forward, reference)
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    lean = ROLL_DEG.get(words.angle, 0.0)
    if words.move == "roll":
        lean += ROLL_TO_DEG * swing
    roll = math.radians(lean)
    return np.asarray(up * math.cos(roll) + right * math.sin(roll))


def zoomed(words: Camera, fovy_deg: float, swing: float) -> float:
    """The height of the picture as an angle, after a zoom."""
    if words.move not in ("zoom in", "zoom out"):
        return fovy_deg
    longer = ZOOM ** (swing * (1 if words.move == "zoom in" else -1))
    half = math.tan(math.radians(fovy_deg) / 2) / longer
    return min(100.0, math.degrees(2 * math.atan(half)))


def shaken(
    words: Camera, view: tuple[Floats, Floats, Floats], *, time_s: float, seed: int,
    fovy_deg: float, distance_m: float,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Place, direction and upright on a shoulder: slow sway, breath and a little tremor, the same for
    the same seed."""
    at, forward, up = view
    sway = wander(time_s, seed, 6) * PACE[words.pace]
    right = np.cross(forward, up)
    reach = math.radians(fovy_deg) * 0.018
    at = at + (right * sway[0] + up * sway[1]) * 0.012 * min(distance_m, 6.0)
    forward = forward + (right * sway[2] + up * sway[3]) * reach
    up = up + right * sway[4] * 0.008
    return at, forward / np.linalg.norm(forward), up / np.linalg.norm(up)


def about_z(forward: Floats, turn_rad: float) -> Floats:
    """A direction turned about the vertical."""
    cos, sin = math.cos(turn_rad), math.sin(turn_rad)
    x, y, z = forward
    return np.array([cos * x - sin * y, sin * x + cos * y, z])


def eased(share: float) -> float:
    """0 to 1 without a jerk at either end: 6 x^5 - 15 x^4 + 10 x^3.

    >>> eased(0.0), eased(0.5), eased(1.0)
    (0.0, 0.5, 1.0)
    """
    x = min(max(share, 0.0), 1.0)
    return x * x * x * (x * (6 * x - 15) + 10)


def wander(time_s: float, seed: int, count: int) -> Floats:
    """Smooth values about -1 to 1, each a sum of four waves of its own."""
    rng = np.random.default_rng(seed)
    rate = rng.uniform(0.25, 0.6, (count, 4)) * np.array([1, 2.1, 3.7, 6.3])
    phase = rng.uniform(0, 2 * math.pi, (count, 4))
    weight = np.array([0.55, 0.28, 0.12, 0.05])
    return np.asarray(np.sin(2 * math.pi * rate * time_s + phase) @ weight)
