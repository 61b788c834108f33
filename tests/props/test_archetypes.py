"""Every prop is a real thing: closed, of a real size, standing on the floor, and light on the solver."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from flow_nb.props import archetypes as rows
from flow_nb.props.archetypes import archetypes
from flow_nb.props.materials import materials
from flow_nb.props.shapes import piece_mesh, prop_bounds_m, volume_m3

MOST_THAT_COLLIDE = 6
LONGEST_M = 12.0
SMALLEST_M = 0.01
RIGID = {
    name: row
    for name, row in archetypes().items()
    if row.kind in ("thing", "animal", "vehicle", "cutout")
}
SIZES_M = {
    "dog": (0.6, 1.1), "cat": (0.4, 0.7), "horse": (1.8, 3.0), "mouse": (0.08, 0.3),
    "elephant": (3.0, 5.0), "car": (3.5, 5.0), "bicycle": (1.5, 2.0), "bus": (7, 12),
    "phone": (0.12, 0.18), "guitar": (0.9, 1.15), "house": (4, 9), "tree": (3, 8),
    "chair": (0.8, 1.1), "sofa": (1.6, 2.4), "candle": (0.1, 0.3), "banana": (0.15, 0.25),
    "sword": (0.7, 1.2), "ring": (0.015, 0.04), "cutout": (0.45, 0.55), "whale": (5, 12),
}  # fmt: skip


def meshes(pieces):
    return [piece_mesh(piece, turns=16) for piece in pieces]


@cache
def span_m(name, what="pieces"):
    """Lowest and highest corner of a prop: of its "pieces", of what is "seen", of its solid "body"."""
    corners = np.concatenate([mesh.vertices for mesh in meshes(getattr(RIGID[name], what))])
    return corners.min(0), corners.max(0)


def test_every_solid_is_closed_and_has_a_volume():
    for name, prop in RIGID.items():
        for piece, mesh in zip(prop.pieces, meshes(prop.pieces), strict=True):
            a, b = mesh.faces[:, [0, 1, 2]].ravel(), mesh.faces[:, [1, 2, 0]].ravel()
            edges, count = np.unique(a.astype(np.int64) << 32 | b, return_counts=True)
            assert (count == 1).all(), (name, piece)
            assert np.isin(b.astype(np.int64) << 32 | a, edges).all(), (name, piece)
            assert volume_m3(mesh) > 0, (name, piece)


def test_every_prop_stands_on_the_floor():
    for name in RIGID:
        slack = max(1e-3, 0.004 * float(np.ptp(span_m(name), axis=0).max()))
        assert span_m(name, "seen")[0][2] == pytest.approx(0, abs=slack), name
        if name != "kite":  # its tail hangs to the ground, its sail alone is solid
            assert span_m(name, "body")[0][2] == pytest.approx(0, abs=slack), name


def test_every_prop_has_a_real_size_and_is_made_of_what_there_is():
    for name, prop in RIGID.items():
        assert SMALLEST_M < np.ptp(span_m(name), axis=0).max() < LONGEST_M, name
        made_of = {prop.material, *(p.material for p in prop.pieces if p.material)}
        assert made_of <= materials().keys(), name
        assert prop.nouns, name


@pytest.mark.parametrize("name", SIZES_M)
def test_what_everyone_knows_is_as_large_as_everyone_knows(name):
    low, high = SIZES_M[name]
    assert low < np.ptp(prop_bounds_m(archetypes()[name]), axis=0).max() < high


def test_no_prop_costs_the_solver_more_than_a_few_pieces():
    for name, prop in RIGID.items():
        assert 1 <= len(prop.body) <= MOST_THAT_COLLIDE, name


def test_what_only_collides_stays_inside_what_is_seen():
    for name in RIGID:
        seen, body = span_m(name, "seen"), span_m(name, "body")
        slack = 0.03 * float(np.ptp(seen, axis=0).max())
        assert (body[0] > seen[0] - slack).all(), name
        assert (body[1] < seen[1] + slack).all(), name


@pytest.mark.parametrize("kind", ["animal", "vehicle"])
def test_what_runs_is_longer_than_wide(kind):
    upright = {
        "rocket",
        "drone",
        "spaceship",
        "aeroplane",
        "penguin",
        "butterfly",
        "spider",
        "frog",
    }
    for name in RIGID:
        if archetypes()[name].kind == kind and name not in upright:
            x, y, _ = np.ptp(prop_bounds_m(archetypes()[name]), axis=0)
            assert x > y, name


def test_no_shape_is_carved_before_somebody_asks_for_it():
    rows.archetypes.cache_clear()
    rows._carved.cache_clear()
    dog = rows.archetypes()["dog"]
    assert rows._carved.cache_info().currsize == 0
    assert len(dog.pieces) > len(dog.body)
    assert rows._carved.cache_info().currsize == 1
