"""Lines of the form key: value win over prose, and say what they do not understand."""

from __future__ import annotations

import pytest

from flow_nb.director.script.directives import directives
from flow_nb.director.script.script import take_apart
from flow_nb.director.vocabulary import vocabulary
from flow_nb.errors import PlanError


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("gravity: moon", {"gravity": 1.62}),
        ("gravity: on the moon", {"gravity": 1.62}),
        ("gravity: 3.7", {"gravity": 3.7}),
        ("gravity: 0.5 g", {"gravity": 4.905}),
        ("Gravity: zero", {"gravity": 0.0}),
        ("camera: crane up, 24mm", {"camera.move": "crane up", "camera.lens": 24.0}),
        (
            "camera: slow push in on the cup, low angle",
            {
                "camera.pace": "slow",
                "camera.move": "dolly in",
                "camera.target": "cup",
                "camera.angle": "low",
            },
        ),
        ("camera: handheld, close up", {"camera.handheld": 1.0, "camera.size": "close-up"}),
        (
            "camera: rack focus from the cup to the vase",
            {"camera.focus": "cup", "camera.focus_to": "vase"},
        ),
        ("wind: 12 m/s from left", {"wind": 12.0, "wind_from": "left"}),
        ("wind: 36 km/h from the right", {"wind": 10.0, "wind_from": "right"}),
        ("wind: strong", {"wind": 14.0}),
        ("lighting: golden hour, low key", {"time": "golden hour", "style": "low key"}),
        ("time: 23:15", {"time": "night"}),
        ("weather: snowing", {"weather": "snow"}),
        ("set: living room", {"set": "living-room"}),
        ("look: film noir", {"grade": "noir"}),
        ("medium: underwater", {"medium": "water"}),
        ("duration: 6 s", {"duration": 6.0}),
        ("mood: tense", {"mood": "tense"}),
    ],
)
def test_a_directive_becomes_notes_in_the_plans_words(line: str, told: dict[str, object]) -> None:
    notes = directives(f"A ball falls.\n{line}\nA cup rolls.").notes
    assert {note.kind: note.value for note in notes} == told
    assert all(not note.inferred for note in notes)


@pytest.mark.parametrize(
    ("line", "value", "fix"),
    [
        ("gravity: mon", "mon", 'Did you mean "moon"'),
        ("gravity: 400", "400", "100"),
        ("gravity: -3", "-3", "0 and 100"),
        ("camera: jump around", "jump around", "dolly in"),
        ("camera: 5000mm", "5000 mm", "300 mm"),
        ("wind: 90 m/s", "90 m/s", "60 m/s"),
        ("wind: 5 furlongs", "furlongs", "km/h"),
        ("light: candle", "candle", "candlelit"),
        ("time: 27:00", "27:00", "18:30"),
        ("weather: raining frogs", "raining frogs", "rain"),
        ("set: kitchn", "kitchn", "kitchen"),
        ("look: noirr", "noirr", "noir"),
        ("duration: 80", "80 s", "30 s"),
        ("seed: -1", "-1", "0"),
        ("weather: rain\nweather: snow", "rain", "Keep one"),
    ],
)
def test_a_value_that_is_none_is_refused_in_one_line_with_the_nearest_choice(
    line: str, value: str, fix: str
) -> None:
    with pytest.raises(PlanError) as raised:
        directives(line)
    assert value in str(raised.value)
    assert fix in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_line_of_dialogue_is_no_directive() -> None:
    assert directives('MOOD: "I am fine."').notes == ()


def test_a_definition_makes_a_word_known_for_this_text() -> None:
    script = take_apart(
        "define candelabra = lamp, brass, 0.4 m, 2 kg\nA candelabra falls.", vocabulary()
    )
    row = script.vocabulary.noun("candelabra")
    assert row is not None
    assert (row.prop, row.material, row.size_m, row.mass_kg) == ("lamp", "metal", 0.4, 2.0)
    assert row.colour.startswith("#")
    assert "define" not in script.prose
    assert script.vocabulary.lemmas("candelabras")[0].base == "candelabra"
    assert script.vocabulary.noun("glass") == vocabulary().noun("glass")


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("define zorb = gribble", "nobody knows that"),
        ("define zorb = lamp, sticky", "sticky"),
        ("define zorb = lamp, 900 m", "between 0.005 and 50 m"),
        ("define <b> = lamp", "is not a noun"),
    ],
)
def test_a_definition_that_cannot_be_says_why(line: str, part: str) -> None:
    with pytest.raises(PlanError) as raised:
        take_apart(line, vocabulary())
    assert part in str(raised.value)
    assert "\n" not in str(raised.value)
