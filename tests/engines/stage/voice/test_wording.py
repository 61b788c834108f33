"""What of a line is said, in words."""

from __future__ import annotations

import pytest

from flow_nb.engines.stage.voice.wording import unsayable, worded


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Dr. Ruiz left at 7:45.", "Doctor Ruiz left at seven forty-five."),
        ("It is 10:00.", "It is ten o'clock."),
        (
            "$12.50 and $3.2 billion",
            "twelve dollars and fifty cents and three point two billion dollars",
        ),
        ("£1, 50p", "one pound, fifty p"),
        ("born in 1984, aged 36", "born in nineteen eighty-four, aged thirty-six"),
        ("the 1920s and the '80s", "the nineteen twenties and the eighties"),
        ("the 21st of May", "the twenty-first of May"),
        ("1,204 nails, 3 kg", "one thousand two hundred four nails, three kilograms"),
        ("1/2 of 50%", "one half of fifty percent"),
        ("room 007", "room zero zero seven"),
        ("from 1914-1918", "from nineteen fourteen to nineteen eighteen"),
        ("call 555-0199", "call five five five, zero one nine nine"),
        ("-5 degrees", "minus five degrees"),
        ("No. 5. No. I won't.", "Number five. No. I won't."),
        ("St. Paul lives on Main St.", "Saint Paul lives on Main Street"),
        ("café (quietly) *sighs* Zoë…", "cafe sighs Zoe…"),
        ("Hello 👋🏽 you", "Hello you"),
        (
            "12345678901234567",
            "one two three four five six seven eight nine zero one two three four five six seven",
        ),
    ],
)
def test_figures_and_signs_become_words(written: str, said: str) -> None:
    assert worded(written) == said


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("До свидания, Мара", "its letters are Cyrillic"),
        ("さようなら", "its letters are Japanese"),
        ("Ich weiß nicht, wo du bist.", "it seems to be German"),
        ("¿Dónde está mi casa?", "it seems to be Spanish"),
        ("…", "it has no words"),
        ("😀", "it has no words"),
        ("(she sighs)", "it has no words"),
    ],
)
def test_what_the_voices_do_not_speak_is_named(line: str, why: str) -> None:
    assert unsayable(line) == why


@pytest.mark.parametrize(
    "line", ["No.", "Die, my darling!", "Oh, Zoë…", "C.", "I am in a den.", "42"]
)
def test_english_is_taken_for_english(line: str) -> None:
    assert unsayable(line) == ""
