"""Air that is cut. In: the speed of bodies, limbs and cloth. Out: whoosh, flutter and the rustle of clothes.

A body in a stream sheds eddies at 0.2 v / d (Strouhal), and the pressure of their sound grows with the cube
of the speed (Curle, 1955); cloth is heard by how its surface flaps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from flow_nb.engines.stage.sound.field import Field
from flow_nb.engines.stage.sound.noise import NoiseBank, swept
from flow_nb.engines.stage.sound.ways import clock_s, path_m, there, velocity_m_s
from flow_nb.plan.forms import FORM_RATE_HZ, Surface
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import archetypes
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

STROUHAL = 0.2
SLOWEST_M_S, LOUD_M_S = 3.0, 10.0
WHOOSH, LIMB, FLUTTER, RUSTLE = 0.06, 0.3, 0.05, 0.0012
MOST = 8
SILENT = 1e-4
FLAP_M_S2 = 25.0
"""Cloth whose surface is jerked like this is as loud as `FLUTTER` for a square metre."""

CLOTHES = {"forearm-left": "chest", "forearm-right": "chest", "thigh-left": "thigh-right"}
"""What of a person's clothes rubs on what: sleeves on the body, leg on leg."""


def blow(
    plan: Plan, motion: Motion, noise: NoiseBank, *, field: Field, rng: np.random.Generator
) -> None:
    """Lays whoosh, flutter and rustle."""
    voices = [*_whooshes(plan, motion), *_flutters(motion), *_rustles(motion)]
    voices = [v for v in voices if v[1].max(initial=0.0) > SILENT]
    if not voices:
        return
    for points, gains, centre in sorted(voices, key=lambda v: -float(v[1].sum()))[:MOST]:
        at = np.arange(field.count, dtype=np.float64) * (POSE_RATE_HZ / SAMPLE_RATE_HZ)
        begin = int(rng.integers(1 << 17))
        wave = swept(noise, at, gains, centre, begin=begin, width_octaves=1.0)
        field.along(wave, 0, points, clock_s(motion))


Voice = tuple[Floats, Floats, Floats]
"""Places (t, 3), gains (t,) and centre frequencies (t,) at 240 Hz."""


def _whooshes(plan: Plan, motion: Motion) -> list[Voice]:
    """Of what flies, swings and is thrown; vehicles and animals have their own sounds."""
    if plan.air.medium != "air":
        return []
    found = []
    props = {body.name: archetypes()[body.prop].kind for body in plan.bodies}
    for column, name in enumerate(motion.names):
        kind = props.get(name, "limb")
        limb = name.endswith(("/hand-left", "/hand-right", "/foot-left", "/foot-right"))
        if kind in ("vehicle", "animal", "figure", "cloth") or (kind == "limb" and not limb):
            continue
        points = path_m(motion, column)
        speed = np.linalg.norm(velocity_m_s(points), axis=1) * there(motion, column)
        wide_m = float(np.clip(0.5 * motion.sizes_m[column], 0.01, 0.6))
        loud = np.maximum(speed - SLOWEST_M_S, 0) / LOUD_M_S
        gain = WHOOSH * np.minimum(loud, 1.6) ** 3 * np.sqrt(wide_m / 0.1) * (LIMB if limb else 1)
        # Noise about the eddies' rate, which for what is large lies below hearing.
        centre = np.clip(STROUHAL * speed / wide_m, 0, 4_000) + 250.0 + 18.0 * speed
        found.append((points, gain, centre))
    return found


def _flutters(motion: Motion) -> list[Voice]:
    return [flutter(motion, surface) for surface in motion.surfaces.values() if surface.sheet]


def flutter(motion: Motion, surface: Surface) -> Voice:
    """Cloth: loud where its surface is jerked, bright where it goes fast."""
    points = surface.vertices_m.astype(np.float64)
    speed = np.gradient(points, axis=0) * FORM_RATE_HZ
    jerked = np.linalg.norm(np.gradient(speed, axis=0) * FORM_RATE_HZ, axis=-1)
    fast = np.sqrt(np.mean(np.sum(speed**2, axis=-1), axis=1))
    area = float(np.prod(np.ptp(surface.cloth_m, axis=0))) if surface.cloth_m.size else 1.0
    # Its own trembling at rest is the solver's.
    flap = np.maximum(np.sqrt(np.mean(jerked**2, axis=1)) - 2.0, 0) / FLAP_M_S2
    gain = FLUTTER * np.sqrt(min(area, 6.0)) * np.minimum(flap, 3.0) ** 1.2
    gain = gaussian_filter1d(gain, 0.8)
    grid, clock = np.arange(len(points)) / FORM_RATE_HZ, clock_s(motion)
    middle = points.mean(axis=1)
    places = np.stack([np.interp(clock, grid, middle[:, k]) for k in range(3)], axis=1)
    centre = np.interp(clock, grid, 350 + 260 * np.minimum(fast, 8))
    return places, np.interp(clock, grid, gain), centre


def _rustles(motion: Motion) -> list[Voice]:
    """Sleeves and trouser legs, by how fast they pass what they rub on."""
    found = []
    for column, name in enumerate(motion.names):
        person, _, bone = name.partition("/")
        other = motion.index(f"{person}/{CLOTHES[bone]}") if bone in CLOTHES else -1
        if other >= 0:
            points = path_m(motion, column)
            passing = velocity_m_s(points - path_m(motion, other))
            speed = np.linalg.norm(passing, axis=1)
            gain = RUSTLE * np.minimum(np.maximum(speed - 0.15, 0), 4.0) ** 1.3
            found.append((points, gain, 2_200 + 500 * np.minimum(speed, 4.0)))
    return found
