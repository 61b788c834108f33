"""The rows as data: what they promise to their readers, and to those who add to them."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files
from typing import get_args

import pytest

from flow_nb.director.vocabulary import NounRow, VerbRow, vocabulary
from flow_nb.plan.actions import Direction, Verb
from flow_nb.plan.bodies import Age, Body

SETS = {
    "studio", "kitchen", "street", "living-room", "bedroom", "bathroom", "office", "classroom",
    "cafe", "theatre", "alley", "rooftop", "forest", "park", "beach", "desert", "mountain", "sea",
    "underwater", "space-station", "moon", "space",
}  # fmt: skip
LIQUIDS = {
    "water", "milk", "coffee", "tea", "juice", "wine", "oil", "honey", "blood", "paint", "lava",
    "sugar", "rice",
}  # fmt: skip


def toml(file: str) -> dict[str, object]:
    package = files("flow_nb.director.vocabulary")
    return tomllib.loads(package.joinpath(file).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def verbs() -> list[VerbRow]:
    rows = [vocabulary().verb(word) for word in vocabulary().verbs()]
    return [row for row in rows if row is not None]


@pytest.fixture(scope="module")
def nouns() -> list[NounRow]:
    rows = [vocabulary().noun(word) for word in vocabulary().nouns()]
    return [row for row in rows if row is not None]


def test_there_are_more_than_700_verbs_1700_nouns_200_persons_and_200_places(
    verbs: list[VerbRow], nouns: list[NounRow]
) -> None:
    kinds = Counter(row.kind for row in nouns)
    assert len(verbs) >= 700
    assert len(nouns) >= 1700
    assert kinds["person"] >= 200
    assert kinds["place"] >= 200
    assert min(kinds[kind] for kind in ("animal", "liquid", "material", "part")) >= 30


def test_every_verb_of_the_plan_is_reached_by_some_word(verbs: list[VerbRow]) -> None:
    reached = {plan for row in verbs for plan in (row.does, row.done)}
    assert reached - {None} == set(get_args(Verb))


def test_a_verb_stands_in_one_group_only() -> None:
    groups = toml("verbs.toml")["verbs"]
    assert isinstance(groups, list)
    words = Counter(word for group in groups for word in group["words"])
    assert [word for word, times in words.items() if times > 1] == []


def test_what_cannot_be_solved_says_why_and_offers_something_else(verbs: list[VerbRow]) -> None:
    for row in verbs:
        assert bool(row.cannot) == bool(row.instead), row.lemma
        assert not row.cannot or (row.does, row.done, row.state) == (None, None, False), row.lemma


def test_every_verb_does_something_or_says_that_it_cannot(verbs: list[VerbRow]) -> None:
    for row in verbs:
        assert row.does or row.done or row.cannot or row.state, row.lemma


def test_speeds_go_from_slow_to_fast_and_stay_within_what_the_plan_takes(
    verbs: list[VerbRow],
) -> None:
    for row in verbs:
        if row.speeds_m_s is not None:
            slow, usual, fast = row.speeds_m_s
            assert 0 < slow < usual < fast <= 100, row.lemma
        assert row.direction in (None, *get_args(Direction)), row.lemma


@pytest.mark.parametrize(
    ("word", "does", "done"),
    [
        ("stroll", "walk", "walk"),
        ("put", None, "put down"),
        ("grab", "reach", "pick up"),
        ("hit", "collide", "hit"),
        ("knock over", "knock over", "knock over"),
        ("read", "handle", "handle"),
        ("whisper", "gesture", None),
        ("gallop", "run", "run"),
    ],
)
def test_a_verb_says_what_its_subject_and_its_object_do(
    word: str, does: str | None, done: str | None
) -> None:
    row = vocabulary().verb(word)
    assert row is not None
    assert (row.does, row.done) == (does, done)


def test_melting_is_named_and_not_solved() -> None:
    row = vocabulary().verb("melt")
    assert row is not None
    assert "melts" in row.cannot
    assert "squashed" in row.instead


def test_a_noun_read_alone_is_the_same_as_in_the_whole_file() -> None:
    whole = toml("nouns.toml")
    listed = [
        word
        for kind, groups in whole.items()
        if isinstance(groups, dict) and kind != "irregular"
        for group in groups.values()
        for word in group
    ]
    assert Counter(listed) == Counter(vocabulary().nouns())


def test_things_and_animals_have_a_prop_and_nothing_else_has(nouns: list[NounRow]) -> None:
    for row in nouns:
        assert bool(row.prop) == (row.kind in ("thing", "animal", "person")), row.noun


def test_every_set_is_one_of_ours_and_places_name_one(nouns: list[NounRow]) -> None:
    for row in nouns:
        assert set(row.sets) <= SETS, row.noun
    placed = [row for row in nouns if row.kind == "place" and row.sets]
    assert len(placed) >= 600


def test_liquids_are_those_that_the_plan_can_pour(nouns: list[NounRow]) -> None:
    assert {row.material for row in nouns if row.kind == "liquid"} == LIQUIDS


def test_sizes_and_masses_are_those_of_real_things(nouns: list[NounRow]) -> None:
    for row in nouns:
        if row.size_m is not None:
            assert 0.001 <= row.size_m <= 40, row.noun
        if row.size_m is not None and row.mass_kg is not None:
            assert 0 < row.mass_kg <= 50_000, row.noun
            assert row.mass_kg / row.size_m**3 < 20_000, f"{row.noun} is denser than gold"


def test_colours_and_ages_are_what_a_body_takes(nouns: list[NounRow]) -> None:
    for row in nouns:
        assert row.age in (None, *get_args(Age)), row.noun
        if row.colour:
            Body(name="a", noun="a", prop="a", material="a", colour=row.colour)


@pytest.mark.parametrize(
    ("noun", "prop", "size_m"),
    [("wine glass", "wine-glass", 0.2), ("grand piano", "piano", 1.8), ("giraffe", "giraffe", 5)],
)
def test_a_noun_has_the_size_that_it_really_has(noun: str, prop: str, size_m: float) -> None:
    row = vocabulary().noun(noun)
    assert row is not None
    assert (row.prop, row.size_m) == (prop, size_m)


def test_a_noun_like_another_keeps_what_its_own_line_says() -> None:
    grandmother, toddler = vocabulary().noun("grandmother"), vocabulary().noun("toddler")
    mug, cup = vocabulary().noun("mug"), vocabulary().noun("cup")
    assert grandmother is not None
    assert (grandmother.prop, grandmother.age) == ("person", "old")
    assert toddler is not None
    assert toddler.age == "child"
    assert mug is not None
    assert cup is not None
    assert (mug.noun, mug.size_m, mug.sets) == ("mug", cup.size_m, cup.sets)


def test_a_word_that_nobody_mapped_has_no_row() -> None:
    assert vocabulary().noun("candelabrum of state") is None
    assert vocabulary().verb("xyzzy") is None
    assert vocabulary().longest_phrase >= 3


def test_what_is_too_general_to_be_a_guess_has_a_row_of_its_own() -> None:
    for word in toml("nouns.toml")["tops"]:  # type: ignore[attr-defined]
        assert vocabulary().noun(word), word
    for word in toml("verbs.toml")["tops"]:  # type: ignore[attr-defined]
        assert vocabulary().verb(word), word
