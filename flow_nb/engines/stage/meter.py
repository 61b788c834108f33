"""The light meter. In: a set's `Light`. Out: the same light with the exposure that a grey ball at the mark
asks for, so that nothing clips and nothing drowns, whatever the set and the hour; what is seen behind
the set is toned down to keep its colour.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.picture import Floats, Lamp, Light, Sky

MARK_M = np.array([0.0, 0.0, 0.25])
GREY = 0.18
DAY, DUSK, NIGHT = 0.27, 0.155, 0.10
"""How bright the film should take the ball, as linear light."""
INDOORS = 0.74
"""Rooms are kept this much darker: their depth is in their shadows."""
BRIGHTEST_SKY, BRIGHTEST_WINDOW = 0.62, 1.2
"""Where the horizon would be brighter than this, it is painted darker: a low sun colours it."""
NIGHT_SKY = 0.6
"""What the film keeps of a night's sky: lamps and people are exposed for, not the dark above them."""
CAMERA = np.array([0.0, -0.94, 0.34])
_TURN = np.arange(24) * math.pi * (3 - math.sqrt(5))
_RISE = 1 - (np.arange(24) + 0.5) / 12
BALL: Floats = np.stack(
    [np.sqrt(1 - _RISE**2) * np.cos(_TURN), np.sqrt(1 - _RISE**2) * np.sin(_TURN), _RISE], axis=1
)
"""Directions all over the ball, (24, 3)."""


def metered(light: Light, hour: Hour, *, sunlit: bool = True) -> Light:
    """The light with its exposure set; what its grade says about exposure is added, in stops.
    Not ``sunlit``: a room, where the sun is not counted on to reach the mark."""
    limit, share = (BRIGHTEST_SKY, 1.0) if sunlit else (BRIGHTEST_WINDOW, INDOORS)
    wanted = share * DAY if not hour.dark else NIGHT if hour.lamps >= 1.0 else DUSK
    own = float(np.asarray(light.grade.get("cg.exposure", 0.0)))
    stops = own + math.log2(wanted / max(GREY * brightness(light, sunlit=sunlit), 1e-4))
    grade = {**light.grade, "cg.exposure": round(stops, 3)}
    shade = min(1.0, limit / (float(np.mean(hour.horizon)) * 2**stops))
    if "fog.color" in grade:
        grade["fog.color"] = tuple(float(v) * shade for v in np.atleast_1d(grade["fog.color"]))
    shade *= NIGHT_SKY if hour.lamps >= 1.0 and hour.dark else 1.0
    behind = tuple(level * np.float32(shade) for level in light.behind.levels)
    return replace(light, grade=grade, behind=Sky(levels=behind, harmonics=light.behind.harmonics))


def brightness(light: Light, *, sunlit: bool = True) -> float:
    """Light on a ball at the mark, as the camera sees it: in picture units, averaged over its disc."""
    facing = np.clip(BALL @ CAMERA, 0, None)
    weight = facing / facing.sum()
    total = _around(light.around) @ (0.25, 0.6, 0.15)
    if sunlit:
        aim = np.asarray(light.sun_towards) / np.linalg.norm(light.sun_towards)
        grey = float(np.asarray(light.sun_colour) @ (0.25, 0.6, 0.15))
        total = total + light.sun_strength * grey * np.clip(-BALL @ aim, 0, None)
    for lamp in light.lamps:
        total = total + _from_lamp(lamp)
    return float(weight @ total)


def _around(sky: Sky) -> Floats:
    """What surrounds the ball lights each of its sides, (24, 3)."""
    x, y, z = BALL[:, 0], BALL[:, 2], -BALL[:, 1]
    basis = np.stack(
        [np.ones_like(x), y, z, x, y * x, y * z, 3 * z * z - 1, z * x, x * x - y * y], axis=1
    )
    return np.asarray(basis @ sky.harmonics)


def _from_lamp(lamp: Lamp) -> Floats:
    """What a lamp lights on each side of the ball, (24,)."""
    way = np.asarray(lamp.at_m) - MARK_M
    away = float(np.linalg.norm(way))
    way /= away
    if lamp.kind == "spot":
        aim = np.asarray(lamp.towards) / np.linalg.norm(lamp.towards)
        off = math.degrees(math.acos(float(np.clip(-way @ aim, -1, 1))))
        inside = float(np.clip((lamp.cone_deg - off) / (0.4 * lamp.cone_deg), 0, 1))
    else:
        inside = 1.0
    grey = float(np.asarray(lamp.colour) @ (0.25, 0.6, 0.15))
    fade = max(0.0, 1 - (away / lamp.reach_m) ** 4) ** 2
    return np.asarray(inside * fade * lamp.strength * grey / away**2 * np.clip(BALL @ way, 0, None))
