"""A photographer's studio. In: the subject's colour, an `Hour`. Out: the sweep of a cyclorama and its
lamps.

The paper's colour stands across the colour circle from the subject's; a lamp on the backdrop makes
the gradient, a large softbox from the upper left the key, a strip from behind the rim.
"""

from __future__ import annotations

import colorsys
import math

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.picture import Item, Lamp, Light, Look, Solid, Vec3
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sky import VIGNETTE, backdrop, gradient, panel, rgb, surround, together
from flow_nb.engines.stage.solids import laid
from flow_nb.plan.motion import Mesh

BACK, HEIGHT, SWEEP, HALF_WIDTH, FRONT = 3.4, 5.5, 1.7, 32.0, -9.0
SWEEP_STEPS = 20
KEY_AZIMUTH_DEG, KEY_HEIGHT_DEG = 214.0, 46.0


def paper(subject: Vec3) -> Vec3:
    """The backdrop for a subject of that colour: opposite hue, calm; stone grey for a grey one.

    >>> red = paper((0.8, 0.2, 0.15))
    >>> red[1] > red[0] and red[2] > red[0]
    True
    """
    hue, light, colourful = colorsys.rgb_to_hls(*subject)
    if colourful * (1 - abs(2 * light - 1)) < 0.16:
        hue, amount = (0.56, 0.26) if light > 0.45 else (0.075, 0.40)
    else:
        hue, amount = (hue + 0.5) % 1.0, 0.34
    red, green, blue = colorsys.hls_to_rgb(hue, 0.52, amount)
    return red, green, blue


def dress(subject: Vec3) -> tuple[Item, ...]:
    """One sheet from the floor up the wall."""
    shop = Carpenter()
    look = Look(colour=paper(subject), texture="cyclorama", texture_m=3.0, texture_px=1024)
    shop.add(look, _sweep())
    return shop.items()


def sun(hour: Hour) -> Vec3:
    """Where the key light shines."""
    return hour.towards(KEY_AZIMUTH_DEG, KEY_HEIGHT_DEG)


def light(hour: Hour, subject: Vec3) -> Light:
    """Key, fill, rim and backdrop lamp; the time of day only tints and dims them."""
    tint = _tint(hour)
    low = 0.55 if hour.dark else 1.0
    towards = sun(hour)
    dyed = np.asarray(paper(subject)) ** 2.2
    key = 7.0 * tint * low
    around = together(
        gradient(rgb(0.16 * tint), rgb(0.14 * tint + 0.12 * dyed), rgb(0.26 * dyed), haze=0.7),
        panel((-1.0, -0.85, 1.25), 0.46, 0.46, rgb(key), soft=0.22),
        panel((1.5, 0.75, 0.75), 0.14, 0.75, rgb(5.0 * low * np.array([1.0, 0.96, 0.9])), soft=0.3),
        panel((1.6, -1.3, 0.35), 0.55, 0.7, rgb(0.55 * tint * low), soft=0.5),
        panel((-1.5, 0.75, 0.5), 0.08, 0.8, rgb(5.0 * tint * low), soft=0.3),
        panel((-0.55, 1.0, 0.1), 0.16, 1.2, (-0.6, -0.6, -0.6), soft=0.3),
        panel((0.75, 1.0, 0.1), 0.16, 1.2, (-0.6, -0.6, -0.6), soft=0.3),
        lowest=0.01,
    )
    return Light(
        sun_towards=towards,
        sun_colour=rgb(tint),
        sun_strength=0.95 * low,
        sun_radius_m=0.12,
        around=surround(around),
        behind=backdrop(gradient((0.1, 0.1, 0.1), (0.1, 0.1, 0.1), (0.1, 0.1, 0.1)), side_px=16),
        lamps=(
            Lamp(
                kind="spot", at_m=(0.4, 0.6, 3.4), towards=(-0.05, 0.8, -0.66), colour=rgb(tint),
                strength=2.6 * low, reach_m=9, cone_deg=50,
            ),
        ),
        grade={**VIGNETTE, "cg.exposure": 0.0, "cg.saturation": 0.97},
    )  # fmt: skip


def _tint(hour: Hour) -> np.ndarray:
    """The key's colour: a third of the way from white to the colour of that hour's sun."""
    sun = np.asarray(hour.sun)
    return np.asarray(0.62 + 0.38 * sun / sun.max())


def _sweep() -> Solid:
    """Floor, quarter round and wall as one smooth strip, closed behind."""
    turn = np.linspace(0, math.pi / 2, SWEEP_STEPS)
    curve = [(BACK - SWEEP + SWEEP * math.sin(a), SWEEP - SWEEP * math.cos(a)) for a in turn]
    line = np.array([(FRONT, 0.0), *curve, (BACK, HEIGHT)])
    back = np.array([(BACK + 0.1, HEIGHT), (BACK + 0.1, -0.1), (FRONT, -0.1)])
    outline = np.concatenate([line, back])
    count = len(outline)
    vertices = np.array([(x, y, z) for x in (-HALF_WIDTH, HALF_WIDTH) for y, z in outline])
    j = np.arange(count)
    k = (j + 1) % count
    sheet = np.concatenate([
        np.stack([j, j + count, k], axis=1), np.stack([k, j + count, k + count], axis=1)
    ])  # fmt: skip
    mesh = Mesh(vertices=vertices.astype(np.float32), faces=sheet.astype(np.int32))
    solid = laid(mesh)
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(outline, axis=0), axis=1))])
    place = np.stack([np.tile(along, 2), vertices[:, 0]], axis=1)
    return Solid(
        vertices=solid.vertices,
        faces=solid.faces,
        normals=solid.normals,
        surface_m=place[mesh.faces].astype(np.float32),
    )
