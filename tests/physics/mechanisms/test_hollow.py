"""Hollow things keep their inside free and their walls where the picture shows them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import ConvexHull, Delaunay

from flow_nb.physics.mechanisms.hollow import hollow_parts, is_hollow
from flow_nb.props.archetypes import archetypes
from flow_nb.props.shapes import piece_mesh, volume_m3

CONTAINERS = ["glass", "cup", "bottle", "vase", "bowl", "bucket", "plate"]


@pytest.mark.parametrize("name", CONTAINERS)
def test_the_parts_of_a_container_weigh_about_what_its_solid_weighs(name: str) -> None:
    piece = archetypes()[name].pieces[0]
    parts = hollow_parts(piece, 1.0, sectors=48)
    assert sum(volume_m3(part) for part in parts) == pytest.approx(
        volume_m3(piece_mesh(piece)), rel=0.25
    )


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_part_is_convex_and_inside_the_outline(name: str) -> None:
    piece = archetypes()[name].pieces[0]
    whole = piece_mesh(piece, 2.0).vertices
    for part in hollow_parts(piece, 2.0):
        assert volume_m3(part) == pytest.approx(ConvexHull(part.vertices).volume, rel=1e-3)
        assert (part.vertices.min(0) >= whole.min(0) - 1e-6).all()
        assert (part.vertices.max(0) <= whole.max(0) + 1e-6).all()


@pytest.mark.parametrize("name", ["glass", "cup", "bowl", "bucket", "vase", "crate"])
def test_the_middle_of_a_container_is_free(name: str) -> None:
    piece = archetypes()[name].pieces[0]
    height = float(np.ptp(piece_mesh(piece).vertices[:, 2]))
    axis = np.array([[0.0, 0.0, z * height] for z in (0.3, 0.6, 0.95)])
    for part in hollow_parts(piece):
        assert (Delaunay(part.vertices).find_simplex(axis) < 0).all()


def test_a_can_has_no_inside() -> None:
    piece = archetypes()["can"].pieces[0]
    assert not is_hollow(piece)
    assert len(hollow_parts(piece)) == 1
