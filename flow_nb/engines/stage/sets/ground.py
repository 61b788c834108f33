"""The lie of the land. In: a `LandDesign`, a generator. Out: `Ground`: heights, its sheet, bands along it.

Level about the mark, where physics has its floor, and towards the camera, which may stand low; beyond, it rolls,
is blown into dunes, or swells.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates

from flow_nb.engines.stage.picture import Floats, Solid
from flow_nb.engines.stage.sets.designs import LandDesign
from flow_nb.engines.stage.solids import laid
from flow_nb.plan.motion import Mesh

WIDE_M, NEAR_M, FAR_M = 60.0, -23.0, 72.0
COLUMNS, ROWS = 96, 104
"""Fine near the mark, coarse far away."""
FIELD_PX, FIELD_M = 128, 90.0
SHORE_WAVE_M = 0.55


class Ground:
    """The height of the land everywhere."""

    def __init__(self, design: LandDesign, rng: np.random.Generator) -> None:
        self._design = design
        wide = gaussian_filter(rng.normal(size=(FIELD_PX, FIELD_PX)), 5.5, mode="wrap")
        fine = gaussian_filter(rng.normal(size=(FIELD_PX, FIELD_PX)), 1.8, mode="wrap")
        self._field = wide / wide.std() + 0.22 * fine / fine.std()
        self._waves = rng.uniform(0, 2 * math.pi, 8)
        step = np.linspace(-1, 1, COLUMNS + 1)
        self._x = WIDE_M * np.sign(step) * np.abs(step) ** 1.9
        share = np.linspace(-((-NEAR_M / FAR_M) ** (1 / 1.9)), 1, ROWS + 1)
        self._y = FAR_M * np.sign(share) * np.abs(share) ** 1.9

    def height_m(self, x: Floats, y: Floats) -> Floats:
        """At some places, any shape."""
        design = self._design
        away = np.hypot(x, y - 0.5)
        rise = np.clip((away - design.level_m) / 14.0, 0, 1) ** 1.5 * np.clip(y / 5.0 + 1.8, 0, 1)
        if design.shape == "waves":
            return np.asarray(self._swell(x, y) * (0.03 + 0.97 * rise) * design.relief_m)
        if design.shape == "dunes":
            crest = 1 - np.abs(np.tanh(1.1 * self._rough(0.8 * x + 0.35 * y, 0.5 * y)))
            far = np.clip(1.4 - away / 60.0, 0.3, 1.0)  # the sheet is coarse there
            return np.asarray(design.relief_m * rise * far * (1.6 * crest**1.4 - 0.35))
        z = design.relief_m * rise * (self._rough(x, y) + 0.6)
        if design.sea_from_m is not None:
            beyond = np.clip((y - self.shore_m(x) + 2.4) / 4.0, 0, 1)
            z = z * (1 - beyond) - 0.9 * np.clip((y - self.shore_m(x)) / 5.0, 0, 1)
        return np.asarray(z)

    def shore_m(self, x: Floats) -> Floats:
        """How far away the water's edge is at ``x``."""
        start = self._design.sea_from_m or 0.0
        a, b = self._waves[:2]
        return np.asarray(
            start + SHORE_WAVE_M * (np.sin(0.35 * x + a) + 0.45 * np.sin(0.9 * x + b))
        )

    def sheet(self) -> Solid:
        """The land as one sheet that is only seen from above."""
        x, y = np.meshgrid(self._x, self._y)
        points = np.stack([x, y, self.height_m(x, y)], axis=-1).reshape(-1, 3)
        return sheet_of(points, grid(ROWS, COLUMNS))

    def band(self, line_m: Floats, half_m: Floats, *, above_m: float = 0.012) -> Solid:
        """A strip along a line (n, 2), ``half_m`` to both sides of it (n,), on the ground: a path."""
        way = np.gradient(line_m, axis=0)
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        side = np.stack([-way[:, 1], way[:, 0]], axis=1) * half_m[:, None]
        rows = np.stack(
            [line_m - side, line_m - 0.4 * side, line_m + 0.4 * side, line_m + side], axis=1
        )
        z = self.height_m(rows[..., 0], rows[..., 1]) + above_m * np.array([0.2, 1, 1, 0.2])
        points = np.concatenate([rows, z[..., None]], axis=-1).reshape(-1, 3)
        faces = grid(len(line_m) - 1, 3)
        solid = sheet_of(points, faces)
        return solid if solid.normals[..., 2].mean() > 0 else sheet_of(points, faces[:, ::-1])

    def _rough(self, x: Floats, y: Floats) -> Floats:
        """The field, smooth between its points and without a seam."""
        at = np.stack([y, x]) / FIELD_M * FIELD_PX
        return np.asarray(map_coordinates(self._field, at, order=1, mode="grid-wrap"))

    def _swell(self, x: Floats, y: Floats) -> Floats:
        """Long waves that run to the shore, shorter ones across them, sharp at the crest."""
        total = np.zeros(np.broadcast(x, y).shape)
        for i, (long, turn, high) in enumerate(
            (
                (7.0, 1.45, 1.0),
                (4.1, 1.9, 0.55),
                (2.6, 1.1, 0.34),
                (1.5, 2.1, 0.16),
                (0.9, 0.9, 0.08),
            )
        ):
            phase = 2 * math.pi / long * (x * math.cos(turn) + y * math.sin(turn)) + self._waves[i]
            total += high * (2 * ((np.sin(phase) + 1) / 2) ** 1.7 - 0.85)
        return total


def grid(rows: int, columns: int) -> NDArray[np.int64]:
    """Triangles of a sheet of points, row by row."""
    n = columns + 1
    i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    a = (i * n + j).ravel()
    return np.concatenate([np.stack([a, a + 1, a + n + 1], 1), np.stack([a, a + n + 1, a + n], 1)])


def sheet_of(points: Floats, faces: NDArray[np.int64]) -> Solid:
    """Points (n, 3) and triangles as one smooth solid, without the points that no triangle uses."""
    used, renamed = np.unique(faces, return_inverse=True)
    mesh = Mesh(
        vertices=points[used].astype(np.float32),
        faces=renamed.reshape(-1, 3).astype(np.int32),
    )
    return laid(mesh, crease_deg=80)
