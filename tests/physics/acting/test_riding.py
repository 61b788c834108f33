"""Who sits, lies, types and rides where."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.director.grammar import Grammar
from flow_nb.physics.blocking import Blocking
from flow_nb.physics.liquids.swim import bulk_m3
from flow_nb.physics.solve import solve
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot


def _plan(text: str) -> Plan:
    plan = Grammar().read(make_shot("riding", text))
    return plan.model_copy(update={"duration_s": 1.0})


def _way(motion: Motion, name: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return motion.positions_m[:, motion.index(name)].astype(np.float64)


def test_a_rider_sits_on_the_back_and_goes_where_the_horse_goes() -> None:
    motion = solve(_plan("A woman rides a horse."))
    pelvis, horse = _way(motion, "woman/pelvis"), _way(motion, "horse")
    away = pelvis - horse
    assert np.ptp(horse[:, 0]) > 0.3, "the horse goes"
    assert (np.hypot(away[:, 0], away[:, 1]) < 0.25).all()
    assert ((away[:, 2] > 1.45) & (away[:, 2] < 1.75)).all()


def test_who_lies_in_bed_has_the_head_on_the_pillows() -> None:
    motion = solve(_plan("An old man lies in bed."))
    assert (_way(motion, "old-man/head")[:, 0] < _way(motion, "bed")[:, 0] - 0.4).all()


def test_a_laptop_that_is_typed_on_stays_on_its_desk() -> None:
    motion = solve(_plan("A man types at a desk with a laptop."))
    assert np.ptp(_way(motion, "laptop"), axis=0) == pytest.approx([0, 0, 0], abs=0.02)
    assert (_way(motion, "laptop")[:, 2] > 0.6).all()


def test_a_bird_on_a_log_stands_on_its_bark() -> None:
    stands = {s.body.name: s for s in Blocking(_plan("A parrot sits on a branch.")).stands}
    x, y, z = stands["parrot"].foot_m
    assert (x, y) == stands["branch"].foot_m[:2]
    assert z == pytest.approx(0.24, abs=0.01)


def test_a_rubber_duck_begins_afloat_and_is_carried() -> None:
    stands = {s.body.name: s for s in Blocking(_plan("A rubber duck floats in a bathtub.")).stands}
    duck = stands["rubber-duck"]
    assert 0.4 < duck.foot_m[2] < 0.6
    assert 1000 * bulk_m3(duck) > 1.5 * duck.mass_kg


def test_a_kite_is_in_the_air_on_a_line_from_the_hand() -> None:
    motion = solve(_plan("A girl in a yellow raincoat flies a kite on the beach."))
    hand, head = (_way(motion, f"girl/{bone}") for bone in ("hand-right", "head"))
    line = motion.strands["kite/line"].points_m
    assert (_way(motion, "kite")[:, 2] > head[:, 2].max()).all()
    assert (np.linalg.norm(line[:, 0] - hand[::4][: len(line)], axis=1) < 0.12).all()
    assert (line[:, -1, 2] > line[:, 0, 2] + 0.5).all()
