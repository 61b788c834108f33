"""The mouth. In: a `Build`, a `Mood`, the head's clay. Out: lips, teeth, tongue and the dark between
them as `Lump`s, and a chin that goes along.

They follow five bones that no skeleton has: ``jaw`` drops the lower lip, ``lip`` lifts the upper one,
``corner-left`` and ``corner-right`` draw the mouth wide or round.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flow_nb.engines.stage.figures.build import Build
from flow_nb.engines.stage.figures.clay import Clay, Lump
from flow_nb.engines.stage.figures.moods import Mood
from flow_nb.engines.stage.figures.tubes import on_face, tube
from flow_nb.engines.stage.picture import Floats, Singles

LIP_BONES = ("jaw", "lip", "corner-left", "corner-right")
LINE_UP, HALF_WIDE = 0.268, 0.145
"""Where the lips meet, above the neck's joint, and half the mouth's width, in head units."""
CHIN_SHARE = 0.62
TEETH, TONGUE = 0.021, 0.026
"""How high the row of teeth and the tongue are, in head units; closed lips hide both."""
BITE = np.array([0.55, 0.1, 0.55, 0.55], np.float32)
"""How much of the lips' pull the teeth follow: they stay where the lip rises from them."""


def mouth(build: Build, mood: Mood, head: Clay) -> dict[str, list[Lump]]:
    """The mouth at rest, closed, bent by the mood."""
    unit = build.head_m
    share = np.linspace(-1, 1, 19)
    x = HALF_WIDE * (1 + 0.25 * max(mood.smile, 0) - 0.2 * mood.open) * share
    z = LINE_UP + 0.055 * mood.smile * (share**2 - 0.45)
    upper = on_face(build, head, x, z, 0.007)
    lower = on_face(build, head, x, z - 0.008, 0.007)
    bend = np.sqrt(np.clip(1 - share**2, 0, 1))
    bow = 1 - 0.28 * np.exp(-((share / 0.16) ** 2))  # Cupid's bow
    thick = unit * (0.005 + 0.0125 * bend)
    above, below = _pulled(share, lip=bend), _pulled(share, jaw=bend)
    return {
        "lips": [
            _follow(tube("head", upper, thick * bow, sides=11), above, len(share)),
            _follow(tube("head", lower, thick * 1.18, sides=11), below, len(share)),
        ],
        "gap": [_sheet([upper, _mean(upper, lower), lower], [above, _mean(above, below), below],
                       back_m=0.004 * unit)],
        "teeth": [_row(upper, above * BITE, 0.74, share, 0.002 * unit, -TEETH * unit,
                       -0.0012 * unit)],
        "tongue": [_row(lower, below * 0.92, 0.62, share, 0.0, TONGUE * unit, -0.0006 * unit)],
    }  # fmt: skip


def jawed(build: Build, lump: Lump) -> Lump:
    """What is below the mouth (chin, beard) goes along with the jaw."""
    local = build.local(lump.vertices)
    below = _eased((LINE_UP - 0.015 - local[:, 2]) / 0.09)
    ahead = _eased((-local[:, 1] - 0.02) / 0.16)
    pull = CHIN_SHARE * below * ahead * _eased((local[:, 2] - 0.02) / 0.08)
    weights = np.concatenate([lump.weights * (1 - pull)[:, None], pull[:, None]], axis=1)
    return replace(lump, bones=(*lump.bones, "jaw"), weights=weights.astype(np.float32))


def _pulled(share: Floats, *, jaw: Floats | float = 0.0, lip: Floats | float = 0.0) -> Singles:
    """How much every place along the mouth follows each of `LIP_BONES` (n, 4); the head has the rest."""
    left, right = np.clip(share, 0, 1), np.clip(-share, 0, 1)
    columns = [np.broadcast_to(one, share.shape) for one in (jaw, lip, left, right)]
    return np.stack(columns, axis=1).astype(np.float32)


def _follow(lump: Lump, pull: Singles, places: int) -> Lump:
    """A bar along the mouth whose rings follow the lips' bones."""
    own = np.repeat(pull, len(lump.vertices) // places, axis=0)
    return replace(lump, bones=(*LIP_BONES, "head"), weights=_whole(own))


def _whole(pull: Singles) -> Singles:
    """The head holds against what the others pull, so that a row sums to 1: all of them ride on it."""
    return np.concatenate([pull, 1 - pull.sum(1, keepdims=True)], axis=1).astype(np.float32)


def _row(
    line: Singles, pull: Singles, wide: float, share: Floats, start_m: float, high_m: float, back_m: float
) -> Lump:  # fmt: skip
    """A band of the middle ``wide`` of a line, from ``start_m`` above it over ``high_m``."""
    kept = np.abs(share) <= wide
    edge = np.sqrt(np.clip(1 - (share[kept] / (wide * 1.15)) ** 2, 0, 1))[:, None]
    first = line[kept] + np.array([0, -back_m, start_m], np.float32)
    last = first + edge * np.array([0, 0, high_m], np.float32)
    rows = [first, (first + last) / 2, last.astype(np.float32)]
    return _sheet(rows, [pull[kept]] * 3, back_m=0.0)


def _sheet(rows: list[Singles], pulls: list[Singles], *, back_m: float) -> Lump:
    """A sheet through lines of equally many points, seen from ahead."""
    n = len(rows[0])
    i = np.arange(n - 1)
    faces = []
    down = rows[-1][n // 2, 2] < rows[0][n // 2, 2]
    for row in range(len(rows) - 1):
        a, b = row * n + i, (row + 1) * n + i
        faces += [np.stack([a, b, a + 1], 1), np.stack([a + 1, b, b + 1], 1)]
    wound = np.concatenate(faces).astype(np.int32)
    vertices = np.concatenate(rows) + np.array([0, back_m, 0], np.float32)
    return Lump(
        vertices=vertices.astype(np.float32),
        normals=np.tile(np.array([0, -1, 0], np.float32), (len(vertices), 1)),
        faces=wound if down else wound[:, ::-1].copy(), bones=(*LIP_BONES, "head"),
        weights=_whole(np.concatenate(pulls).astype(np.float32)),
    )  # fmt: skip


def _mean(a: Singles, b: Singles) -> Singles:
    return np.asarray((a + b) / 2, np.float32)


def _eased(share: Singles) -> Singles:
    kept = np.clip(share, 0, 1)
    return np.asarray(kept * kept * (3 - 2 * kept))
