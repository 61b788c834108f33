"""Whole sentences become plans that can be filmed: ends are no beginnings, and every kind goes its own way."""

from __future__ import annotations

import pytest

from flow_nb.director.grammar import Grammar
from flow_nb.physics.solve import solve
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot


def planned(text: str) -> Plan:
    return Grammar().read(make_shot("clause", text))


def marks(plan: Plan) -> set[tuple[str, str, str]]:
    return {(p.body, p.relation, p.anchor) for p in plan.placements}


def deeds(plan: Plan) -> list[tuple[str, str]]:
    return [(a.verb, a.body) for a in plan.actions]


def test_what_stands_beside_something_on_a_table_is_on_that_table_too() -> None:
    found = marks(planned("A glass of water stands next to a candle on a wooden table."))
    assert {
        ("glass", "on", "table"), ("glass", "beside", "candle"), ("candle", "on", "table")
    } <= found  # fmt: skip


def test_the_place_of_a_goal_is_the_goals_own() -> None:
    found = marks(planned("A baby crawls toward a teddy bear on the rug."))
    assert ("teddy-bear", "on", "rug") in found
    assert ("baby", "on", "set") in found


def test_a_lamp_that_hangs_above_a_table_hangs_over_its_middle() -> None:
    plan = planned("A lamp hangs above the table.")
    assert {("lamp", "hanging from", "set"), ("lamp", "above", "table")} <= marks(plan)
    motion = solve(plan)
    at, _ = motion.at(0.0)
    lamp, table = at[motion.index("lamp")], at[motion.index("table")]
    assert abs(lamp[0] - table[0]) < 0.2
    assert lamp[2] > table[2] + 0.4


def test_who_walks_and_sits_begins_elsewhere_and_walks_to_the_bench() -> None:
    plan = planned("A woman walks through the park and sits on a bench.")
    assert ("woman", "on", "bench") not in marks(plan)
    walk, sit = plan.actions
    assert (walk.verb, walk.target, walk.how) == ("walk", "bench", "to")
    assert (sit.verb, sit.target) == ("sit", "bench")


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("A cat jumps from the sofa onto the rug.", ("cat", "on", "sofa")),
        ("A magician pulls a rabbit out of a hat.", ("rabbit", "in", "hat")),
        ("An old man sits on a bench.", ("old-man", "on", "bench")),
        ("A boy puts the cup on the table.", ("cup", "held by", "boy")),
        ("A coin spins on a table and falls flat.", ("coin", "on", "table")),
        ("A monkey swings from a rope.", ("rope", "hanging from", "set")),
    ],
)
def test_a_deed_tells_where_it_begins(text: str, mark: tuple[str, str, str]) -> None:
    assert mark in marks(planned(text))


def test_a_coloured_garment_dyes_its_wearer_and_is_no_body() -> None:
    plan = planned("A boy in a red jacket runs to a girl in a blue dress.")
    assert [(b.name, b.prop) for b in plan.bodies] == [("boy", "person"), ("girl", "person")]
    boy, girl = plan.bodies
    assert boy.colour
    assert girl.colour not in (None, boy.colour)
    assert plan.gaps == ()


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("A helicopter crosses the city.", ("fly", "helicopter")),
        ("A plane lands on the beach.", ("lower", "plane")),
        ("A shark circles a boat.", ("swim", "shark")),
        ("A crow crosses the street.", ("fly", "crow")),
        ("A duck crosses the lake.", ("swim", "duck")),
        ("A frog comes to a pond.", ("jump", "frog")),
        ("A submarine dives into the ocean.", ("sink", "submarine")),
        ("A train passes a house.", ("drive", "train")),
        ("Jack throws himself to the floor.", ("fall", "jack")),
        ("A boy dribbles and throws the ball.", ("bounce", "ball")),
        ("A spoon stirs a cup of coffee.", ("spin", "spoon")),
        ("A girl feeds a horse.", ("gesture", "girl")),
        ("A tractor pulls a cart across the field.", ("drive", "tractor")),
        ("Two dogs chase a cat.", ("run", "dog-1")),
    ],
)
def test_each_kind_does_it_in_its_own_way(text: str, deed: tuple[str, str]) -> None:
    assert deed in deeds(planned(text))


def test_wine_spills_from_the_glass_that_tips_over() -> None:
    plan = planned("A wine glass tips over and red wine spills across a white tablecloth.")
    assert {b.prop for b in plan.bodies} == {"wine-glass", "tablecloth"}
    assert ("pour", "wine-glass") in deeds(plan)
    assert plan.body("wine-glass").filled == "wine"


def test_a_landing_ends_the_jump_before_it() -> None:
    (jump,) = planned("A frog jumps and lands on a leaf.").actions
    assert (jump.verb, jump.target, jump.how) == ("jump", "leaf", "onto")


def test_the_roof_of_a_skyscraper_is_a_place_and_no_tower_on_the_stage() -> None:
    plan = planned("A helicopter takes off from the roof of a skyscraper.")
    assert [b.prop for b in plan.bodies] == ["helicopter"]
    assert plan.set.kind == "rooftop"


def test_an_empty_set_is_planned_and_solved() -> None:
    plan = planned("A forest in the fog, slow dolly in.")
    assert plan.bodies == ()
    assert solve(plan).names == ()
