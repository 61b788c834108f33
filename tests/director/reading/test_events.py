"""Events that nouns tell, and what is only mentioned. In: sentences. Out: who does what, and who does nothing."""

from __future__ import annotations

import pytest

from flow_nb.director.reading import read
from flow_nb.director.vocabulary import vocabulary
from tests.director.reading import told


def frames(text: str) -> list[str]:
    return told.frames(read(text, vocabulary=vocabulary()))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The slow descent of a lantern onto a table.", "lantern descend <onto table>"),
        ("A cat's jump from the fridge to the table.", "cat jump <off fridge> <to table>"),
        ("The horse breaks into a gallop.", "horse gallop"),
        ("The dog gives chase to a squirrel.", "dog chase squirrel"),
        ("The throw of a dart by an old man.", "PASSIVE old man throw dart"),
        ("A lantern in slow descent above a boat.", "lantern descend <above boat>"),
        ("A tug on the rope.", "PASSIVE - tug rope"),
        ("The man elbows his way across the bridge.", "man go <across bridge>"),
    ],
)
def test_a_noun_that_tells_an_event_is_read_as_its_verb(text: str, wanted: str) -> None:
    found = [line.partition(" pace=")[0] for line in frames(text)]
    assert any(line.startswith(wanted) for line in found), found


@pytest.mark.parametrize("text", ["A roll of tape lies on a desk.", "A drop of honey on a spoon."])
def test_a_noun_that_is_also_a_thing_stays_one_without_a_way(text: str) -> None:
    assert not any("roll" in line or "drop <" in line for line in frames(text))


@pytest.mark.parametrize(
    "text",
    [
        "An old man remembers dancing with his wife.",
        "The bird would fly if the cage were open.",
        "Instead of jumping over the fence, the horse waits.",
        "The ball, which had rolled away, lies in the grass.",
        "The child wants to throw the stone.",
        "A robot that can lift cars stands at a table.",
        "The fisherman sits with the man who stole his boat.",
        "The acrobat almost slips on the wire.",
    ],
)
def test_what_is_remembered_wished_or_over_does_not_happen(text: str) -> None:
    still = ("STATE", "NEGATED", "ball lie", "fisherman sit", "robot stand")
    assert all(any(word in line for word in still) for line in frames(text)), frames(text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("The leaf drifts as lightly as a dancer leaping across a stage.", "dancer"),
        ("Paper planes weave around trees as if they were migrating birds.", "bird"),
        ("He looks at a photograph of his daughter riding a horse.", "horse"),
        ("The fisherman tells a story about a shark that jumped into his boat.", "shark"),
    ],
)
def test_what_is_only_compared_or_depicted_is_not_on_the_stage(text: str, absent: str) -> None:
    reading = read(text, vocabulary=vocabulary())
    assert absent not in {thing.noun for thing in reading.things}


def test_a_text_that_bids_us_imagine_is_staged() -> None:
    assert frames("Imagine a clock toppling while a mouse runs.")[0] == "clock topple"


def test_a_relative_clause_leaves_its_subject_to_the_main_verb() -> None:
    found = frames("A ball that the boy throws rolls under the car.")
    assert found == ["boy throw ball", "ball roll <under car>"]


def test_who_means_the_living_one_of_two() -> None:
    found = frames("There is a dwarf in a barrel who digs a hole.")
    assert "dwarf dig hole" in found[-1]
