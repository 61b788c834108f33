"""The words as data: what the lexicon promises to its readers, and to those who add to it."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from flow_nb.director.inflect import plural, verb_forms
from flow_nb.director.lexicon import Lexicon, Sense, lexicon
from flow_nb.director.tokens import tokenise
from flow_nb.plan.plan import Angle, Direction, Move, Relation, ShotSize, TimeOfDay, Verb
from flow_nb.props.archetypes import archetypes, sets
from flow_nb.props.materials import materials


def sense(words: str, *kinds: str) -> Sense:
    found = lexicon().find(tokenise(words), 0, *kinds)
    assert found is not None, words
    assert found[0] == len(tokenise(words)), words
    return found[1]


def test_every_noun_of_every_prop_is_found_in_singular_and_plural() -> None:
    for name, prop in archetypes().items():
        for noun in prop.nouns:
            assert sense(noun, "prop").base == noun or noun == "dice"
            assert any(s.value == name for s in _senses(noun))


def _senses(words: str) -> list[Sense]:
    return [s for match in lexicon().matches(tokenise(words), 0) for s in match.senses]


def test_every_verb_of_the_plan_has_words() -> None:
    assert {row["verb"] for row in lexicon().rows["verbs"]} == set(get_args(Verb))


def test_all_values_are_words_of_the_plan_or_rows_of_the_props() -> None:
    rows = lexicon().rows
    assert set(rows["materials"]) | set(rows["floors"]) <= set(materials())
    assert {row.floor for row in sets().values()} <= set(rows["floors"])
    assert set(rows["directions"]) <= set(get_args(Direction))
    assert set(rows["times"]) == set(get_args(TimeOfDay))
    assert set(rows["camera"]["size"]) == set(get_args(ShotSize))
    assert set(rows["camera"]["angle"]) == set(get_args(Angle))
    moves = set(rows["camera"]["move"]) | set(rows["camera"]["verbs"])
    assert moves == set(get_args(Move))
    starts = {row.get("starts", "on") for row in rows["verbs"]}
    assert starts <= set(get_args(Relation))
    assert set(rows["containers"]["props"]) | set(rows["in_rows"]["props"]) <= set(archetypes())


def test_colours_are_hex_and_every_gap_offers_a_way_round() -> None:
    rows = lexicon().rows
    tones = [*rows["colours"].values(), *rows["material_colours"].values()]
    assert all(re.fullmatch("#[0-9a-f]{6}", tone) for tone in tones)
    assert all(row["reason"] and row["fix"] for row in rows["elsewhere"])


@pytest.mark.parametrize(
    ("words", "verb", "form"),
    [
        ("fell", "fall", "ed"),
        ("thrown", "throw", "ed"),
        ("slid", "slide", "ed"),
        ("swung", "swing", "ed"),
        ("knocking over", "knock over", "ing"),
        ("tipped over", "knock over", "ed"),
        ("shoves", "push", "s"),
        ("slipping", "slide", "ing"),
        ("tosses", "throw", "s"),
        ("struck", "collide", "ed"),
        ("ran into", "collide", "ed"),
        ("broken", "shatter", "ed"),
        ("lying", "rest", "ing"),
        ("dangles", "swing", "s"),
        ("rammed", "collide", "ed"),
    ],
)
def test_verbs_bend(words: str, verb: str, form: str) -> None:
    assert (sense(words, "verb").value, sense(words, "verb").form) == (verb, form)


@pytest.mark.parametrize(
    ("words", "prop"),
    [
        ("shelves", "shelf"),
        ("tomatoes", "apple"),
        ("dominoes", "domino"),
        ("pennies", "coin"),
        ("soccer-balls", "basketball"),
        ("coffee mugs", "cup"),
        ("bowling balls", "bowling-ball"),
        ("benches", "table"),
    ],
)
def test_nouns_bend(words: str, prop: str) -> None:
    assert (sense(words, "prop").value, sense(words, "prop").form) == (prop, "plural")


def test_the_longest_phrase_is_found_first() -> None:
    lengths = [match.length for match in lexicon().matches(tokenise("bowling ball"), 0)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] == 2


def test_one_new_row_of_data_is_one_new_word() -> None:
    rows = lexicon().rows
    more = Lexicon(rows, [("whirligig", Sense(kind="prop", value="ball", base="whirligig"))])
    assert more.find(tokenise("whirligig"), 0, "prop") is not None
    assert more.near("whirligg") == "whirligig"


def test_regular_forms_follow_the_rules_of_spelling() -> None:
    assert verb_forms("try")["tried"] == "ed"
    assert verb_forms("sway")["swayed"] == "ed"
    assert verb_forms("ram")["ramming"] == "ing"
    assert verb_forms("shatter")["shattered"] == "ed"
    assert [plural(noun) for noun in ("box", "dish", "cherry", "tray")] == [
        "boxes",
        "dishes",
        "cherries",
        "trays",
    ]
