from __future__ import annotations

from fractions import Fraction
from typing import get_args

import numpy as np
import pytest

from flow_nb.engines.stage.hours import HOURS
from flow_nb.engines.stage.scene import stage_picture
from flow_nb.engines.stage.sets.catalogue import stage_set
from flow_nb.engines.stage.tiers import TIERS
from flow_nb.errors import EngineError
from flow_nb.plan.plan import TimeOfDay
from flow_nb.props.archetypes import sets
from tests.engines.stage.shots import glass_motion, glass_plan


def test_every_set_of_the_property_department_is_built():
    for kind in sets():
        assert stage_set(glass_plan(kind=kind)).room.high_m[2] > 2


def test_a_set_that_is_not_built_is_refused_with_the_nearest_name():
    with pytest.raises(EngineError, match='Did you mean "kitchen"'):
        stage_set(glass_plan(kind="kitchens"))


@pytest.mark.parametrize("kind", sets())
def test_nothing_of_a_set_stands_where_the_action_is(kind):
    low, high = np.array([-1.2, -0.8, 0.03]), np.array([1.6, 0.9, 1.5])
    for item in stage_set(glass_plan(kind=kind)).dress(HOURS["noon"]):
        vertices = item.solid.vertices
        inside = (vertices > low) & (vertices < high)
        assert not inside.all(axis=1).any()


@pytest.mark.parametrize("kind", sets())
@pytest.mark.parametrize("time_of_day", get_args(TimeOfDay))
def test_every_set_has_light_at_every_hour(kind, time_of_day):
    light = stage_set(glass_plan(kind=kind)).light(HOURS[time_of_day])
    assert all(np.isfinite(level).all() for level in light.around.levels)
    assert light.around.levels[0].min() >= 0
    assert light.sun_strength + sum(lamp.strength for lamp in light.lamps) > 0.05


def test_a_body_is_there_until_it_breaks_and_its_pieces_from_then_on(tmp_path):
    plan = glass_plan()
    motion = glass_motion(plan)
    picture = stage_picture(plan, motion, TIERS["sketch"], tmp_path)
    breaks = motion.gone_s[1]
    first = int(np.ceil(Fraction(breaks) * 12))
    assert picture.present[:first, 1].all()
    assert not picture.present[first:, 1].any()
    assert not picture.present[:first, 2:].any()
    assert picture.present[first:, 2:].all()
    assert picture.positions_m[5, 1] == pytest.approx(motion.at(5 / 12)[0][1])


def test_the_shapes_that_are_drawn_are_those_that_were_solved(tmp_path):
    plan = glass_plan()
    motion = glass_motion(plan)
    picture = stage_picture(plan, motion, TIERS["sketch"], tmp_path)
    drawn = {item.body for item in picture.items}
    assert drawn == {-1, *range(len(motion.names))}
    shard = next(item for item in picture.items if item.body == 5)
    assert (shard.solid.vertices == motion.fragments[motion.names[5]].vertices).all()
