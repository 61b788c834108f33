"""Words without a row: how near a guess must be, and where there is none."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from flow_nb.director.vocabulary import vocabulary
from flow_nb.director.vocabulary.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("word", "kind", "prop"),
    [
        ("springer spaniel", "animal", "dog"),
        ("spaniel", "animal", "dog"),
        ("candelabra", "thing", "chandelier"),
        ("haberdasher", "person", "person"),
        ("larch", "thing", "tree"),
        ("merganser", "animal", "duck"),
        ("anthropologist", "person", "person"),
        ("andiron", None, None),
        ("schooner rigged", None, None),
    ],
)
def test_an_unknown_noun_is_the_nearest_that_has_a_row(
    word: str, kind: str | None, prop: str | None
) -> None:
    row = vocabulary().guess_noun(word)
    assert (row.kind if row else None, row.prop if row else None) == (kind, prop)


def test_a_guess_keeps_the_words_own_name_and_says_that_it_is_one() -> None:
    merganser, duck = vocabulary().guess_noun("merganser"), vocabulary().noun("duck")
    assert merganser is not None
    assert duck is not None
    assert merganser == replace(duck, noun="merganser", guessed=True)


@pytest.mark.parametrize("word", ["bravery", "taupe", "theorem"])
def test_what_cannot_be_touched_is_abstract(word: str) -> None:
    row = vocabulary().guess_noun(word)
    assert row is not None
    assert (row.kind, row.prop, row.guessed) == ("abstract", "", True)


@pytest.mark.parametrize("word", ["zener diode", "anode", "xyzzy", "quasi"])
def test_what_is_near_nothing_is_not_guessed(word: str) -> None:
    assert vocabulary().guess_noun(word) is None


@pytest.mark.parametrize("town", ["lisbon", "utah"])
def test_a_town_is_a_place(town: str) -> None:
    row = vocabulary().guess_noun(town)
    assert row is not None
    assert row.kind == "place"


@pytest.mark.parametrize(
    ("word", "does", "done"),
    [
        ("careen", "walk", None),
        ("defenestrate", None, "throw"),
        ("opine", "gesture", None),
        ("skitter", "run", "run"),
        ("trice", "rise", "lift"),
    ],
)
def test_an_unknown_verb_is_the_nearest_that_has_a_row(
    word: str, does: str | None, done: str | None
) -> None:
    row = vocabulary().guess_verb(word)
    assert row is not None
    assert (row.lemma, row.does, row.done, row.guessed) == (word, does, done, True)


def test_a_verb_above_which_nothing_can_be_solved_says_so() -> None:
    row = vocabulary().guess_verb("parch")
    assert row is None or row.cannot


@pytest.mark.parametrize(
    "word", ["vacillate", "expropriate", "resent", "amount", "secede", "correlate", "xyzzy"]
)
def test_a_verb_that_nobody_can_see_is_never_a_motion(word: str) -> None:
    assert vocabulary().guess_verb(word) is None


def test_the_whole_vocabulary_is_ready_in_a_blink() -> None:
    times = []
    for _ in range(3):
        began = time.process_time()
        words = Vocabulary()
        words.lemmas("glasses")
        words.guess_noun("spaniel")
        words.guess_verb("careen")
        times.append(time.process_time() - began)
    assert min(times) < 0.15
