"""What a text tells without saying it, read as a whole."""

from __future__ import annotations

import pytest

from flow_nb.director.grammar import Grammar
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot


def read(text: str) -> Plan:
    return Grammar().read(make_shot("implied", text))


def where(plan: Plan, name: str) -> tuple[str, str]:
    place = next(p for p in plan.placements if p.body == name)
    return place.relation, place.anchor


def test_the_lid_of_a_chest_is_the_chest_itself() -> None:
    plan = read("The lid of a treasure chest opens.")
    assert [body.name for body in plan.bodies] == ["treasure-chest"]
    assert [(a.verb, a.body) for a in plan.actions] == [("open", "treasure-chest")]


def test_what_spills_across_a_table_stood_on_it() -> None:
    plan = read("A cup of coffee is knocked over and spills across the table.")
    assert where(plan, "cup") == ("on", "table")


@pytest.mark.parametrize(
    "text",
    [
        "A tablecloth is pulled away from under a plate and a cup.",
        "A magician pulls the tablecloth from under a plate and a glass.",
    ],
)
def test_dishes_stand_on_the_cloth_that_is_pulled_from_under_them_and_it_on_a_table(
    text: str,
) -> None:
    plan = read(text)
    assert where(plan, "tablecloth") == ("on", "table")
    assert where(plan, "plate") == ("on", "tablecloth")
    assert [a.verb for a in plan.actions if a.body == "tablecloth"] == ["pull"]


def test_what_sinks_beside_one_bowl_of_water_goes_into_it_and_fits() -> None:
    plan = read("A stone sinks and an apple floats in a glass bowl of water.")
    stone, bowl = plan.body("stone"), plan.body("bowl")
    assert where(plan, "stone") == ("above", "bowl")
    assert where(plan, "apple") == ("in", "bowl")
    assert stone.scale < 0.4 < bowl.scale


def test_a_stone_of_a_told_size_keeps_it() -> None:
    small = read("A stone splashes into a bucket of water.").body("stone")
    large = read("A huge stone splashes into a bucket of water.").body("stone")
    assert small.scale < 0.5 < large.scale


def test_who_pours_a_drink_stands_at_a_table() -> None:
    plan = read("A woman pours water from a jug into a glass.")
    assert where(plan, "jug") == ("on", "table")
    assert where(plan, "glass") == ("on", "table")


def test_a_boat_on_a_lake_is_on_water_and_a_bench_by_it_in_a_park() -> None:
    assert read("A toy boat floats on the lake.").set.kind == "sea"
    assert read("A man sits on a bench by the lake.").set.kind == "park"


def test_what_flies_overhead_does_not_take_the_camera_along() -> None:
    assert read("A train passes and a plane flies overhead.").camera.angle == "eye level"
    assert read("A train passes, overhead shot.").camera.angle == "overhead"


def test_what_is_brought_to_a_table_is_not_on_it_yet() -> None:
    plan = read("A man picks up a suitcase and carries it to a table.")
    assert where(plan, "suitcase") == ("on", "set")


def test_a_flag_keeps_its_pole() -> None:
    assert read("A red flag flutters in a strong wind.").body("flag").fixed


def test_who_looks_from_a_place_at_another_is_in_the_first() -> None:
    plan = read("A woman watches the city from a rooftop.")
    assert plan.set.kind == "rooftop"
    assert not plan.gaps


def test_who_types_at_a_desk_sits_on_a_chair_behind_it() -> None:
    plan = read("A man types at a desk with a laptop.")
    assert where(plan, "laptop") == ("on", "desk")
    assert where(plan, "chair") == ("behind", "desk")
    assert where(plan, "man") == ("on", "chair")
