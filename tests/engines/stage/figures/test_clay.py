from __future__ import annotations

import math

import numpy as np
import pytest

from flow_nb.engines.stage.figures.clay import Blob, Clay
from flow_nb.plan.motion import Mesh
from flow_nb.props.shapes import volume_m3

BALL = Blob(bone="a", start_m=(0.0, 0.0, 0.0), axes_m=(0.1, 0.1, 0.1))
BAR = Blob(bone="b", start_m=(0.0, 0.0, 0.05), end_m=(0.0, 0.0, 0.3), radius_m=0.04)


def test_a_ball_of_clay_has_the_volume_of_a_ball():
    lump = Clay(blobs=(BALL,)).mesh(0.008)
    volume = volume_m3(Mesh(vertices=lump.vertices, faces=lump.faces))
    assert volume == pytest.approx(4 / 3 * math.pi * 0.1**3, rel=0.02)
    assert np.linalg.norm(lump.vertices, axis=1) == pytest.approx(0.1, abs=1e-4)


def test_faces_look_the_way_their_normals_do():
    lump = Clay(blobs=(BALL, BAR)).mesh(0.008)
    a, b, c = (lump.vertices[lump.faces[:, i]] for i in range(3))
    facing = np.cross(b - a, c - a)
    assert (np.einsum("ij,ij->i", facing, lump.normals[lump.faces[:, 0]]) > 0).mean() > 0.999


def test_every_vertex_follows_its_bones_wholly():
    lump = Clay(blobs=(BALL, BAR)).mesh(0.01)
    assert lump.bones == ("a", "b")
    assert lump.weights.sum(1) == pytest.approx(1.0, abs=1e-5)
    top = lump.vertices[:, 2] > 0.25
    assert (lump.weights[top, 1] > 0.99).all()


def test_the_surface_is_closed():
    faces = Clay(blobs=(BALL, BAR)).mesh(0.008).faces
    sides = np.sort(faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    _, count = np.unique(sides, axis=0, return_counts=True)
    assert (count % 2 == 0).all()
