"""Taking words apart: irregular forms, rules, and which reading is likely."""

from __future__ import annotations

import pytest

from flow_nb.director.vocabulary import Lemma, vocabulary


def bases(word: str) -> list[tuple[str, str, str]]:
    return [(found.base, found.pos, found.form) for found in vocabulary().lemmas(word)]


@pytest.mark.parametrize(
    ("word", "base", "form"),
    [
        ("fell", "fall", "ed"),
        ("fallen", "fall", "en"),
        ("dropped", "drop", "ed"),
        ("dropped", "drop", "en"),
        ("throws", "throw", "s"),
        ("lying", "lie", "ing"),
        ("lay", "lie", "ed"),
        ("panicking", "panic", "ing"),
        ("carries", "carry", "s"),
        ("waving", "wave", "ing"),
        ("is", "be", "s"),
        ("skateboarding", "skateboard", "ing"),
        ("knocked over", "knock over", "en"),
    ],
)
def test_a_verb_is_found_in_all_its_forms(word: str, base: str, form: str) -> None:
    assert (base, "verb", form) in bases(word)


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("people", "person"),
        ("geese", "goose"),
        ("knives", "knife"),
        ("sheep", "sheep"),
        ("boxes", "box"),
        ("cherries", "cherry"),
        ("wine glasses", "wine glass"),
        ("firemen", "fireman"),
        ("selfies", "selfie"),
    ],
)
def test_a_noun_is_found_in_the_plural(word: str, base: str) -> None:
    assert (base, "noun", "plural") in bases(word)


@pytest.mark.parametrize("word", ["scissors", "binoculars", "trousers", "headphones"])
def test_what_is_always_plural_is_one_thing(word: str) -> None:
    best = vocabulary().lemmas(word)[0]
    assert (best.base, best.pos, best.form) == (word, "noun", "singular")


def test_past_only_and_participle_only_forms_are_told_apart() -> None:
    assert ("throw", "verb", "en") not in bases("threw")
    assert ("throw", "verb", "ed") not in bases("thrown")


@pytest.mark.parametrize(
    ("word", "pos"),
    [
        ("book", "noun"),
        ("cup", "noun"),
        ("run", "verb"),
        ("throw", "verb"),
        ("slowly", "adverb"),
        ("red", "adjective"),
        ("building", "noun"),
        ("skateboarders", "noun"),
    ],
)
def test_the_likeliest_part_of_speech_comes_first(word: str, pos: str) -> None:
    assert vocabulary().lemmas(word)[0].pos == pos


def test_both_readings_of_a_word_are_kept() -> None:
    assert {pos for _, pos, _ in bases("waves")} == {"noun", "verb"}
    assert {base for base, _, _ in bases("saw")} >= {"see", "saw"}


@pytest.mark.parametrize("word", ["waves", "left", "dropped", "glasses", "light"])
def test_weights_add_up_to_one_over_bases_and_parts_of_speech(word: str) -> None:
    found = vocabulary().lemmas(word)
    weights = {(lemma.base, lemma.pos): [] for lemma in found}
    for lemma in found:
        weights[lemma.base, lemma.pos].append(lemma.weight)
    assert sum(max(each) for each in weights.values()) == pytest.approx(1, abs=0.02)
    assert list(found) == sorted(found, key=lambda lemma: -lemma.weight)


@pytest.mark.parametrize("word", ["xyzzy", "", " ", "<b>", "🎬", "a" * 10_000, "été"])
def test_what_nobody_knows_has_no_lemmas(word: str) -> None:
    assert vocabulary().lemmas(word) == ()


def test_comparatives_are_adjectives() -> None:
    best = Lemma("big", "adjective", "more", vocabulary().lemmas("bigger")[0].weight)
    assert vocabulary().lemmas("bigger")[0] == best
    assert ("tall", "adjective", "most") in bases("tallest")
