from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.figures.hats import HATS
from flow_nb.engines.stage.figures.moods import mood
from flow_nb.engines.stage.figures.pose import blinks, transforms
from flow_nb.engines.stage.figures.puppet import puppet
from flow_nb.engines.stage.figures.wardrobe import outfit, rows
from flow_nb.engines.stage.looks import srgb
from tests.engines.stage.figures.people import people_motion, people_plan, person

ROUGH = 2.4


def made(noun="woman", age="adult", feeling="", colour=None, scale=1.0, seed=1):
    return puppet(noun, age, feeling, colour, scale, seed, ROUGH)


def test_the_same_words_and_seed_make_the_same_puppet():
    first = made()
    puppet.cache_clear()
    again = made()
    assert [part.look for part in first.parts] == [part.look for part in again.parts]
    for one, other in zip(first.parts, again.parts, strict=True):
        assert (one.vertices == other.vertices).all()


def test_another_seed_makes_another_person():
    looks = {tuple(part.look for part in made(seed=seed).parts) for seed in range(6)}
    assert len(looks) >= 5


@pytest.mark.parametrize(("age", "tall"), [("child", 1.15), ("adult", 1.75), ("old", 1.66)])
def test_a_puppet_is_as_tall_as_its_skeleton_and_stands_on_the_floor(age, tall):
    points = np.concatenate([part.vertices for part in made("man", age, seed=5).parts])
    assert points[:, 2].min() == pytest.approx(0.0, abs=0.012)
    assert tall * 0.97 < points[:, 2].max() < tall * 1.16


def test_the_colour_of_a_body_dyes_its_clothes():
    assert srgb("#3366cc") in [part.look.colour for part in made(colour="#3366cc").parts]


def test_every_vertex_follows_bones_that_there_are():
    puppet_ = made("king")
    for part in puppet_.parts:
        assert part.weights.sum(1) == pytest.approx(1.0, abs=1e-4)
        assert part.used.max() < len(puppet_.bones)


@pytest.mark.parametrize(("noun", "name"), [
    ("chef", "cook"), ("old king", "royal"), ("astronaut", "space"), ("fire fighter", "fire"),
    ("police officer", "police"), ("knights", "knight"),
])  # fmt: skip
def test_the_wardrobe_knows_a_noun(noun, name):
    assert outfit(noun, "adult", None, np.random.default_rng(0)).row.name == name


def test_every_outfit_can_be_worn():
    hats = {row.hat for row in rows()} - {""}
    assert hats <= HATS.keys()
    noun = {row.hat: row.nouns[0] for row in rows() if row.nouns and row.hat}
    for word in noun.values():
        assert len(made(word).parts) > 8


def test_the_old_have_grey_hair():
    worn = outfit("man", "old", None, np.random.default_rng(1))
    red, green, blue = srgb(worn.hair_colour)
    assert max(red, green, blue) - min(red, green, blue) < 0.08


def test_moods_are_read_from_their_words():
    assert mood("very happy").smile > 0.5
    assert mood("she is furious").worried < 0
    assert mood("no such feeling") == mood("")


def test_a_figure_blinks_now_and_then_and_not_all_the_time():
    times = np.arange(240) / 24
    shut = blinks(times, np.random.default_rng(2))
    assert shut.max() > 0.8
    assert 0.01 < (shut > 0.3).mean() < 0.15


def test_vertices_go_where_their_bones_go():
    plan = people_plan(person())
    motion = people_motion(plan, speed_m_s=2.0)
    bones = transforms(made(), motion, "ann", np.array([0.0, 0.5]), seed=1)
    assert bones[0, 0, :, :3] == pytest.approx(np.eye(3), abs=1e-6)
    assert bones[1, :, 0, 3] - bones[0, :, 0, 3] == pytest.approx(1.0, abs=0.02)
