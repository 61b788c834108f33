"""Where everything stands, by what the text says and by what somebody does with it."""

from __future__ import annotations

import pytest

from flow_nb.director.frame import GROUND, Place
from flow_nb.director.vocabulary import NounRow, VerbRow
from flow_nb.errors import PlanError
from flow_nb.plan.plan import Plan
from tests.director.plotting.readings import PERSON, Told, place

BE = VerbRow(lemma="be", does="rest", state=True)
SIT = VerbRow(lemma="sit", does="sit", done="put down", meets=True)
WEAR = VerbRow(lemma="wear", meets=True, state=True)
HOLD = VerbRow(lemma="hold", does="hold", done="hold", state=True)
HANDLE = VerbRow(lemma="play", does="handle", done="handle")
RIDE = VerbRow(lemma="ride", does="drive", done="drive", lands=False)
FALL = VerbRow(lemma="fall", does="fall", starts="above")
POUR = VerbRow(lemma="pour", does="pour", done="pour", starts="above")
WATER = NounRow(noun="water", kind="liquid", material="water")


def marks(plan: Plan) -> dict[str, tuple[str, str]]:
    return {p.body: (p.relation, p.anchor) for p in plan.placements}


@pytest.mark.parametrize(
    ("way", "relation"),
    [
        ("on", "on"), ("in", "in"), ("under", "under"), ("beside", "beside"), ("behind", "behind"),
        ("in front of", "in front of"), ("left of", "left of"), ("right of", "right of"),
        ("against", "against"), ("above", "above"), ("around", "around"), ("at", "beside"),
    ],
)  # fmt: skip
def test_every_relation_of_a_state_is_a_placement(way: str, relation: str) -> None:
    told = Told("A cup is by a box.")
    cup, box = told.thing("cup"), told.thing("box")
    told.frame("is", BE, agents=(cup,), places=(place(way, box),), state=True)
    assert marks(told.plan())["cup"] == (relation, "box")


def test_between_has_two_anchors() -> None:
    told = Told("A cup is between a box and a vase.")
    cup, box, vase = told.thing("cup"), told.thing("box"), told.thing("vase")
    told.frame(
        "is", BE, agents=(cup,), places=(Place(way="between", thing=box, other=vase),), state=True
    )
    (mark,) = [p for p in told.plan().placements if p.body == "cup"]
    assert (mark.relation, mark.anchor, mark.other) == ("between", "box", "vase")


def test_two_things_cannot_stand_on_each_other() -> None:
    told = Told("A cup is on a box. The box is on the cup.")
    cup, box = told.thing("cup"), told.thing("box")
    told.frame("is", BE, agents=(cup,), places=(place("on", box),), state=True)
    told.frame("is", BE, agents=(box,), places=(place("on", cup),), state=True)
    assert marks(told.plan()) == {"cup": ("on", "box"), "box": ("on", "set")}


def test_who_sits_on_a_chair_is_on_it_from_the_start() -> None:
    told = Told("A woman sits on a chair.")
    woman, chair = told.thing("woman", row=PERSON), told.thing("chair")
    told.frame("sits", SIT, agents=(woman,), places=(place("on", chair),))
    plan = told.plan()
    assert marks(plan)["woman"] == ("on", "chair")
    assert [(a.verb, a.target, a.how) for a in plan.actions] == [("sit", "chair", "on")]


def test_who_sits_down_comes_from_beside_it() -> None:
    told = Told("A woman sits down on a chair.")
    woman, chair = told.thing("woman", row=PERSON), told.thing("chair")
    told.frame("sits down", SIT, lemma="sit down", agents=(woman,), places=(place("on", chair),))
    assert marks(told.plan())["woman"] == ("beside", "chair")


def test_a_hat_is_worn_a_cup_is_held_and_a_piano_is_stood_at() -> None:
    told = Told("A woman wears a hat, holds a cup and plays a piano.")
    woman, hat, cup = told.thing("woman", row=PERSON), told.thing("hat"), told.thing("cup")
    piano = told.thing("piano", size_m=1.5, row=None)
    told.frame("wears", WEAR, agents=(woman,), patients=(hat,), state=True)
    told.frame("holds", HOLD, agents=(woman,), patients=(cup,), state=True)
    told.frame("plays", HANDLE, agents=(woman,), patients=(piano,))
    found = marks(told.plan())
    assert found["hat"] == ("worn by", "woman")
    assert found["cup"] == ("held by", "woman")
    assert found["woman"] == ("beside", "piano")


def test_a_rider_is_on_what_he_rides() -> None:
    told = Told("A woman rides a bicycle.")
    woman, bicycle = told.thing("woman", row=PERSON), told.thing("bicycle")
    told.frame("rides", RIDE, agents=(woman,), patients=(bicycle,))
    plan = told.plan()
    assert marks(plan)["woman"] == ("on", "bicycle")
    assert [(a.verb, a.body, a.agent) for a in plan.actions] == [("drive", "bicycle", "woman")]


def test_water_that_pours_into_a_glass_comes_from_a_jug_above_it() -> None:
    told = Told("Water pours into a glass.")
    water, glass = told.thing("Water", row=WATER, noun="water"), told.thing("glass")
    told.frame("pours", POUR, agents=(water,), places=(place("into", glass),))
    plan = told.plan()
    jug = plan.body("water")
    assert (jug.prop, jug.filled, jug.origin.words) == ("bottle", "water", "Water")
    assert marks(plan)["water"] == ("above", "glass")
    assert [(a.verb, a.body, a.target, a.how) for a in plan.actions] == [
        ("pour", "water", "glass", "into")
    ]
    assert plan.gaps == ()


def test_a_fall_from_two_metres_begins_there_and_one_from_120_is_refused() -> None:
    told = Told("A ball falls from 2 metres onto a table.")
    ball, table = told.thing("ball"), told.thing("table")
    told.frame("falls", FALL, agents=(ball,), places=(place("onto", table),), height_m=2.0)
    (mark,) = [p for p in told.plan().placements if p.body == "ball"]
    assert (mark.relation, mark.anchor, mark.height_m) == ("above", "table", 2.0)
    told.frames[0] = told.frames[0].__class__(
        lemma="fall", span=(7, 12), row=FALL, agents=(ball,), height_m=120.0
    )
    with pytest.raises(PlanError, match="120 m is more than 50 m"):
        told.plan()


def test_what_rolls_off_a_table_starts_on_it_and_what_falls_off_at_its_edge() -> None:
    told = Told("A ball rolls off a table. A cup falls off it.")
    ball, table, cup = told.thing("ball"), told.thing("table"), told.thing("cup")
    roll = VerbRow(lemma="roll", does="roll", lands=False)
    told.frame("rolls", roll, agents=(ball,), places=(place("off", table),))
    told.frame("falls", FALL, agents=(cup,), places=(place("off", table), place("onto", GROUND)))
    assert marks(told.plan()) == {
        "ball": ("on", "table"),
        "table": ("on", "set"),
        "cup": ("edge of", "table"),
    }
