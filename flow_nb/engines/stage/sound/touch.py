"""Which touches are heard. In: a motion's contacts. Out: `Touches`: when, how hard, how free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.instrument import Instrument
from flow_nb.plan.motion import POSE_RATE_HZ, Motion

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CHATTER_S = 0.004
"""Two touches of one pair within this are one to the ear."""

SLOWEST_M_S = 0.015
REST_WINDOW_S = 0.2
POISSON = 0.3
TURNED_M_S = 4.0
SPEED_POWER, MASS_POWER = 0.8, 0.4
BLOW_FACTOR = 3.0
"""An impulse of more than this times mass and closing speed is a load, not a blow."""

HEFTY_N_S = 2.0
HEFT_POWER = 0.35
STRUCK_SHARE, STRUCK_SHARE_OF_WALLS = 0.25, 0.1
"""Of a body that is not round this share of its mass moves with the corner that touches; a thin
wall gives way alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Touches:
    """Struct of arrays (n,), in the order of time.

    ``speed_m_s`` is the closing speed, ``level`` the peak of the strike at the reference distance,
    ``heft`` how far it moves what stands fixed, ``lasts_s`` the time of contact, ``rests`` (n, 2) the
    share of the next 0.2 s in which a, b lies on something, ``stops_s`` (n, 2) how long from now a, b
    exists.
    """

    time_s: Floats
    bodies: Ints
    point_m: Floats
    speed_m_s: Floats
    level: Floats
    heft: Floats
    lasts_s: Floats
    rests: Floats
    stops_s: Floats

    def __len__(self) -> int:
        return len(self.time_s)


def hertz_contact_s(
    mass_kg: Floats, tip_m: Floats, modulus_pa: Floats, speed_m_s: Floats
) -> Floats:
    """How long two elastic bodies touch: 2.87 (m^2 / (R E^2 v))^(1/5), m and R and E reduced.

    A glass marble (43 g, 16 mm) that meets stone at 3 m/s:

    >>> one = np.ones(1)
    >>> t = hertz_contact_s(0.043 * one, 0.016 * one, 28e9 * one, 3 * one)
    >>> round(float(t[0]) * 1e6)
    99
    """
    return np.asarray(2.87 * (mass_kg**2 / (tip_m * modulus_pa**2 * speed_m_s)) ** 0.2)


def level_of(impulse_n_s: Floats, mass_kg: Floats, hardness: Floats) -> Floats:
    """Loudness by two power laws: of the change of speed J / m, and of the mass that changes it.

    A kilogram turned round by 4 m/s on an anvil has level 1; a soft pair swallows.

    >>> level_of(np.array([4.0, 2.0]), np.array([1.0, 1.0]), np.array([1.0, 1.0])).round(2).tolist()
    [1.0, 0.57]
    """
    turned = (impulse_n_s / mass_kg / TURNED_M_S) ** SPEED_POWER
    return np.asarray(turned * mass_kg**MASS_POWER * hardness)


def touches(
    motion: Motion, bodies: Sequence[Instrument], contacts: NDArray[np.void] | None = None
) -> Touches:
    """All contacts that can make a sound: the motion's, or these instead."""
    found = motion.contacts if contacts is None else contacts
    rows = _merged(found[np.argsort(found["time_s"], kind="stable")])
    pairs = np.stack([rows["a"], rows["b"]], axis=-1).astype(np.int64)
    time_s = rows["time_s"].astype(np.float64)
    closing = rows["normal_speed_m_s"].astype(np.float64)
    mass = _reduced(np.array([1e9 if b.fixed else b.mass_kg for b in bodies])[pairs])
    impulse = np.minimum(rows["impulse_n_s"], BLOW_FACTOR * mass * closing)
    speed = closing + 0.2 * rows["tangent_speed_m_s"]
    return Touches(
        time_s=time_s,
        bodies=pairs,
        point_m=rows["point_m"].astype(np.float64),
        speed_m_s=closing,
        level=level_of(impulse, mass, _hardness(pairs, bodies)),
        heft=np.minimum((impulse / HEFTY_N_S) ** HEFT_POWER, 1.5),
        lasts_s=_lasts_s(pairs, bodies, speed),
        rests=np.stack([_rests(motion, pairs[:, side], time_s) for side in (0, 1)], axis=-1),
        stops_s=_stops_s(motion, pairs, time_s, len(bodies)),
    )


def _merged(rows: NDArray[np.void]) -> NDArray[np.void]:
    """One row per touch: impulses of chatter are added to the touch that began it."""
    speed = rows["normal_speed_m_s"]
    good = np.isfinite(speed) & np.isfinite(rows["impulse_n_s"]) & (rows["impulse_n_s"] > 0)
    rows = rows[good & (speed > SLOWEST_M_S) & (rows["time_s"] >= 0)].copy()
    first: dict[tuple[int, int], int] = {}
    keep = np.ones(len(rows), dtype=bool)
    for i, row in enumerate(rows):
        pair = (min(int(row["a"]), int(row["b"])), max(int(row["a"]), int(row["b"])))
        j = first.get(pair)
        if j is not None and row["time_s"] - rows["time_s"][j] < CHATTER_S:
            rows["impulse_n_s"][j] += row["impulse_n_s"]
            keep[i] = False
        else:
            first[pair] = i
    return np.asarray(rows[keep])


def _hardness(pairs: Ints, bodies: Sequence[Instrument]) -> Floats:
    hardness = np.array([body.material.hardness for body in bodies])
    return np.asarray(hardness[pairs[:, 0]] * hardness[pairs[:, 1]])


def _lasts_s(pairs: Ints, bodies: Sequence[Instrument], speed_m_s: Floats) -> Floats:
    mass = np.array([_struck_kg(body) for body in bodies])
    tip = np.array([body.tip_m for body in bodies])
    modulus = np.array([b.material.density_kg_m3 * b.material.wave_speed_m_s**2 for b in bodies])
    soft = (1 - POISSON**2) / modulus
    modulus_of_pair = 1 / soft[pairs].sum(axis=-1)
    return hertz_contact_s(_reduced(mass[pairs]), _reduced(tip[pairs]), modulus_of_pair, speed_m_s)


def _reduced(both: Floats) -> Floats:
    """a b / (a + b) over the last axis."""
    return np.asarray(1 / np.sum(1 / both, axis=-1))


def _struck_kg(body: Instrument) -> float:
    if body.fixed:
        return 1e9
    if body.form in ("vessel", "dish", "case", "shard"):
        return body.mass_kg * STRUCK_SHARE_OF_WALLS
    return body.mass_kg * (1.0 if body.form == "ball" else STRUCK_SHARE)


def _rests(motion: Motion, column: Ints, time_s: Floats) -> Floats:
    share = np.zeros(len(time_s))
    samples = REST_WINDOW_S * POSE_RATE_HZ
    for body in np.unique(column[column >= 0]):
        mine = (motion.rubs["a"] == body) | (motion.rubs["b"] == body)
        rub_s = np.unique(motion.rubs["time_s"][mine])
        here = column == body
        begin = np.searchsorted(rub_s, time_s[here])
        end = np.searchsorted(rub_s, time_s[here] + REST_WINDOW_S)
        share[here] = (end - begin) / samples
    return np.minimum(share, 1.0)


def _stops_s(motion: Motion, pairs: Ints, time_s: Floats, count: int) -> Floats:
    gone = np.append(motion.gone_s, np.full(count - len(motion.gone_s), np.inf))
    return np.asarray(np.maximum(gone[pairs] - time_s[:, None], 0.0))
