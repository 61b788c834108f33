"""Set, camera, light, air and beats: what is told, what follows, what is listed."""

from __future__ import annotations

import pytest

from flow_nb.director.vocabulary import NounRow, VerbRow
from flow_nb.errors import PlanError
from tests.director.plotting.readings import PERSON, Told, listed

FALL = VerbRow(lemma="fall", does="fall", starts="above")
WALK = VerbRow(lemma="walk", does="walk", speeds_m_s=(0.7, 1.3, 1.9))
STORM = VerbRow(lemma="storm", does="walk", mood="angry")


def test_a_place_of_the_text_is_the_set_and_no_body() -> None:
    told = Told("A ball falls in a garden.")
    told.thing("ball")
    told.thing("garden", row=NounRow(noun="garden", kind="place", sets=("park",)))
    told.frame("falls", FALL, agents=(0,))
    plan = told.plan()
    assert (plan.set.kind, plan.set.origin.provenance) == ("park", "literal")
    assert [b.name for b in plan.bodies] == ["ball"]


def test_a_place_with_nothing_in_it_is_an_empty_set() -> None:
    told = Told("A tranquil tableau of a kitchen")
    told.thing("kitchen", row=NounRow(noun="kitchen", kind="place", sets=("kitchen",)))
    plan = told.plan()
    assert plan.set.kind == "kitchen"
    assert plan.bodies == ()
    assert plan.camera.target is None


def test_the_set_follows_from_what_is_in_it() -> None:
    told = Told("A pan, a kettle and a ball.")
    for noun in ("pan", "kettle"):
        told.thing(noun, row=NounRow(noun=noun, prop=noun, sets=("kitchen", "cafe")))
    told.thing(
        "ball", row=NounRow(noun="ball", prop="ball", sets=("park", "studio", "beach", "street"))
    )
    plan = told.plan()
    assert (plan.set.kind, plan.set.origin.provenance) == ("kitchen", "inferred")


@pytest.mark.parametrize(
    ("row", "kind"), [(PERSON, "street"), (NounRow(noun="ball", prop="ball"), "studio")]
)
def test_without_a_hint_things_are_in_the_studio_and_people_outdoors(
    row: NounRow, kind: str
) -> None:
    told = Told("It is here.")
    told.thing("It", row=row)
    assert told.plan().set.kind == kind


def test_the_moon_has_its_gravity_and_no_air() -> None:
    told = Told("A ball falls on the moon. Wind blows.")
    told.thing("ball")
    told.note("set", "moon", "on the moon")
    told.note("wind", 8.0, "Wind")
    plan = told.plan()
    assert (plan.gravity_m_s2, plan.air.medium, plan.air.wind_m_s) == (1.62, "vacuum", 0.0)
    assert plan.air.gravity_origin.provenance == "inferred"
    assert "there is no wind in vacuum" in [g.reason for g in plan.gaps]


def test_a_directive_wins_over_prose_which_is_listed() -> None:
    told = Told("A ball falls at night.\ntime: noon")
    told.thing("ball")
    told.note("time", "night", "at night")
    plan = told.plan()
    assert (plan.light.time_of_day, plan.light.origin.words) == ("noon", "time: noon")
    assert listed(plan) == ["at night"]


def test_noon_at_night_keeps_the_first_and_lists_the_second() -> None:
    told = Told("At noon, at night, a ball falls.")
    told.thing("ball")
    told.note("time", "noon", "At noon")
    told.note("time", "night", "at night")
    plan = told.plan()
    assert plan.light.time_of_day == "noon"
    assert listed(plan) == ["at night"]
    (gap,) = [g for g in plan.gaps if g.words == "at night"]
    assert gap.reason == "a shot has one time of day, and it was given before"


def test_a_marble_alone_is_seen_from_near_and_a_bus_from_far() -> None:
    near, far = Told("A marble."), Told("A bus.")
    near.thing("marble")
    far.thing("bus", "table", size_m=11.0)
    assert near.plan().camera.size == "close-up"
    assert far.plan().camera.size == "wide"
    assert near.plan().camera.origin.provenance == "inferred"


def test_the_camera_looks_at_who_acts_and_a_directive_may_name_another() -> None:
    told = Told("A woman walks past a cup.")
    woman = told.thing("woman", row=PERSON)
    told.thing("cup")
    told.frame("walks", WALK, agents=(woman,))
    assert told.plan().camera.target == "woman"
    told.text += "\ncamera: close-up on the cup, 85mm"
    camera = told.plan().camera
    assert (camera.target, camera.size, camera.lens_mm) == ("cup", "close-up", 85)


def test_the_focus_is_pulled_in_the_middle_of_the_shot() -> None:
    told = Told("A cup and a vase, rack focus.")
    cup, vase = told.thing("cup"), told.thing("vase")
    told.note("camera.focus", "focus", "focus", thing=cup)
    told.note("camera.focus_to", "rack", "rack focus", thing=vase)
    camera = told.plan().camera
    assert (camera.focus, camera.focus_to, camera.focus_s) == ("cup", "vase", 2.0)


@pytest.mark.parametrize(
    ("kind", "value", "line"),
    [
        ("gravity", 300.0, "300 m/s²"), ("wind", 140.0, "140 m/s"), ("camera.lens", 900.0, "900 mm"),
        ("duration", 240.0, "240 s"),
    ],
)  # fmt: skip
def test_a_number_beyond_its_limit_is_refused(kind: str, value: float, line: str) -> None:
    told = Told("A ball falls.")
    told.thing("ball")
    told.note(kind, value, "falls")
    with pytest.raises(PlanError, match=line):
        told.plan()


def test_moods_become_beats_in_the_order_of_what_happens() -> None:
    told = Told("A woman walks happily, then storms off very angrily!")
    woman = told.thing("woman", row=PERSON)
    told.frame("walks", WALK, agents=(woman,), manners=("happily",))
    told.frame("storms", STORM, agents=(woman,), manners=("angrily",))
    plan = told.plan()
    joy, anger = plan.beats
    assert (joy.mood, anger.mood) == ("joyful", "angry")
    assert joy.start_s == 0.0
    assert joy.end_s == anger.start_s == plan.actions[1].start_s
    assert anger.end_s == plan.duration_s
    assert anger.intensity > joy.intensity


def test_the_verb_the_weather_and_the_line_tell_moods_too() -> None:
    told = Told("A woman storms.")
    woman = told.thing("woman", row=PERSON)
    told.frame("storms", STORM, agents=(woman,))
    assert [(b.mood, b.origin.provenance) for b in told.plan().beats] == [("angry", "inferred")]
    fog = Told("Fog. A cup.")
    fog.thing("cup")
    fog.note("weather", "fog", "Fog")
    assert [(b.mood, b.origin.provenance) for b in fog.plan().beats] == [("mysterious", "inferred")]
    line = Told("A cup.\nMARA (furious)\nGet out!")
    line.thing("cup")
    assert [b.mood for b in line.plan().beats] == ["angry"]


def test_speakers_are_seen_where_people_are_and_stay_off_in_a_shot_of_things() -> None:
    alone, people = Told('MARA: "Watch out!"'), Told("A cup.\nTOM\nHello.")
    assert [(b.name, b.prop) for b in alone.plan().bodies] == [("mara", "person")]
    people.thing("cup")
    assert [b.name for b in people.plan().bodies] == ["cup"]
    people.thing("cup", row=PERSON)
    assert [b.name for b in people.plan().bodies] == ["cup", "cup-2", "tom"]


def test_a_slugline_tells_set_time_and_weather_and_lists_the_rest() -> None:
    told = Told("INT. MARA'S KITCHEN - GOLDEN HOUR - RAIN - XYZZY\nA cup.")
    told.thing("cup")
    plan = told.plan()
    light = plan.light
    assert (plan.set.kind, light.time_of_day, light.weather) == ("kitchen", "golden hour", "rain")
    assert listed(plan) == ["XYZZY"]


def test_nothing_to_show_is_refused_in_one_line() -> None:
    with pytest.raises(PlanError, match="only English is read"):
        Told("Ein Glas fällt vom Tisch und zerbricht.").plan()
    with pytest.raises(PlanError, match="could be shown"):
        Told("It falls and then it is there.").plan()


def test_what_begins_too_late_is_moved_together_or_listed() -> None:
    told = Told("A woman walks and walks and walks and walks and walks.")
    woman = told.thing("woman", row=PERSON)
    for _ in range(5):
        told.frame("walks", WALK, agents=(woman,))
    free, short = told.plan(), told.plan(duration=4)
    assert free.duration_s > 12
    assert len(free.actions) == 5
    assert all(a.start_s < 4 for a in short.actions)
    assert 1 < len(short.actions) < 5
    assert any("begins after" in g.reason for g in short.gaps)
