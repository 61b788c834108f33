"""What is said, in all the ways in which people write it down."""

from __future__ import annotations

import pytest

from flow_nb.director.script.dialogue import spoken
from flow_nb.director.script.script import take_apart
from flow_nb.director.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("text", "speaker", "said", "manner"),
    [
        (
            "MARA (quietly)\nThat was my grandmother's.",
            "MARA",
            "That was my grandmother's.",
            "quietly",
        ),
        ("MARA\n(shouting)\nLook out!", "MARA", "Look out!", "shouting"),
        ("MARA (CONT'D)\nGo.", "MARA", "Go.", ""),
        ("DR. HOLT:\nSit down.", "DR. HOLT", "Sit down.", ""),
        ('MARA: "Watch out!" A cup falls.', "MARA", "Watch out!", ""),
        ("TOM: No.", "TOM", "No.", ""),
        ("Mara whispers: 'It's late.' He leaves.", "Mara", "It's late.", "whispers"),
        ('"Hello," says Mara. A cup falls.', "Mara", "Hello", "says"),
        ('"Me," Tom replied.', "Tom", "Me", "replied"),
        ('The old man shouts angrily, "Out!"', "old man", "Out!", "angrily"),
        ("Mara says: «Oui.»", "Mara", "Oui.", "says"),
        ("麻里：「こんにちは」", "麻里", "こんにちは", ""),
        ("МАРА\n(шёпотом)\nПривет.", "МАРА", "Привет.", "шёпотом"),
        ('Mr. Darcy says, "Indeed."', "Mr. Darcy", "Indeed.", "says"),
    ],
)
def test_a_line_has_its_speaker_its_words_and_its_manner(
    text: str, speaker: str, said: str, manner: str
) -> None:
    (one,) = spoken(text)
    assert (one.speaker, one.text, one.manner, one.off) == (speaker, said, manner, False)
    assert said in text[one.at : one.end]


@pytest.mark.parametrize("aside", ["V.O.", "O.S.", "voice over", "O.C."])
def test_a_voice_off_is_known_as_one(aside: str) -> None:
    (one,) = spoken(f"DR. HOLT ({aside})\nOnce upon a time.")
    assert one.off


def test_an_aside_in_the_middle_begins_a_second_line() -> None:
    first, second = spoken("MARA\nStay.\n(beat)\nPlease.")
    assert (first.text, first.manner) == ("Stay.", "")
    assert (second.speaker, second.text, second.manner) == ("MARA", "Please.", "beat")


@pytest.mark.parametrize(
    "text",
    [
        "CUT TO:\nA ball falls.", "WIDE SHOT\nA ball rolls.", 'CAMERA: "slow"', "it's a dog's bone",
        'A sign reads "OPEN".', "<b>A ball</b> falls", "INT. KITCHEN - NIGHT\nA cup.", "Anna: hello",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_line_is_prose(text: str) -> None:
    assert spoken(text) == ()


def test_who_says_it_stays_in_the_prose_and_what_is_said_does_not() -> None:
    text = 'Tom says, "A cup falls," and waves.\nMARA\nA dog runs.\n\nA ball rolls.'
    script = take_apart(text, vocabulary())
    assert len(script.prose) == len(text)
    assert "Tom says" in script.prose
    assert "waves" in script.prose
    assert "cup" not in script.prose
    assert "MARA" not in script.prose
    assert "dog" not in script.prose
    assert script.prose.rstrip().endswith("A ball rolls.")
