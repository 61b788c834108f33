import numpy as np
import pytest

from flow_nb.shield.marks.audio import AudioMark
from tests.shield.marks.heard import KEY, RATE_HZ, chord, marked, room, strokes, tone
from tests.shield.marks.hearing import noise_to_mask_db

PAYLOAD = 0xC0FFEE42


@pytest.mark.parametrize("longest", [700, 90_000])
def test_however_the_sound_is_cut_the_same_samples_come_out(longest: int) -> None:
    sound, rng = chord(3.1), np.random.default_rng(longest)
    mark, parts, first = AudioMark(KEY, PAYLOAD), [], 0
    while first < len(sound):
        count = int(rng.integers(0, longest))
        parts.append(mark.mark(sound[first : first + count]))
        first += count
    np.testing.assert_array_equal(np.concatenate([*parts, mark.rest()]), marked(sound, PAYLOAD))


@pytest.mark.parametrize("count", [0, 1, 959, 46_080, 100_001])
def test_as_many_samples_come_out_as_went_in(count: int) -> None:
    out = marked(room(3)[:count], PAYLOAD)
    assert out.shape == (count, 2)
    assert out.dtype == np.float32


def test_little_is_held_back() -> None:
    mark = AudioMark(KEY, PAYLOAD)
    assert len(mark.mark(room(6))) > 4 * RATE_HZ


def test_silence_stays_silent() -> None:
    assert not marked(np.zeros((100_000, 2), np.float32), PAYLOAD).any()
    one_sided = room(2)
    one_sided[:, 1] = 0
    out = marked(one_sided, PAYLOAD)
    assert not out[:, 1].any()
    assert (out[:, 0] != one_sided[:, 0]).mean() > 0.9


SOUNDS = {
    "room": room(4),
    "chord": chord(4),
    "strokes": strokes(4, (0.7, 1.9, 3.2)),
    "tone": tone(4),
}


@pytest.mark.parametrize("name", SOUNDS)
def test_the_mark_stays_6_db_below_what_the_sound_hides(name: str) -> None:
    sound = SOUNDS[name]
    assert noise_to_mask_db(sound, marked(sound, PAYLOAD)) < -6


def test_before_a_stroke_the_mark_is_as_soft_as_the_room() -> None:
    sound = strokes(2, (1.0,))
    mark = (marked(sound, PAYLOAD) - sound)[:, 0]
    at, millisecond = RATE_HZ, RATE_HZ // 1_000
    before = np.sqrt((mark[at - 15 * millisecond : at - 2 * millisecond] ** 2).mean())
    behind = np.sqrt((mark[at + 20 * millisecond : at + 40 * millisecond] ** 2).mean())
    assert before < 1e-3
    assert behind > 10 * before


def test_both_sides_are_changed_alike() -> None:
    sound = chord(2)
    sound[:, 1] = 0.5 * sound[:, 0]
    out = marked(sound, PAYLOAD)
    np.testing.assert_allclose(out[:, 1], 0.5 * out[:, 0], atol=1e-4)


def test_what_is_loud_does_not_overflow() -> None:
    loud = np.clip(4 * room(2, level=0.5), -1, 1)
    assert np.abs(marked(loud, PAYLOAD)).max() <= 1


def test_a_payload_of_33_bits_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bits"):
        AudioMark(KEY, 1 << 32)
