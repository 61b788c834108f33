"""``music: tense strings`` is understood, or refused in one line."""

from __future__ import annotations

import pytest

from flow_nb.director.grammar import Grammar
from flow_nb.errors import PlanError
from flow_nb.plan.shot import make_shot

GLASS = "A glass falls off a table and shatters.\n"


def music(text):
    return Grammar().read(make_shot("a", text)).music


@pytest.mark.parametrize(
    ("words", "feeling", "players", "tempo", "key"),
    [
        ("tense strings", "tense", ("strings",), None, None),
        ("Sad piano and cello, 72 bpm, in D minor", "sad", ("piano", "strings"), 72.0, "D minor"),
        ("epic orchestra", "heroic", ("strings", "horns", "percussion"), None, None),
        ("yes", None, (), None, None),
        ("Bb major", None, (), None, "Bb major"),
    ],
)
def test_a_line_asks_for_music(words, feeling, players, tempo, key) -> None:
    found = music(f"{GLASS}music: {words}")
    assert (found.feeling, found.players, found.tempo_bpm, found.key) == (
        feeling,
        players,
        tempo,
        key,
    )
    assert found.origin.words == f"music: {words}"


def test_without_the_line_there_is_none_and_none_is_none() -> None:
    assert music(GLASS) is None
    assert music(f"{GLASS}music: none").silent


@pytest.mark.parametrize(
    ("words", "message"),
    [("tense kazoo", 'no music "kazoo"'), ("sad, 900 bpm", "900"), ("pinao", "piano")],
)
def test_what_is_no_music_is_refused_in_one_line(words, message) -> None:
    with pytest.raises(PlanError, match=message) as raised:
        music(f"{GLASS}music: {words}")
    assert "\n" not in str(raised.value)
