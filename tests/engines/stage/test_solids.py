from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.looks import piece_look, piece_solid, rim_solid, srgb
from flow_nb.engines.stage.solids import boxed, frames, laid, turned
from flow_nb.props.archetypes import archetypes
from flow_nb.props.materials import materials
from flow_nb.props.shapes import ball, bevelled_box, volume_m3
from flow_nb.props.sweeps import torus


def test_a_balls_normals_are_smooth_and_point_away_from_its_middle():
    mesh = ball(0.5)
    solid = turned(mesh)
    outward = mesh.vertices[mesh.faces] - np.array([0, 0, 0.5], np.float32)
    outward /= np.linalg.norm(outward, axis=-1, keepdims=True)
    assert np.einsum("fci,fci->fc", solid.normals, outward).min() > 0.99


def test_a_boxs_faces_are_flat_to_the_edge():
    solid = laid(bevelled_box((1, 2, 3), 0.0))
    assert np.abs(solid.normals).max(axis=-1).min() > 0.9999


def test_the_texture_frame_is_right_handed_and_square_to_the_normal():
    normals = np.random.default_rng(0).normal(size=(200, 3))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    tangent, bitangent = frames(normals)
    assert np.allclose(np.cross(tangent, bitangent), normals, atol=1e-6)


def test_the_grain_of_a_board_runs_along_its_longest_side():
    solid = boxed(bevelled_box((2.0, 0.2, 0.05), 0.0))
    along = np.ptp(solid.surface_m[..., 0], axis=1)
    assert along.max() == pytest.approx(2.0, abs=1e-5)


def test_a_torus_has_the_volume_of_pappus():
    assert volume_m3(torus(0.5, 0.1, 0.0, turns=400)) == pytest.approx(
        2 * np.pi * 0.5 * (8 / 2 * np.sin(2 * np.pi / 8)) * 0.1**2, rel=1e-3
    )


def test_glass_has_a_rim_and_a_ball_has_none():
    assert rim_solid(archetypes()["glass"].pieces[0], 1.0) is not None
    assert rim_solid(archetypes()["marble"].pieces[0], 1.0) is None


def test_the_plans_colour_goes_before_the_props_and_the_materials():
    prop = archetypes()["vase"]
    ceramic = materials()["ceramic"]
    assert piece_look(prop.pieces[0], prop, ceramic).colour == srgb("#2f5d8c")
    assert piece_look(prop.pieces[0], prop, ceramic, colour="#ff0000").colour == (1.0, 0.0, 0.0)


@pytest.mark.parametrize("name", archetypes())
def test_every_prop_can_be_drawn(name):
    for piece in archetypes()[name].pieces:
        solid = piece_solid(piece)
        assert np.isfinite(solid.normals).all()
        assert np.allclose(np.linalg.norm(solid.normals, axis=-1), 1, atol=1e-3)
