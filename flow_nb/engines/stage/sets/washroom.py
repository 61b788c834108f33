"""Fittings of a bathroom: basin with a mirror, toilet, towels. In: a `Fit`. Out: it is built."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Look
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.designs import Fit
from flow_nb.engines.stage.sets.joiner import BRASS, CHINA, Joiner, cloth, wood

STEELY = Look(colour=srgb("#c9cdd0"), roughness=0.15, metallic=1.0)
SILVER = Look(colour=srgb("#c4d0d4"), roughness=0.05, metallic=0.9)


def basin(shop: Carpenter, _: Fit, __: np.random.Generator, ___: Hour) -> None:
    """A wash-basin on its foot, tap, and a round mirror above it."""
    shop.lathe(
        CHINA,
        [(0, 0), (0.13, 0), (0.08, 0.1), (0.075, 0.62), (0.12, 0.70), (0, 0.7)],
        (0, 0.06, 0),
        turns=24,
    )
    shop.lathe(
        CHINA,
        [
            (0, 0.68),
            (0.16, 0.68),
            (0.29, 0.80),
            (0.31, 0.86),
            (0.27, 0.86),
            (0.22, 0.78),
            (0, 0.74),
        ],
        (0, 0, 0),
        turns=36,
    )
    shop.box(CHINA, (0.6, 0.14, 0.06), (0, 0.20, 0.80), bevel_m=0.02)
    shop.rod(STEELY, 0.014, (0, 0.18, 0.86), (0, 0.18, 0.98))
    shop.rod(STEELY, 0.012, (0, 0.18, 0.98), (0, 0.05, 0.96))
    for x in (-0.1, 0.1):
        shop.ball(STEELY, 0.025, (x, 0.19, 0.87), turns=10)
    turn = np.linspace(0, 2 * math.pi, 36, endpoint=False)
    for look, radius, y in ((BRASS, 0.36, 0.265), (SILVER, 0.33, 0.258)):
        ring = [
            (radius * math.cos(a), y + d, 1.48 + radius * math.sin(a))
            for a in turn
            for d in (0, 0.02)
        ]
        shop.hull(look, ring, (0, 0, 0))


def toilet(shop: Carpenter, _: Fit, __: np.random.Generator, ___: Hour) -> None:
    """China, with its cistern and a wooden lid."""
    shop.lathe(
        CHINA,
        [(0, 0), (0.14, 0), (0.11, 0.14), (0.19, 0.36), (0.2, 0.40), (0, 0.4)],
        (0, 0, 0),
        turns=28,
    )
    shop.lathe(
        wood("#7d5636"), [(0, 0.40), (0.21, 0.40), (0.205, 0.43), (0, 0.43)], (0, 0, 0), turns=28
    )
    shop.box(CHINA, (0.40, 0.18, 0.36), (0, 0.24, 0.42), bevel_m=0.03)
    shop.ball(STEELY, 0.018, (0.12, 0.14, 0.66), turns=10)


def towel_rail(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """Two towels over a bar."""
    wide = fit.size_m[0]
    shop.rod(STEELY, 0.012, (-wide / 2, 0, 0), (wide / 2, 0, 0))
    for x, colour, drop in (
        (-0.22 * wide, fit.colour or "#b95f4e", 0.62),
        (0.24 * wide, "#e7dcc4", 0.48),
    ):
        shop.box(cloth(colour), (0.4 * wide, 0.035, drop), (x, 0, 0.012 - drop), bevel_m=0.012)


FITTINGS: Mapping[str, Joiner] = MappingProxyType({
    "basin": basin, "toilet": toilet, "towel rail": towel_rail,
})  # fmt: skip
