"""What is large is drawn in parts, and looks the same."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.picture import Item, Look
from flow_nb.engines.stage.solids import laid
from flow_nb.engines.stage.tiling import MOST, TILE_M, tiled
from flow_nb.props.shapes import bevelled_box


def area_m2(item: Item) -> float:
    a, b, c = np.moveaxis(item.solid.vertices[item.solid.faces].astype(float), 1, 0)
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def test_a_floor_is_cut_into_parts_that_cover_it_and_keep_its_texture_in_place():
    floor = Item(solid=laid(bevelled_box((6.0, 5.0, 0.1), 0.0)), look=Look())
    parts = tiled(floor)
    assert len(parts) > 8
    assert np.isclose(sum(map(area_m2, parts)), area_m2(floor), rtol=1e-5)
    for part in parts:
        solid = part.solid
        assert np.ptp(solid.vertices, axis=0).max() < 2.6 * TILE_M
        top = solid.normals[..., 2] > 0.9
        places, texture = solid.vertices[solid.faces][top], solid.surface_m[top]
        assert np.allclose(np.abs(texture), np.abs(places[:, [1, 0]]), atol=1e-5)


def test_what_is_small_or_clear_or_moves_stays_whole_and_a_landscape_is_not_cut_to_crumbs():
    small = Item(solid=laid(bevelled_box((1.0, 1.0, 0.1), 0.0)), look=Look())
    large = laid(bevelled_box((6.0, 5.0, 0.1), 0.0))
    for item in (
        small,
        Item(solid=large, look=Look(opacity=0.3)),
        Item(solid=large, look=Look(), body=0),
    ):
        assert tiled(item) == [item]
    ground = Item(solid=laid(bevelled_box((60.0, 60.0, 0.1), 0.0)), look=Look())
    assert len(tiled(ground)) <= (MOST + 1) ** 2 * 2
