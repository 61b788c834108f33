"""Frames become causes, and what follows from them is only expected."""

from __future__ import annotations

from flow_nb.director.frame import GROUND
from flow_nb.director.vocabulary import VerbRow
from flow_nb.plan.plan import Action, Plan
from tests.director.plotting.readings import PERSON, Told, place

SLIDE = VerbRow(lemma="slide", does="slide", done="push", lands=False)
SHATTER = VerbRow(lemma="shatter", does="shatter", done="shatter")
THROW = VerbRow(lemma="throw", done="throw", speeds_m_s=(2.5, 5.0, 9.0))
CATCH = VerbRow(lemma="catch", done="catch")
ROLL = VerbRow(lemma="roll", does="roll", done="roll", lands=False, speeds_m_s=(0.6, 1.2, 3.0))
KNOCK = VerbRow(lemma="knock over", does="knock over", done="knock over")
WALK = VerbRow(lemma="walk", does="walk", lands=False, speeds_m_s=(0.8, 1.3, 1.8))
PICK = VerbRow(lemma="pick up", done="pick up")
FALL = VerbRow(lemma="fall", does="fall", done="drop", starts="above")


def one(plan: Plan, verb: str) -> Action:
    (action,) = [a for a in plan.actions if a.verb == verb]
    return action


def test_a_glass_that_slides_off_a_table_is_expected_to_shatter() -> None:
    told = Told("A glass slides off the table edge and shatters on the floor.")
    glass, table = told.thing("glass"), told.thing("table")
    told.frame("slides", SLIDE, agents=(glass,), places=(place("off", table, "edge"),))
    told.frame("shatters", SHATTER, agents=(glass,), places=(place("on", GROUND, "floor"),))
    plan = told.plan()
    cause, after = plan.actions
    assert (cause.verb, cause.source, cause.expected) == ("slide", "table", False)
    assert (after.verb, after.target, after.expected) == ("shatter", "set", True)
    assert after.start_s == cause.start_s
    assert [(p.body, p.relation, p.anchor) for p in plan.placements] == [
        ("glass", "edge of", "table"), ("table", "on", "set"),
    ]  # fmt: skip


def test_a_thrown_ball_starts_in_the_hand_and_has_its_thrower_as_agent() -> None:
    told = Told("A woman throws a ball to a dog.")
    woman, ball = told.thing("woman", row=PERSON), told.thing("ball")
    dog = told.thing("dog", row=PERSON)
    told.frame("throws", THROW, agents=(woman,), patients=(ball,), recipients=(dog,))
    plan = told.plan()
    throw = one(plan, "throw")
    assert (throw.body, throw.agent, throw.target, throw.how) == ("ball", "woman", "dog", "to")
    assert throw.speed_m_s == 5.0
    (mark,) = [p for p in plan.placements if p.body == "ball"]
    assert (mark.relation, mark.anchor) == ("held by", "woman")


def test_a_ball_that_knocks_over_three_pins_goes_at_the_first_and_the_rest_is_expected() -> None:
    told = Told("A ball knocks over three pins.")
    ball, pins = told.thing("ball"), told.thing("three pins", "pin", noun="pin", count=3)
    told.frame("knocks over", KNOCK, agents=(ball,), patients=(pins,))
    cause, *rest = told.plan().actions
    assert (cause.verb, cause.body, cause.target) == ("collide", "ball", "pin-1")
    assert [(a.verb, a.body, a.agent, a.expected) for a in rest] == [
        ("knock over", f"pin-{i}", "ball", True) for i in (1, 2, 3)
    ]


def test_what_a_person_does_next_is_a_cause_that_waits_for_the_first() -> None:
    told = Told("Mara walks to the table and picks up a cup.")
    mara = told.thing("Mara", row=PERSON, name="Mara", noun="woman")
    table, cup = told.thing("table"), told.thing("cup")
    told.frame("walks", WALK, agents=(mara,), places=(place("to", table),))
    told.frame("picks up", PICK, agents=(mara,), patients=(cup,))
    plan = told.plan()
    walk, pick = plan.actions
    assert (walk.body, walk.target, walk.how) == ("mara", "table", "to")
    assert (pick.body, pick.agent) == ("cup", "mara")
    assert pick.start_s > walk.start_s + 1
    assert not walk.expected
    assert not pick.expected
    assert ("cup", "on", "table") in [(p.body, p.relation, p.anchor) for p in plan.placements]


def test_while_is_together_and_before_turns_the_order_round() -> None:
    told = Told("A cup falls while a ball rolls. A book falls after a box falls.")
    for words in ("cup", "ball", "book", "box"):
        told.thing(words)
    told.frame("falls", FALL, agents=(0,))
    told.frame("rolls", ROLL, agents=(1,), joint="while")
    told.frame("falls", FALL, agents=(2,))
    told.frame("falls", FALL, agents=(3,), joint="before")
    cup, ball, book, box = told.plan(duration=10).actions
    assert cup.start_s == ball.start_s == box.start_s == 0.5
    assert book.start_s > box.start_s


def test_a_verb_that_nobody_knows_stays_at_rest_and_is_listed() -> None:
    told = Told("A ball frobnicates.")
    told.thing("ball")
    told.frame("frobnicates", None, agents=(0,))
    plan = told.plan()
    assert [a.verb for a in plan.actions] == ["rest"]
    assert [g.words for g in plan.gaps] == ["frobnicates"]
    assert "frobnicates" in plan.gaps[0].reason


def test_what_is_not_solved_is_named_with_the_nearest_thing() -> None:
    melt = VerbRow(lemma="melt", cannot="melting is not solved", instead="squash")
    told = Told("An egg melts.")
    told.thing("egg")
    told.frame("melts", melt, agents=(0,))
    plan = told.plan()
    assert [a.verb for a in plan.actions] == ["squash"]
    assert [(g.words, g.reason) for g in plan.gaps] == [("melts", "melting is not solved")]
    assert "squash" in plan.gaps[0].fix


def test_a_noun_that_nobody_knows_stands_as_a_paper_cut_out() -> None:
    told = Told("A zorb falls.")
    told.thing("zorb", row=None)
    told.frame("falls", FALL, agents=(0,))
    plan = told.plan()
    assert [(b.name, b.prop, b.origin.provenance) for b in plan.bodies] == [
        ("zorb", "cutout", "inferred")
    ]
    assert "define zorb = " in plan.gaps[0].fix


def test_what_does_not_happen_is_no_cause() -> None:
    told = Told("A glass does not break.")
    told.thing("glass")
    told.frame("break", SHATTER, agents=(0,), negated=True)
    plan = told.plan()
    assert plan.actions == ()
    assert [g.words for g in plan.gaps] == ["break"]


def test_things_that_act_like_persons_do_the_nearest_thing_or_rest() -> None:
    told = Told("A ball dances. A cup points.")
    told.thing("ball")
    told.thing("cup")
    told.frame("dances", VerbRow(lemma="dance", does="dance"), agents=(0,))
    told.frame("points", VerbRow(lemma="point", does="point"), agents=(1,))
    plan = told.plan()
    assert [(a.verb, a.body) for a in plan.actions] == [("shake", "ball"), ("rest", "cup")]
    assert [g.words for g in plan.gaps] == ["points"]
