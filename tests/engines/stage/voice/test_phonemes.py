"""How a line sounds: dictionaries, inflections, weak forms, homographs, guesses."""

from __future__ import annotations

import pytest

from flow_nb.engines.stage.voice.lexicon import sound
from flow_nb.engines.stage.voice.phonemes import sounds, stresses


def said(line: str, accent="american") -> str:
    return sounds(line, accent).phonemes


@pytest.mark.parametrize(
    ("word", "phonemes"),
    [
        ("shatters", "ʃˈæɾəɹz"), ("started", "stˈɑɹɾᵻd"), ("stopped", "stˈɑpt"),
        ("dances", "dˈænsᵻz"), ("runnin'", "ɹˈʌnɪŋ"),
    ],
)  # fmt: skip
def test_forms_that_no_dictionary_has_follow_the_rules(word: str, phonemes: str) -> None:
    assert sound(word, "american") == phonemes


def test_a_word_is_read_by_the_words_before_it() -> None:
    assert "ɹˈɛd" in said("I have read it.")
    assert "ɹˈid" in said("I want to read it.")
    assert said("Close the door.").startswith("klˈOz")
    assert "klˈOs" in said("a close friend")


def test_the_smallest_words_are_weak_and_hear_what_follows() -> None:
    assert said("the end, the dog") == "ði ˈɛnd, ðə dˈɔɡ"
    assert said("to a cat") == "tʊ ɐ kˈæt"


def test_a_briton_says_it_otherwise() -> None:
    assert said("dance", "british") != said("dance", "american")


def test_letters_are_spelt_and_names_are_guessed() -> None:
    assert said("FBI") == "ˌɛfbˌiˈI"
    told = sounds("Mister Thistlewick, sit.", "american")
    assert told.guessed == ("Thistlewick",)
    assert told.phonemes == "mˈɪstəɹ θˈɪstəlwɪk, sˈɪt."


def test_every_sound_of_a_syllable_has_its_stress() -> None:
    phonemes = "ɡɹˈænmˌʌðəɹz"
    levels = stresses(phonemes)
    assert levels[phonemes.index("æ")] == 1
    assert levels[phonemes.index("ʌ")] == 2
    assert levels[phonemes.index("ə")] == 0
    assert levels[0] == 1
