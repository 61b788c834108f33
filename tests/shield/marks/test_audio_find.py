import numpy as np
import pytest
from scipy.signal import resample_poly

from flow_nb.errors import MediaError
from flow_nb.shield.marks.audio_find import AudioFound, find_audio, find_audio_of
from tests.bench.shield_sound_attacks import coded, noisy, played
from tests.shield.marks.heard import KEY, RATE_HZ, chord, marked, room, strokes, tone

PAYLOAD = 0xC0FFEE42
STROKES = strokes(4, (0.4, 1.6, 2.9))


def only(found: list[AudioFound]) -> AudioFound:
    assert [one.payload for one in found] == [PAYLOAD]
    return found[0]


@pytest.mark.parametrize("sound", [room(4), chord(4), STROKES, tone(4)], ids=lambda s: "")
def test_four_seconds_through_aac_at_64_kbit_lead_to_the_payload(sound: np.ndarray) -> None:
    heard, rate_hz = coded(marked(sound, PAYLOAD), container="mp4", codec="aac", kbit_s=64)
    one = only(find_audio(heard, rate_hz, KEY))
    assert one.confidence > 0.8
    assert one.false_alarm < 1e-4
    assert one.start_s < 0.3
    assert one.end_s > 3.7


def test_each_side_their_sum_and_16_khz_are_enough() -> None:
    sound = marked(chord(4), PAYLOAD)
    only(find_audio(sound[:, 0], RATE_HZ, KEY))
    only(find_audio(sound[:, 1:], RATE_HZ, KEY))
    only(find_audio(resample_poly(sound.mean(1), 1, 3), 16_000, KEY))


def test_six_channels_are_searched_as_one() -> None:
    around = np.zeros((4 * RATE_HZ, 6), np.float32)
    around[:, 2:4] = marked(chord(4), PAYLOAD)
    only(find_audio(around, RATE_HZ, KEY))


@pytest.mark.parametrize("speed", [0.98, 1.02])
def test_speed_and_a_cut_start_are_found(speed: float) -> None:
    sound = marked(chord(6), PAYLOAD)[30_011:]
    one = only(find_audio(*played(sound, speed=speed), KEY))
    assert one.speed == pytest.approx(speed, abs=0.003)


def test_noise_does_not_hide_it() -> None:
    only(find_audio(*noisy(marked(room(5), PAYLOAD), snr_db=20), KEY))


def test_every_payload_of_a_film_is_found_with_its_time() -> None:
    takes = [marked(chord(4), 1), marked(STROKES, 2), marked(room(5), 3)]
    found = find_audio(np.concatenate(takes), RATE_HZ, KEY)
    assert [one.payload for one in found] == [1, 2, 3]
    np.testing.assert_allclose([one.start_s for one in found], [0, 4, 8], atol=0.25)
    np.testing.assert_allclose([one.end_s for one in found], [4, 8, 13], atol=0.25)


def test_a_long_sound_has_one_mark() -> None:
    one = only(find_audio(marked(room(26), PAYLOAD), RATE_HZ, KEY))
    assert one.start_s == pytest.approx(0, abs=0.1)
    assert one.end_s == pytest.approx(26, abs=0.1)


def test_two_marks_over_each_other_are_both_read() -> None:
    twice = marked(marked(chord(5), PAYLOAD), 7, b"a film's key")
    mine, other = find_audio_of(twice, RATE_HZ, [KEY, b"a film's key"])
    assert only(mine).payload == PAYLOAD
    assert [one.payload for one in other] == [7]


def test_another_key_and_an_unmarked_sound_give_nothing() -> None:
    assert find_audio(marked(chord(4), PAYLOAD), RATE_HZ, b"another key") == []
    assert find_audio(chord(4), RATE_HZ, KEY) == []


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(0),
        np.zeros((1, 2)),
        np.zeros((50_000, 1)),
        np.ones(200_000),
        np.full((200_000, 2), np.nan),
        np.full((200_000, 2), 1e30),
    ],
    ids=lambda sound: f"{sound.shape}",
)
def test_what_is_no_sound_gives_nothing(sound: np.ndarray) -> None:
    assert find_audio(sound, RATE_HZ, KEY) == []


def test_a_rate_or_shape_that_no_sound_has_is_named() -> None:
    with pytest.raises(MediaError, match=r"1 Hz cannot be searched\. Give 8000 to 384000 Hz"):
        find_audio(np.zeros(10, np.float32), 1, KEY)
    with pytest.raises(MediaError, match=r"shape \(2, 2, 2\)"):
        find_audio(np.zeros((2, 2, 2), np.float32), RATE_HZ, KEY)
