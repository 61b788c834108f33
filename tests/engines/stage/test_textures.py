from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.picture import Look
from flow_nb.engines.stage.textures import library
from flow_nb.engines.stage.textures.fields import cloud, noise

SMALL = {
    name: Look(texture=name, texture_px=128, colour=(0.6, 0.5, 0.4)) for name in library.RECIPES
}


TILED = [name for name in library.RECIPES if not name.startswith("face")]
"""A face is laid on a head once."""


@pytest.mark.parametrize("name", TILED)
def test_every_texture_tiles_without_a_seam(name):
    colour = library.recipe(SMALL[name]).colour.mean(axis=-1)
    for field in (colour, colour.T):
        across_the_edge = np.abs(field[0] - field[-1]).mean()
        inside = np.abs(np.diff(field, axis=0)).mean(axis=1).max()
        assert across_the_edge <= inside * 1.05 + 1e-6


@pytest.mark.parametrize("name", library.RECIPES)
def test_every_texture_stays_near_its_dye_and_within_its_ranges(name):
    maps = library.recipe(SMALL[name])
    assert np.isfinite(maps.colour).all()
    assert 0.08 < maps.colour.mean() < 0.5
    assert (
        maps.roughness.std() > 0.001
    )  # nothing is polished evenly: that is what plastic looks like
    assert maps.occlusion.min() >= 0


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    look = SMALL["hardwood"]
    first = library.recipe(look).colour
    assert (library.recipe(look).colour == first).all()
    other = Look(texture="hardwood", texture_px=128, colour=look.colour, seed=1)
    assert (library.recipe(other).colour != first).any()


def test_noise_is_even_and_periodic():
    rng = np.random.default_rng(0)
    for field in (noise(64, rng, 0.2), cloud(64, rng)):
        assert abs(float(field.mean())) < 1e-4
        assert float(field.std()) == pytest.approx(1, abs=1e-3)


def test_what_was_painted_once_is_read_from_the_cache_and_a_torn_file_is_painted_again(tmp_path):
    look = Look(texture="felt", texture_px=64)
    made = library.painted([look], tmp_path)[look]
    (file,) = tmp_path.iterdir()
    library._memory.clear()
    assert library.painted([look], tmp_path)[look] == made
    file.write_bytes(file.read_bytes()[:100])
    library._memory.clear()
    assert library.painted([look], tmp_path)[look] == made


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path):
    file = tmp_path / "in the way"
    file.write_text("")
    library._memory.clear()
    look = Look(texture="paper", texture_px=32)
    assert len(library.painted([look], file)[look]) == 3
