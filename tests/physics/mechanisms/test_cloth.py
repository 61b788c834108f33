"""Cloth keeps its size, hangs from its pins and is pulled away."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.physics.mechanisms.breeze import Breeze
from flow_nb.physics.solve import solve
from flow_nb.plan.forms import Surface
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Action, Air, Placement
from tests.physics.conftest import body, plan

LAID = [
    Placement(body=name, relation="on", anchor="table")
    for name in ("tablecloth", "bottle", "plate")
]


def stretch(surface: Surface) -> float:
    """Longest edge over its rest length, over the whole shot."""
    edges = surface.faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    a, b = edges.T
    rest = np.linalg.norm(surface.cloth_m[a] - surface.cloth_m[b], axis=1)
    now = np.linalg.norm(surface.vertices_m[:, a] - surface.vertices_m[:, b], axis=2)
    return float(np.percentile(now / rest, 99))


def table_set(**pull: object) -> Motion:
    return solve(
        plan(
            [body("table"), body("tablecloth"), body("bottle"), body("plate")],
            [Action(verb="pull", body="tablecloth", **pull)],
            LAID,
            duration_s=1.5,
        )
    )


def test_a_flag_streams_down_the_wind_and_keeps_its_size() -> None:
    motion = solve(plan([body("flag")], [], air=Air(wind_m_s=8, wind_from="right"), duration_s=1))
    flag = motion.surfaces["flag"]
    assert flag.vertices_m.shape[0] == 61
    assert flag.vertices_m[-1, :, 0].min() < -0.8
    assert np.ptp(flag.vertices_m[:, -1], axis=0).max() > 0.03
    assert stretch(flag) < 1.12


def test_a_curtain_is_drawn_aside_on_its_rail() -> None:
    motion = solve(plan([body("curtain")], [Action(verb="open", body="curtain")], duration_s=3))
    cloth = motion.surfaces["curtain"].vertices_m
    assert np.ptp(cloth[0, :, 0]) > 1.2
    assert np.ptp(cloth[-1, :, 0]) < 0.8
    assert cloth[..., 2].max() == pytest.approx(2.10, abs=0.03)


def test_a_tablecloth_pulled_fast_leaves_the_table_laid() -> None:
    motion = table_set()
    for name in ("bottle", "plate"):
        track = motion.positions_m[:, motion.index(name)]
        assert np.abs(track[-1] - track[0]).max() < 0.1
    assert motion.surfaces["tablecloth"].vertices_m[-1, :, 0].min() > 0.6


def test_a_tablecloth_pulled_slowly_takes_along_what_stands_on_it() -> None:
    motion = table_set(manner="slowly")
    track = motion.positions_m[:, motion.index("plate")]
    assert track[-1, 0] - track[0, 0] > 0.1


def test_a_towel_falls_and_lies_over_what_is_below() -> None:
    motion = solve(
        plan(
            [body("ball", scale=2.0), body("towel")],
            [Action(verb="fall", body="towel", target="ball")],
            duration_s=2,
        )
    )
    cloth = motion.surfaces["towel"].vertices_m[-1]
    assert cloth[:, 2].max() > 0.2
    assert cloth[:, 2].min() < 0.12
    assert cloth[:, 2].min() > -0.01


def test_a_towel_that_falls_a_metre_lies_on_the_seat_of_a_chair_on_the_floor() -> None:
    motion = solve(
        plan(
            [body("towel"), body("chair")],
            [Action(verb="fall", body="towel", target="chair")],
            [Placement(body="towel", relation="above"), Placement(body="chair", relation="on")],
            duration_s=1.6,
        )
    )
    assert motion.surfaces["towel"].vertices_m[-1, :, 2].mean() > 0.4


def test_air_pushes_a_sheet_by_its_area_and_the_square_of_the_wind() -> None:
    faces = np.array([[0, 1, 2], [0, 2, 3]])
    square = np.array([[0, 0, 0], [0, 1, 0], [0, 1, 1], [0, 0, 1.0]])
    still = np.zeros((4, 3))
    forces = [
        Breeze(faces, 4, np.zeros(3), 1.2).force_n(square, still - [v, 0, 0], 0.0).sum(0)[0]
        for v in (2.0, 4.0)
    ]
    assert forces[0] == pytest.approx(0.5 * 1.2 * (1.1 + 0.02) * 4, rel=1e-6)
    assert forces[1] == pytest.approx(4 * forces[0])


def test_the_same_cloth_moves_the_same_way_twice() -> None:
    flag = plan([body("flag")], [], air=Air(wind_m_s=6), duration_s=1)
    assert solve(flag).to_bytes() == solve(flag).to_bytes()
