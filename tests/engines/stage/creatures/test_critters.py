"""Frogs, spiders, fish and wings: by formula, no solver and no renderer."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.creatures.cast import creatures
from flow_nb.engines.stage.creatures.crawling import transforms
from flow_nb.engines.stage.creatures.critters import critters
from flow_nb.engines.stage.creatures.feet import feet_of
from flow_nb.engines.stage.creatures.jointed import Jointed, lower, sides
from flow_nb.engines.stage.creatures.postures import postures
from flow_nb.engines.stage.creatures.turns import placed
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import Action, Body
from flow_nb.props.archetypes import archetypes
from tests.engines.stage.figures.people import people_motion, people_plan

TIMES = np.arange(0, 1.0, 1 / 12)


def moved(name: str, speed_m_s: float = 0.0, *, flies: bool = False) -> list[np.ndarray]:
    """Every vertex of a critter in every frame."""
    body = Body(name=name, noun=name, prop=name, material=archetypes()[name].material)
    does = (Action(verb="fly", body=name, start_s=0.0),) if flies else ()
    plan = people_plan(body, actions=does)
    parts = creatures(plan, people_motion(plan, speed_m_s=speed_m_s), TIMES, 180)
    return [
        np.concatenate([part.shape.at(frame).vertices for part in parts])  # type: ignore[union-attr]
        for frame in range(len(TIMES))
    ]


def test_every_limb_of_a_table_is_a_piece_and_every_piece_knows_how_it_moves():
    for kind in critters().values():
        frame = Jointed(critter=kind, prop=kind.props[0], scale=1.0)
        known = set(sides("head")) if kind.head_m else set()
        known |= set(sides("jaw")) if kind.jaw_m else set()
        for name in (*kind.wings, *kind.sways, *kind.legs):
            assert set(sides(name)) & frame.limbs, (kind.name, name)
            known |= set(sides(name))
        for leg in frame.legs:
            known |= {lower(leg, "low"), lower(leg, "foot")}
            if kind.legs[leg.rpartition("-")[0]].knee_m:
                assert lower(leg, "low") in frame.limbs
        assert frame.limbs <= known, kind.name


@pytest.mark.parametrize("name", ["spider", "crab", "turtle"])
def test_what_creeps_keeps_its_feet_on_the_ground_and_its_back_above_them(name):
    frames = moved(name, 0.12)
    size = float(np.ptp(frames[0], axis=0).max())
    for points in frames:
        assert -0.012 * size < points[:, 2].min() < 0.012 * size
    assert not np.allclose(frames[0] - frames[0][0], frames[5] - frames[5][0], atol=0.02 * size)


def test_a_snake_goes_along_its_own_track():
    body = Body(name="snake", noun="snake", prop="snake", material="clay")
    plan = people_plan(body)
    motion = people_motion(plan, speed_m_s=0.3)
    frame = Jointed(critter=critters()["snake"], prop="snake", scale=1.0)
    bones = transforms(frame, motion, 0, TIMES, postures(plan, "snake", TIMES), seed=1, swims=False)
    spine = np.stack([frame.spine_m, frame.course_m, 0 * frame.spine_m], axis=1)
    first = frame.bones.index("spine-0")
    early, late = (
        np.stack([placed(bones[t, first + i][None], at)[0] for i, at in enumerate(spine)])
        for t in (2, 9)
    )
    track = np.interp(early[4:9, 0], late[::-1, 0], late[::-1, 1])
    assert np.ptp(early[4:9, 1]) > 0.05
    assert np.abs(early[4:9, 1] - track).max() < 0.025


def test_a_fish_beats_its_tail_and_keeps_its_head_straight():
    frames = np.stack(moved("fish"))
    x = frames[0][:, 0]
    sway = np.ptp(frames[..., 1], axis=0)
    assert sway[x < -0.17].mean() > 0.03
    assert sway[x > 0.11].mean() < 0.004


def test_a_butterfly_beats_its_wings_in_the_air_more_than_on_a_flower():
    still, air = (np.stack(moved("butterfly", flies=flies)) for flies in (False, True))
    assert np.ptp(air[..., 2], axis=0).max() > 2 * np.ptp(still[..., 2], axis=0).max()


def test_a_foot_that_carries_stands_still():
    body = Body(name="spider", noun="spider", prop="spider", material="felt")
    plan = people_plan(body)
    gone = feet_of(plan, body, people_motion(plan, speed_m_s=0.1))
    assert gone is not None
    assert gone.soles_m.shape[1] == 8
    step = np.linalg.norm(np.diff(gone.soles_m, axis=0), axis=2)
    carries = (gone.swing[1:] == 0) & (gone.swing[:-1] == 0)
    assert step[carries].max() * POSE_RATE_HZ < 0.01
