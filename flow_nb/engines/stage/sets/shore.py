"""Where land meets sea. In: a carpenter, a `LandDesign`, its `Ground`. Out: the water, and its foam."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Floats, Look, Solid
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.designs import LandDesign
from flow_nb.engines.stage.sets.ground import Ground, grid, sheet_of

SEA = Look(colour=srgb("#2f8a9c"), texture="water", texture_m=4.0, texture_px=1024)
FOAM = Look(colour=srgb("#eef3f2"), roughness=0.75)
BREAKERS = ((0.05, 0.15, 0.00), (1.2, 0.10, 0.05), (2.8, 0.17, 0.10), (5.6, 0.20, 0.16))
"""Lines of foam: how far out, half their width, how high the water stands there, all in metres."""
LEVEL_M = -0.05


def shore(shop: Carpenter, design: LandDesign, ground: Ground, rng: np.random.Generator) -> None:
    """The sea rolls in from the horizon and leaves foam on the sand."""
    start = design.sea_from_m or 0.0
    water = Ground(LandDesign(shape="waves", relief_m=0.16, level_m=start), rng)
    side = np.concatenate(
        [np.linspace(-60, -14, 12), np.linspace(-13, 13, 56), np.linspace(14, 60, 12)]
    )
    x, y = np.meshgrid(side, start - 1.5 + 68 * np.linspace(0, 1, 64) ** 2.1)
    out = y - ground.shore_m(x)
    z = (
        LEVEL_M
        + water.height_m(x, y) * np.clip(out / 5.0, 0.02, 1)
        - 0.5 * np.clip(-out - 0.3, 0, 1)
    )
    points = np.stack([x, y, z], axis=-1).reshape(-1, 3)
    shop.add(SEA, sheet_of(points, grid(x.shape[0] - 1, x.shape[1] - 1)))
    line = np.linspace(-32, 32, 230)
    if design.wet is not None:
        edge = ground.shore_m(line) - 0.25 + 0.14 * np.sin(0.9 * line)
        shop.add(design.wet.look(), ground.band(np.column_stack([line, edge]), np.full(230, 0.85)))
    for away, half, high in BREAKERS:
        edge = ground.shore_m(line) + away + 0.25 * np.sin(0.8 * line + 3 * away)
        ragged = half * (0.35 + 0.65 * np.abs(np.sin(1.3 * line + 9 * away) * np.sin(3.7 * line)))
        wave = np.clip(water.height_m(line, edge), 0, None) * min(1.0, away / 5.0)
        shop.add(FOAM, ribbon(np.column_stack([line, edge, LEVEL_M + wave + high + 0.02]), ragged))


def ribbon(line_m: Floats, half_m: Floats) -> Solid:
    """A level strip along a line (n, 3) that runs to the right, ``half_m`` (n,) to both sides."""
    side = np.column_stack([0 * half_m, half_m, 0 * half_m])
    points = np.stack([line_m - side, line_m + side], axis=1).reshape(-1, 3)
    return sheet_of(points, grid(len(line_m) - 1, 1)[:, ::-1])
