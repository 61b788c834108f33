"""How high a body is over a point. In: an archetype, its scale, a point in its own frame. Out: a height."""

from __future__ import annotations

import numpy as np

from flow_nb.props.archetypes import Archetype
from flow_nb.props.shapes import piece_mesh


def crest_m(prop: Archetype, scale: float, x_m: float = 0.0, y_m: float = 0.0) -> float:
    """The highest point of its body straight above (x, y), in metres above its foot; 0 beside it.

    >>> from flow_nb.props.archetypes import archetypes
    >>> round(crest_m(archetypes()["log"], 1.0), 2)
    0.24
    """
    highest = 0.0
    for piece in prop.body:
        mesh = piece_mesh(piece, scale)
        a, b, c = (np.asarray(mesh.vertices, float)[np.asarray(mesh.faces)[:, i]] for i in range(3))
        highest = max(highest, _over(a, b, c, np.array([x_m, y_m])))
    return highest


def _over(
    a: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    b: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    c: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    at: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> float:
    """Where the upright line through a point leaves triangles (n, 3) each: by areas of their parts."""
    one, two, to = b[:, :2] - a[:, :2], c[:, :2] - a[:, :2], at - a[:, :2]
    area = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]
    level = np.abs(area) > 1e-12
    area = np.where(level, area, 1.0)
    u = (to[:, 0] * two[:, 1] - to[:, 1] * two[:, 0]) / area
    v = (one[:, 0] * to[:, 1] - one[:, 1] * to[:, 0]) / area
    met = level & (u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9)
    heights = a[:, 2] + u * (b[:, 2] - a[:, 2]) + v * (c[:, 2] - a[:, 2])
    return float(heights[met].max(initial=0.0))
