"""Voices are cast, kept, and stay apart."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from flow_nb.errors import StoreError, VoiceError
from flow_nb.identity.blend import read_blend
from flow_nb.identity.cast import Cast
from flow_nb.identity.casting import cast_by_words
from flow_nb.identity.likeness import MOST_ALIKE, likeness, rows

TWELVE = (
    "MARA",
    "JONAS",
    "EVE",
    "GRANT",
    "LENA",
    "TOM",
    "NINA",
    "HUGH",
    "RUIZ",
    "POLLY",
    "OTTO",
    "WREN",
)


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    return Cast(tmp_path / ".flow_nb" / "cast.json")


def test_a_blend_is_read_as_it_is_written() -> None:
    tag, note = read_blend("MARA", "0.7 af_heart + 0.3 bf_emma, speed 0.95")
    assert tag.styles == (("af_heart", 0.7), ("bf_emma", 0.3))
    assert (tag.speed, note) == (0.95, "")
    assert tag.blend == "0.7 af_heart + 0.3 bf_emma, speed 0.95"
    assert read_blend("MARA", "70% af_heart + 30% bf_emma")[0].styles == tag.styles


def test_weights_that_do_not_add_up_are_scaled_and_it_says_so() -> None:
    tag, note = read_blend("MARA", "2 af_heart + 2 bf_emma")
    assert tag.styles == (("af_heart", 0.5), ("bf_emma", 0.5))
    assert note.startswith("The weights add up to 4, not 1")


@pytest.mark.parametrize(
    ("blend", "message"),
    [
        ("0.7 af_hart", 'no style "af_hart".*Did you mean "af_heart"'),
        ("0 af_heart + 1 bf_emma", "weight 0 of af_heart is not above 0"),
        ("-1 af_heart", "weight -1 of af_heart is not above 0"),
        ("af_heart, speed 9", "speed of 9 is not between 0.5 and 2"),
        ("", "a blend has 1 to 6 styles"),
        ("0.5 af_heart 0.5", "is not a weight and a style|not above"),
    ],
)
def test_a_bad_blend_is_refused_in_one_line(blend: str, message: str) -> None:
    with pytest.raises(VoiceError, match=message):
        read_blend("MARA", blend)


def test_words_choose_what_was_measured() -> None:
    low = cast_by_words("X", "low man", ())[0].styles[0][0]
    high = cast_by_words("X", "high man", ())[0].styles[0][0]
    assert rows()[low].pitch_hz < 100
    assert rows()[high].pitch_hz > 130
    assert cast_by_words("X", "British woman", ())[0].styles[0][0].startswith("bf_")
    assert cast_by_words("X", "woman, 70s", ())[0].speed < 1


def test_words_that_say_nothing_of_a_voice_are_refused(cast: Cast) -> None:
    with pytest.raises(VoiceError, match='Did you mean "low"'):
        cast.give("MARA", "lwo")
    _, notes = cast.give("MARA", "low, purple")
    assert notes == ("Not understood: purple.",)


def test_twelve_voices_stay_apart(cast: Cast) -> None:
    tags = [cast.voice_for(name) for name in TWELVE]
    assert max(likeness(a, b) for a, b in combinations(tags, 2)) < MOST_ALIKE


def test_a_speaker_keeps_the_voice_over_sessions_and_spellings(cast: Cast) -> None:
    first = cast.voice_for("Old  Man")
    cast.voice_for("MARA")
    assert Cast(cast.file).voice_for("OLD MAN") == first
    assert [tag.name for tag in cast.voices().values()] == ["Old  Man", "MARA"]


def test_a_name_tells_the_gender_and_a_hint_too(cast: Cast) -> None:
    assert rows()[cast.voice_for("Alice").styles[0][0]].gender == "female"
    assert rows()[cast.voice_for("Peter").styles[0][0]].gender == "male"
    assert rows()[cast.voice_for("GUARD", hint="old woman").styles[0][0]].gender == "female"


def test_two_voices_that_sound_alike_are_named(cast: Cast) -> None:
    cast.give("MARA", "= af_heart")
    _, notes = cast.give("EVE", "= 0.9 af_heart + 0.1 af_bella")
    assert notes[0].startswith("It sounds much like MARA (")


def test_a_voice_is_forgotten(cast: Cast) -> None:
    cast.give("MARA", "low")
    cast.forget("mara")
    assert cast.voices() == {}
    with pytest.raises(VoiceError, match="has a voice"):
        cast.forget("MARA")


NOBODY = '{"schema": "flow_nb.Cast.1", "voices": [{"name": "A", "styles": [["af_nobody", 1.0]]}]}'


@pytest.mark.parametrize("text", ["", "{}x", '{"schema": "flow_nb.Cast.9"}', NOBODY])
def test_a_damaged_cast_is_refused_with_its_mending(cast: Cast, text: str) -> None:
    cast.file.parent.mkdir()
    cast.file.write_text(text)
    with pytest.raises(StoreError, match="Remove"):
        cast.voices()
