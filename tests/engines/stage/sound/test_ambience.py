"""Every place has its air, at its level, at its hour; the same seed gives the same, and no loop."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.sound.air.craft import Scene, poisson_s, ring, scattered
from flow_nb.engines.stage.sound.air.makers import MAKERS
from flow_nb.engines.stage.sound.air.table import places
from flow_nb.engines.stage.sound.ambience import ambience, heard
from flow_nb.engines.stage.sound.loudness import loudness_lufs
from flow_nb.plan.base import Origin
from flow_nb.plan.bodies import Body
from flow_nb.plan.look import Air, Light, SetDesign
from flow_nb.props.archetypes import sets
from tests.engines.stage.sound.motions import plan_of

SECOND = 48_000
STILL = ("moon", "space")


def place(kind, *, bodies=(), words="", wind=0.0, **light):
    changes = {
        "set": SetDesign(kind=kind, origin=Origin(words=words)),
        "light": Light(**light),
        "air": Air(wind_m_s=wind),
        "bodies": tuple(Body(name=b, noun=b, prop=b, material="wood") for b in bodies),
    }
    return plan_of([], kind=kind).model_copy(update=changes)


def sounds(plan):
    return {one.sound: one.lufs for one in heard(plan)}


def air(plan, seconds=2.0, seed=1):
    return ambience(plan, round(seconds * SECOND), np.random.default_rng(seed))


def made(name, seconds=3.0, seed=2, wind=12.0):
    scene = Scene(count=round(seconds * SECOND), rng=np.random.default_rng(seed), wind_m_s=wind)
    return MAKERS[name](scene)


def share(sound, low_hz, high_hz):
    """Which part of the power lies between two frequencies."""
    power = np.abs(np.fft.rfft(sound.mean(axis=0))) ** 2
    hertz = np.fft.rfftfreq(sound.shape[1], 1 / SECOND)
    return power[(hertz >= low_hz) & (hertz < high_hz)].sum() / power[hertz > 25].sum()


def test_every_set_has_a_row_and_every_row_is_a_set_or_a_variant_of_one() -> None:
    rows = places()
    assert set(sets()) <= set(rows)
    assert all(rows[name].of in sets() for name in set(rows) - set(sets()))


def test_every_name_in_the_table_is_a_maker_and_every_maker_is_heard_somewhere() -> None:
    named = {layer.sound for row in places().values() for layer in row.layers}
    named |= {f"rain on {row.rain}" for row in places().values() if row.rain}
    assert named <= set(MAKERS)
    assert set(MAKERS) - named == {"wind", "thunder", "fire", "rain on umbrella"}


@pytest.mark.parametrize("name", list(MAKERS))
def test_every_maker_makes_the_same_stereo_of_the_right_length_without_a_step(name) -> None:
    one = made(name, seconds=1.0)
    assert one.shape == (2, SECOND)
    assert np.isfinite(one).all()
    assert np.array_equal(one, made(name, seconds=1.0))


@pytest.mark.parametrize("kind", sorted(sets()))
def test_every_place_lies_well_under_dialogue(kind) -> None:
    sound = air(place(kind))
    if kind in STILL:
        assert not sound.any()
    else:
        assert -60 < loudness_lufs(sound) < -29
        assert np.abs(sound).max() < 0.3


def test_birds_sing_by_day_and_crickets_chirp_by_night() -> None:
    day, night = (sounds(place("forest", time_of_day=t)) for t in ("noon", "night"))
    assert "birds" in day
    assert "crickets" not in day
    assert "crickets" in night
    assert "birds" not in night
    assert "birds" not in sounds(place("forest", time_of_day="noon", weather="rain"))


@pytest.mark.parametrize(
    ("kind", "surface"),
    [("forest", "leaves"), ("street", "asphalt"), ("kitchen", "glass"), ("sea", "water")],
)
def test_rain_falls_on_what_is_there(kind, surface) -> None:
    assert f"rain on {surface}" in sounds(place(kind, weather="rain"))


def test_rain_is_heard_on_the_umbrella_above_all() -> None:
    found = sounds(place("street", weather="rain", bodies=["umbrella"]))
    assert found["rain on umbrella"] > found["rain on asphalt"]


def test_a_storm_thunders_outdoors_and_dully_indoors() -> None:
    out, room = sounds(place("park", weather="storm")), sounds(place("kitchen", weather="storm"))
    assert out["thunder"] > room["thunder"] + 8
    assert out["wind"] > -35


def test_the_wind_of_the_plan_is_heard_the_louder_the_stronger() -> None:
    levels = [loudness_lufs(air(place("desert", wind=speed))) for speed in (3.0, 8.0, 20.0)]
    assert levels[0] + 6 < levels[1] < levels[2] - 6


def test_the_word_of_the_text_chooses_the_bar_and_the_river() -> None:
    assert "hubbub" in sounds(place("cafe", words="in a smoky bar"))
    assert "murmur" in sounds(place("cafe", words="café"))
    assert "brook" in sounds(place("sea", words="river"))


def test_a_campfire_crackles_and_a_vacuum_does_not() -> None:
    assert "fire" in sounds(place("forest", bodies=["campfire"]))
    void = place("studio").model_copy(update={"air": Air(medium="vacuum")})
    assert not air(void).any()


def test_another_seed_is_another_air_and_no_second_is_like_another() -> None:
    one = air(place("street"), 3.0)
    assert not np.array_equal(one, air(place("street"), 3.0, seed=2))
    first, second = one[:SECOND, 0], one[SECOND : 2 * SECOND, 0]
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.2


def test_each_air_has_its_own_place_in_the_spectrum() -> None:
    assert share(made("birds"), 2_000, 7_000) > 0.9
    assert share(made("crickets"), 2_800, 5_500) > 0.9
    assert share(made("murmur"), 150, 3_500) > 0.8
    assert share(made("thunder"), 25, 500) > 0.8
    assert share(made("rain on roof"), 25, 900) > 0.8
    assert share(made("rain on asphalt"), 1_000, 16_000) > 0.7
    assert share(made("depths"), 25, 600) > 0.9


def test_talk_has_the_rhythm_of_syllables() -> None:
    level = np.abs(made("few voices", seconds=6.0).mean(axis=0))
    steps = level.reshape(-1, 480).mean(axis=1)
    rhythm = np.abs(np.fft.rfft(steps - steps.mean())) ** 2
    hertz = np.fft.rfftfreq(len(steps), 0.01)
    assert rhythm[(hertz > 1) & (hertz < 9)].sum() > 3 * rhythm[(hertz > 12) & (hertz < 40)].sum()


def test_grains_laid_one_by_one_and_folded_in_are_the_same() -> None:
    grain = [ring(800.0, 0.01)]

    def laid(few):
        scene = Scene(count=SECOND, rng=np.random.default_rng(4))
        return scattered(scene, grain, poisson_s(scene, few), 1.0, 0.3)

    alone, many = laid(900), laid(1_300)
    ratio = (many**2).mean() / (alone**2).mean()
    assert ratio == pytest.approx(1_300 / 900, rel=0.35)


@pytest.mark.parametrize("count", [1, 480, 20_000])
def test_the_shortest_shots_have_air_too(count) -> None:
    for kind in ("street", "forest", "cafe", "beach", "theatre"):
        plan = place(kind, weather="storm", time_of_day="night")
        assert ambience(plan, count, np.random.default_rng(1)).shape == (count, 2)
