"""Trampolines, coil springs and soft things throw back what they should."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.physics.mechanisms.give import BED, give_of
from flow_nb.physics.solve import solve
from flow_nb.plan.plan import Action, Placement
from tests.physics.conftest import body, first, plan


def on_trampoline(prop: str) -> list[float]:
    motion = solve(
        plan(
            [body("trampoline"), body(prop)],
            [Action(verb="drop", body=prop, target="trampoline")],
            duration_s=3,
        )
    )
    bed = motion.surfaces["trampoline"]
    assert bed.vertices_m.shape[0] == 181
    assert bed.vertices_m[..., 2].min() < 0.53
    return [e.speed_m_s for e in motion.events if e.kind == "impact"]


def test_a_trampoline_gives_back_about_seven_eighths_of_the_speed() -> None:
    speeds = on_trampoline("ball")
    ratios = np.array(speeds[1:3]) / np.array(speeds[:2])
    np.testing.assert_allclose(ratios, np.exp(-np.pi * BED.damping_ratio), atol=0.03)


def test_a_heavy_ball_sinks_as_deep_as_its_weight_asks() -> None:
    stiff, _ = BED.solref(5.0)
    assert stiff == pytest.approx(-BED.stiffness_n_m / 5.0)


def test_a_pillow_swallows_the_blow() -> None:
    motion = solve(
        plan(
            [body("pillow"), body("bowling-ball")],
            [Action(verb="drop", body="bowling-ball", target="pillow")],
            duration_s=2,
        )
    )
    speeds = [e.speed_m_s for e in motion.events if e.kind == "impact"]
    assert speeds[0] == pytest.approx(4.4, abs=0.1)
    assert all(speed < 0.4 * speeds[0] for speed in speeds[1:])
    skin = motion.surfaces["pillow"]
    assert not skin.sheet
    rest, pressed = skin.vertices_m[0], skin.vertices_m[round(1.0 * 60)]
    assert np.linalg.norm(pressed - rest, axis=1).max() > 0.03


def test_softer_things_are_softer() -> None:
    assert give_of("jelly").stiffness_n_m < give_of("mattress").stiffness_n_m


def test_a_squashed_spring_throws_what_stands_on_it() -> None:
    motion = solve(
        plan(
            [body("spring"), body("ball")],
            [Action(verb="squash", body="spring")],
            [Placement(body="ball", relation="on", anchor="spring")],
            duration_s=3,
        )
    )
    height = motion.positions_m[:, motion.index("ball"), 2]
    assert height[0] == pytest.approx(0.30, abs=0.005)
    assert height.max() > 0.6
    wire = motion.strands["spring"].points_m
    assert np.ptp(wire[0, :, 2]) > 1.7 * np.ptp(wire[round(1.5 * 60), :, 2])
    assert first(motion, "release").text == "The spring is let go"
