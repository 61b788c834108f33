from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.heavens import Panorama, cumulus, disc, ridges, stars, streaks
from flow_nb.engines.stage.horizons import mesas, ocean, peaks
from flow_nb.engines.stage.hours import HOURS
from flow_nb.engines.stage.sets.vistas import vista
from flow_nb.engines.stage.sky import directions, gradient

WHITE, GREY = (1.0, 1.0, 1.0), (0.4, 0.4, 0.4)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_clouds_stand_above_the_horizon_and_leave_some_sky() -> None:
    paper = Panorama()
    cumulus(paper, rng(), WHITE, GREY)
    cover = paper.pixels[..., 3]
    assert cover[paper.height_deg[:, 0] < 3].max() == 0
    assert 0.03 < (cover > 0.5).mean() < 0.5


def test_streaks_are_longer_than_they_are_high() -> None:
    paper = Panorama()
    streaks(paper, rng(), WHITE)
    cover = paper.pixels[..., 3]
    along, up = np.abs(np.diff(cover, axis=1)).mean(), np.abs(np.diff(cover, axis=0)).mean()
    assert 3 * along < up


def test_stars_add_light_and_hide_nothing() -> None:
    paper = Panorama()
    stars(paper, rng())
    assert paper.pixels[..., 3].max() == 0
    assert paper.pixels[..., :3].max() > 0.5


def test_a_moon_is_round_and_lit_from_its_side() -> None:
    paper = Panorama()
    disc(paper, 90, 15, 4.0, np.ones((32, 32, 3), np.float32), sun=(-1.0, 0.0, 0.4))
    cover = paper.pixels[..., 3]
    area_deg2 = cover.sum() / paper.per_deg**2
    assert area_deg2 == pytest.approx(np.pi * 16, rel=0.03)
    middle = int(90 * paper.per_deg)  # a column further on is further to the left
    left, right = paper.pixels[:, middle : middle + 20, 0], paper.pixels[:, middle - 20 : middle, 0]
    assert left.sum() > 2 * right.sum()


@pytest.mark.parametrize("paint", ["ridges", "peaks", "mesas", "ocean"])
def test_land_joins_behind_the_camera_without_a_step(paint: str) -> None:
    paper = Panorama()
    if paint == "ridges":
        ridges(paper, rng(), GREY, WHITE, heights_deg=(6.0, 4.0), trees=False)
    elif paint == "peaks":
        peaks(paper, rng(), GREY, WHITE, WHITE)
    else:
        {"mesas": mesas, "ocean": ocean}[paint](paper, rng(), GREY, WHITE)
    line = (paper.pixels[..., 3] > 0.5).sum(axis=0)
    assert abs(int(line[0]) - int(line[-1])) <= 6


def test_a_panorama_lies_before_the_sky_where_it_covers_it() -> None:
    paper = Panorama()
    paper.lay(np.array([1.0, 0, 0], np.float32), np.ones(paper.pixels.shape[:2], np.float32))
    cube = paper.over(gradient((0, 0, 1), (0, 0, 1), (0, 1, 0)))
    look = directions(cube.shape[1])
    around = np.abs(look[..., 2]) < 0.05
    assert cube[around][:, 0].min() > 0.99
    assert cube[look[..., 2] > 0.99][:, 2].min() > 0.99


def test_a_vista_is_painted_once_and_another_seed_paints_another() -> None:
    hour = HOURS["noon"]
    one = vista("hills", hour, (0.5, 0.5, -0.7), 0)
    assert one is vista("hills", hour, (0.5, 0.5, -0.7), 0)
    other = vista("hills", hour, (0.5, 0.5, -0.7), 1)
    assert not np.array_equal(one.levels[0], other.levels[0])
