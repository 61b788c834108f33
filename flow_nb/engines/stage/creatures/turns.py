"""Rigid turns of many instants at once. In: angles (n,) in radians, pivots. Out: transforms (n, 3, 4)."""

from __future__ import annotations

import numpy as np
from scipy.spatial.transform import Rotation

from flow_nb.engines.stage.picture import Floats


def about(axis: str, angles: Floats) -> Floats:
    """Turns (n, 3, 3) about an axis "x", "y" or "z".

    >>> (about("z", np.array([np.pi / 2]))[0] @ np.array([1.0, 0, 0])).round(6).tolist()
    [0.0, 1.0, 0.0]
    """
    cos, sin = np.cos(angles), np.sin(angles)
    found = np.zeros((len(angles), 3, 3))
    i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    k = 3 - i - j
    found[:, k, k] = 1
    found[:, i, i] = found[:, j, j] = cos
    found[:, i, j], found[:, j, i] = -sin, sin
    return found


def around(turns: Floats, pivot: Floats) -> Floats:
    """Turns (n, 3, 3) about a place (3,) as transforms."""
    found = np.empty((len(turns), 3, 4))
    found[..., :3], found[..., 3] = turns, pivot - turns @ pivot
    return found


def after(first: Floats, then: Floats) -> Floats:
    """What does ``then`` first and ``first`` to all of it: the product of transforms."""
    found = np.empty_like(then)
    found[..., :3] = first[..., :3] @ then[..., :3]
    found[..., 3] = placed(first, then[..., 3])
    return found


def placed(transforms: Floats, points: Floats) -> Floats:
    """Where transforms (n, 3, 4) take points (n, 3) or (3,)."""
    many = np.broadcast_to(points, (len(transforms), 3))
    return np.asarray(np.einsum("nij,nj->ni", transforms[..., :3], many) + transforms[..., 3])


def undone(transforms: Floats, points: Floats) -> Floats:
    """From where transforms would take what is at points (n, 3)."""
    return np.asarray(np.einsum("nji,nj->ni", transforms[..., :3], points - transforms[..., 3]))


def brought(start: Floats, end: Floats, to_start: Floats, to_end: Floats) -> Floats:
    """Transforms (n, 3, 4) of a bone from its rest (3,), (3,) to where its ends are (n, 3), (n, 3); it
    keeps its sides level with y."""
    rest = _basis((end - start)[None])
    turns = _basis(to_end - to_start) @ rest.transpose(0, 2, 1)
    found = np.empty((len(to_start), 3, 4))
    found[..., :3] = turns
    found[..., 3] = to_start - turns @ start
    return found


def levelled(turns: Floats, yaws: Floats, share: Floats) -> Floats:
    """Turns (n, 3, 3) with a share (n,) of their leaning taken away, so that their heading remains."""
    heading = about("z", yaws)
    leaning = Rotation.from_matrix(heading.transpose(0, 2, 1) @ turns).as_rotvec()
    rest = Rotation.from_rotvec(leaning * (1 - share)[:, None]).as_matrix()
    return np.asarray(heading @ rest)


def _basis(ways: Floats) -> Floats:
    """Frames (n, 3, 3) whose first axis is the way, whose second is as near to y as can be."""
    way = ways / np.maximum(np.linalg.norm(ways, axis=1, keepdims=True), 1e-9)
    side = np.array([0.0, 1.0, 0.0]) - way * way[:, 1:2]
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    return np.stack([way, side, np.cross(way, side)], axis=2)
