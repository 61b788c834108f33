"""How sets answer: by their size and by what they are made of."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.sound.ear import FRONT
from flow_nb.engines.stage.sound.grains import grains
from flow_nb.engines.stage.sound.rooms import absorption, answers, ground_of, room_of
from flow_nb.engines.stage.sound.space import early, response, tail
from flow_nb.plan.look import Light
from flow_nb.props.archetypes import sets
from flow_nb.props.materials import materials
from tests.engines.stage.sound.motions import plan_of

LISTENER = np.array([0.0, -3.0, 1.2])


def room(kind):
    return room_of(sets()[kind], LISTENER)


def t30_s(wave):
    """Schroeder's backward integral, from -5 to -35 dB, to 60 dB."""
    left = np.cumsum(wave[::-1] ** 2)[::-1]
    level = 10 * np.log10(left / left[0] + 1e-12)
    a, b = np.argmax(level < -5), np.argmax(level < -35)
    return 2 * (b - a) / 48_000


def test_every_set_says_how_it_answers_with_what_the_tables_know() -> None:
    assert answers().keys() == sets().keys()
    for row in answers().values():
        assert {row.walls, row.ceiling} <= absorption().keys()
        assert row.ground is None or row.ground in materials()
        assert row.litter is None or row.litter in grains()
    for alpha in absorption().values():
        assert alpha.shape == (6,)
        assert ((alpha >= 0) & (alpha <= 1)).all()


def test_tiles_ring_longer_than_a_bedroom_and_a_theatre_longer_still() -> None:
    seconds = {kind: float(room(kind).tail_s[2:4].mean()) for kind in sets()}
    assert seconds["bedroom"] < seconds["living-room"] < seconds["kitchen"] < seconds["bathroom"]
    assert 0.15 < seconds["bedroom"] < 0.6
    assert 0.5 < seconds["bathroom"] < 3.0
    assert seconds["theatre"] > 1.6 * seconds["bedroom"]


def test_a_carpet_takes_the_treble_first() -> None:
    assert room("bedroom").tail_s[5] < room("bedroom").tail_s[0]


@pytest.mark.parametrize("kind", ["kitchen", "bathroom", "classroom"])
def test_the_tail_dies_away_in_the_time_that_eyring_gives(kind) -> None:
    space = room(kind)
    wave = tail(space, np.random.default_rng(3))[:, 0]
    assert t30_s(wave) == pytest.approx(float(space.tail_s[2:5].mean()), rel=0.4)


@pytest.mark.parametrize("kind", list(sets()))
def test_every_response_is_finite_and_begins_after_the_direct_sound(kind) -> None:
    clap = response(
        sets()[kind],
        source_m=np.array([0.5, 0.5, 0.3]),
        ear=FRONT,
        rng=np.random.default_rng(1),
    )
    assert np.isfinite(clap).all()
    assert np.abs(clap[:20]).max() < 1e-3
    assert 0 < np.sqrt((clap**2).sum()) < 3


def test_a_hard_wall_sends_more_back_than_a_soft_one() -> None:
    source = np.array([0.0, 0.0, 1.2])
    energy = {
        kind: float((early(room(kind), source_m=source, ear=FRONT) ** 2).sum())
        for kind in ("bathroom", "studio", "desert")
    }
    assert energy["bathroom"] > 2 * energy["studio"]
    assert energy["studio"] > energy["desert"]


def test_the_ground_is_that_of_the_place_and_of_the_weather() -> None:
    beach = plan_of([], kind="beach")
    assert ground_of(beach, "concrete") == ("sand", None)
    assert ground_of(plan_of([], kind="forest"), "concrete") == ("soil", "leaves")
    street = plan_of([], kind="street")
    snowy = street.model_copy(update={"light": Light(weather="snow")})
    rainy = street.model_copy(update={"light": Light(weather="rain")})
    assert ground_of(street, "asphalt") == ("asphalt", None)
    assert ground_of(snowy, "asphalt") == ("snow", None)
    assert ground_of(rainy, "asphalt") == ("asphalt-wet", "puddle")
