from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.hours import HOURS
from flow_nb.engines.stage.picture import Floats, Item
from flow_nb.engines.stage.sets.catalogue import set_names, stage_set
from flow_nb.engines.stage.sets.designs import LandDesign, RoomDesign, designs, without
from flow_nb.engines.stage.sets.fittings import FITTINGS
from flow_nb.engines.stage.sets.ground import Ground
from flow_nb.engines.stage.sets.growth import GROWERS, grown
from flow_nb.engines.stage.textures.library import RECIPES
from flow_nb.plan.plan import Plan, SetDesign
from flow_nb.props.archetypes import archetypes, sets

DRAWN = tuple(designs())
MOST_TRIANGLES = 80_000


def dressed(kind: str, *, seed: int = 0, time: str = "night") -> tuple[Item, ...]:
    plan = Plan(text=kind, duration_s=1, bodies=(), set=SetDesign(kind=kind), seed=seed)
    return stage_set(plan).dress(HOURS[time])


def corners(items: tuple[Item, ...]) -> Floats:
    return np.concatenate([item.solid.vertices for item in items]).astype(float)


def test_every_set_that_the_property_department_knows_is_built_and_no_other() -> None:
    assert set(set_names()) == set(sets())


def test_a_set_is_made_of_props_plants_fittings_and_textures_that_exist() -> None:
    for name, design in designs().items():
        pieces = design.furniture if isinstance(design, RoomDesign) else design.pieces
        scatter = () if isinstance(design, RoomDesign) else design.scatter
        assert {piece.prop for piece in pieces} <= set(archetypes()), name
        assert {row.prop for row in scatter} <= set(archetypes()) | set(GROWERS), name
        assert {fit.kind for fit in design.fits} <= set(FITTINGS), name
        assert {fit.prop for fit in design.fits if fit.prop} <= {*archetypes(), "ladder"}, name
        covers = (
            getattr(design, c, None) for c in ("floor", "walls", "dado", "ground", "wet", "path")
        )
        assert {cover.texture for cover in covers if cover is not None} <= set(RECIPES), name


def test_every_fitting_is_used_somewhere() -> None:
    used = {fit.kind for design in designs().values() for fit in design.fits}
    assert used == set(FITTINGS)


@pytest.mark.parametrize("kind", DRAWN)
def test_the_dressing_leaves_the_middle_of_the_stage_free(kind: str) -> None:
    x, y, z = corners(dressed(kind)).T
    inside = (np.abs(x) < 2.6) & (y > -4.0) & (y < 1.4) & (z > 0.035) & (z < 1.85)
    assert not inside.any()


@pytest.mark.parametrize("kind", DRAWN)
def test_a_set_is_light_enough_for_a_preview(kind: str) -> None:
    items = dressed(kind)
    assert sum(len(item.solid.faces) for item in items) <= MOST_TRIANGLES
    assert all(np.isfinite(item.solid.normals).all() for item in items)


@pytest.mark.parametrize("kind", DRAWN)
def test_another_seed_dresses_another_set_of_the_same_kind(kind: str) -> None:
    first, second = corners(dressed(kind)), corners(dressed(kind, seed=1))
    assert first.shape != second.shape or not np.array_equal(first, second)


def test_a_second_shot_in_a_set_takes_the_dressing_that_stands_there() -> None:
    assert dressed("park", seed=3) is dressed("park", seed=3)


def test_what_the_plan_brings_the_set_leaves_out() -> None:
    room = without(designs()["living-room"], {"sofa", "shelf"})
    assert isinstance(room, RoomDesign)
    assert "sofa" not in {piece.prop for piece in room.furniture}
    assert "bookcase" not in {fit.kind for fit in room.fits}
    park = without(designs()["park"], {"bench", "broadleaf"})
    assert isinstance(park, LandDesign)
    assert park.pieces == ()
    assert "broadleaf" in {row.prop for row in park.scatter}


@pytest.mark.parametrize("kind", [n for n, d in designs().items() if isinstance(d, LandDesign)])
def test_the_land_is_level_where_physics_has_its_floor(kind: str) -> None:
    design = designs()[kind]
    assert isinstance(design, LandDesign)
    x, y = np.meshgrid(np.linspace(-2, 2, 21), np.linspace(-2, 2, 21))
    height = Ground(design, np.random.default_rng(0)).height_m(x, y)
    assert np.abs(height).max() < 0.06


def test_plants_of_one_kind_differ_and_each_is_made_once() -> None:
    for kind in GROWERS:
        one, other = grown(kind, 0), grown(kind, 1)
        assert one is grown(kind, 0)
        assert not np.array_equal(one[-1][1].vertices, other[-1][1].vertices), kind
