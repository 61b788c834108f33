import numpy as np
import pytest

from flow_nb.director.grammar import Grammar
from flow_nb.engines.stage.atmosphere import sandy, soaked
from flow_nb.engines.stage.flicker import NEON_DIM, share
from flow_nb.engines.stage.picture import Look
from flow_nb.engines.stage.scene import BURNING
from flow_nb.engines.stage.weather import SAND, weather
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot

TIMES = np.arange(96) / 24


def read(text: str) -> Plan:
    return Grammar().read(make_shot("air", text))


def test_a_fire_wavers_about_its_strength_and_no_two_alike() -> None:
    one, other = ([share("fire", seed, t) for t in TIMES] for seed in (1, 2))
    assert np.mean(one) == pytest.approx(1.0, abs=0.1)
    assert 0.1 < np.std(one) < 0.5
    assert min(one) > 0.2
    assert not np.allclose(one, other)


def test_a_tube_near_its_end_goes_out_now_and_then() -> None:
    shares = np.array([share("neon", 0, t) for t in TIMES])
    assert set(shares) == {NEON_DIM, 1.0}
    assert 0.02 < np.mean(shares < 1) < 0.4


def test_a_candle_and_a_campfire_burn() -> None:
    assert {"candle", "campfire"} == BURNING


def test_a_storm_in_the_desert_blows_sand_and_elsewhere_it_rains() -> None:
    desert = read("A man walks through a sandstorm in the desert.")
    assert sandy(desert.light, desert.set.kind)
    (sand,) = weather(desert, TIMES)
    assert sand.look == SAND
    one, later = (sand.shape.at(frame).vertices.mean(0) for frame in (0, 1))
    assert abs(later[2] - one[2]) < 0.1
    street = read("A man walks down the street in a storm.")
    assert not sandy(street.light, street.set.kind)


def test_rain_stands_on_asphalt_and_nothing_else() -> None:
    rain, clear = (read(f"A man walks down the street{how}.").light for how in (" in the rain", ""))
    asphalt, brick = Look(texture="asphalt"), Look(texture="brick")
    assert soaked(asphalt, rain).texture == "wet asphalt"
    assert soaked(asphalt, clear) == asphalt
    assert soaked(brick, rain) == brick
