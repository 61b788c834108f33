"""Lines are spoken: the real model says short ones."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from flow_nb.engines.stage.voice import model, styles
from flow_nb.engines.stage.voice.manner import manner_of
from flow_nb.engines.stage.voice.speech import Speech, phrases
from flow_nb.engines.stage.voice.timbre import tilted
from flow_nb.identity.voice import VoiceTag

HERE = Path(model.__file__).parent
MARA = VoiceTag(name="MARA", styles=(("af_heart", 0.7), ("bf_emma", 0.3)), speed=1.1)
LINE = "Mind the box."

pytestmark = pytest.mark.skipif(not model.installed(), reason='needs pip install "flow_nb[voice]"')


@pytest.fixture(scope="session")
def plain():
    return Speech().utter(LINE, MARA)


def voicing(samples: np.ndarray) -> float:
    """The height of the autocorrelation's peak where a pitch would be, in the loudest 50 ms."""
    loudest = int(np.convolve(samples**2, np.ones(2400), "valid").argmax())
    part = samples[loudest : loudest + 2400].astype(float)
    lags = np.correlate(part, part, "full")[len(part) - 1 :]
    return float(lags[120:700].max() / lags[0])


def test_the_same_line_is_the_same_samples_to_the_bit(plain) -> None:
    again = Speech().utter(LINE, MARA)
    assert again.samples.tobytes() == plain.samples.tobytes()
    assert again.phones == plain.phones


def test_it_lasts_as_long_as_its_words_and_starts_at_once(plain) -> None:
    assert 0.5 < plain.duration_s < 1.5
    assert plain.phones[0].start_s < 0.05
    assert plain.duration_s - plain.phones[-1].end_s < 0.2
    assert plain.samples.dtype == np.float32


def test_its_phones_are_its_sounds_in_their_order(plain) -> None:
    assert "".join(phone.symbol for phone in plain.phones) == "mIndðəbɑks"
    ends = [phone.end_s for phone in plain.phones]
    assert all(
        a.end_s <= b.start_s + 1e-6 for a, b in zip(plain.phones, plain.phones[1:], strict=False)
    )
    assert ends == sorted(ends)
    placed = plain.at(2.0, line=0, speaker="MARA")
    assert placed.phones[0].start_s == pytest.approx(2.0 + plain.phones[0].start_s)


def test_a_second_line_loads_nothing_and_a_kept_one_says_nothing(
    plain, tmp_path, monkeypatch
) -> None:
    session = model._session()
    said = Speech(tmp_path).utter("No.", MARA)
    assert model._session() is session
    monkeypatch.setattr(model, "say", None)
    kept = Speech(tmp_path).utter("No.", MARA)
    assert kept.samples.tobytes() == said.samples.tobytes()
    assert kept.phones == said.phones


def test_a_damaged_cache_is_said_again(plain, tmp_path) -> None:
    said = Speech(tmp_path).utter("No.", MARA)
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_bytes()[:500])
    assert Speech(tmp_path).utter("No.", MARA).samples.tobytes() == said.samples.tobytes()


def test_a_whisper_has_no_pitch_and_is_quieter(plain) -> None:
    whisper = Speech().utter(LINE, MARA, "whispers")
    assert voicing(plain.samples) > 0.6
    assert voicing(whisper.samples) < 0.45
    assert np.std(whisper.samples) < 0.6 * np.std(plain.samples)


def test_what_cannot_be_spoken_says_why(plain) -> None:
    said = Speech().utter("До свидания", MARA)
    assert len(said.samples) == 0
    assert said.why == "its letters are Cyrillic"


def test_manners_change_pace_and_level() -> None:
    assert manner_of("softly, slowly").names == ("quietly", "slowly")
    assert manner_of("shouting").gain_db > 0 > manner_of("quietly").gain_db
    assert manner_of("tired").speed < 1 < manner_of("excited").speed
    assert manner_of("off screen").names == ()


def test_tilting_brightens_what_lies_above_500_hz() -> None:
    noise = np.random.default_rng(0).standard_normal(24_000)
    gain_db = 20 * np.log10(np.abs(np.fft.rfft(tilted(noise, 2.0))) / np.abs(np.fft.rfft(noise)))
    assert gain_db[300] == pytest.approx(0, abs=0.01)
    assert gain_db[4000] == pytest.approx(6.0, abs=0.01)


def test_a_long_line_is_said_in_whole_sentences() -> None:
    parts = phrases("hɪ ɪz hɪɹ. " * 60)
    assert all(part.endswith(".") and len(part) <= 320 for part in parts)
    assert "".join(parts).count("hɪɹ") == 60


def test_styles_are_28_and_a_blend_lies_between() -> None:
    assert len(styles.style_names()) == 28
    rows = [
        styles.style_row(s, 40) for s in ((("af_heart", 1.0),), (("bf_emma", 1.0),), MARA.styles)
    ]
    assert np.allclose(0.7 * rows[0] + 0.3 * rows[1], rows[2], atol=1e-6)


@pytest.mark.parametrize("file", ["styles.npz", "lexicon.xz"])
def test_the_data_is_what_its_licences_name(file: str) -> None:
    digest = hashlib.sha256((HERE / file).read_bytes()).hexdigest()
    assert digest in (HERE / "VOICE-LICENSES").read_text(encoding="utf-8")
