from __future__ import annotations

import pytest

from flow_nb.engines.base import Order
from flow_nb.engines.stage import engine as stage_engine
from flow_nb.engines.stage.engine import Stage
from flow_nb.errors import EngineError
from flow_nb.plan.plan import Line
from tests.engines.stage.shots import glass_motion, glass_plan


def order(tier: str = "sketch", **plan: object) -> Order:
    shot = glass_plan(**plan)
    return Order(plan=shot, motion=glass_motion(shot), tier=tier, seed=0)


def test_it_is_free_and_says_its_format(tmp_path):
    quote = Stage(tmp_path).quote(order("fast"))
    assert quote.credits == 0
    assert (quote.format.width, quote.format.height, quote.format.fps) == (1280, 720, 24)
    assert quote.frames == 48
    assert quote.cannot_keep == ()


def test_without_the_extra_it_says_that_nobody_speaks(tmp_path, monkeypatch):
    monkeypatch.setattr(stage_engine, "installed", lambda: False)
    silent = order()
    talking = silent.plan.model_copy(update={"lines": (Line(speaker="MARA", text="Oh."),)})
    quote = Stage(tmp_path).quote(Order(plan=talking, motion=silent.motion, tier="sketch", seed=0))
    assert "pip install" in quote.cannot_keep[0]


def test_an_unknown_tier_is_refused_with_the_nearest_name(tmp_path):
    with pytest.raises(EngineError, match='Did you mean "fast"'):
        Stage(tmp_path).quote(order("fats"))
