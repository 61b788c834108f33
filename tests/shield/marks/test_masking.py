import numpy as np
import pytest

from flow_nb.shield.marks.masking import Masking, bark, power_of, quiet_db_spl

FRAME = 1_920
WINDOW = np.sin(np.pi * (np.arange(FRAME) + 0.5) / FRAME)
MASKING = Masking(FRAME // 2 + 1, 25.0)


def power(sound: np.ndarray) -> np.ndarray:
    return power_of(np.fft.rfft(sound * WINDOW)[None], FRAME)


def tone(hz: float, peak: float = 1.0) -> np.ndarray:
    return peak * np.sin(2 * np.pi * hz * np.arange(FRAME) / 48_000)


def band_at(hz: float) -> int:
    return int(MASKING.band_of[round(hz / 25)])


def test_a_full_scale_sine_has_a_power_of_one_half() -> None:
    assert power(tone(1_000)).sum() == pytest.approx(0.5, rel=1e-3)


def test_bark_is_8_and_a_half_at_1_khz_and_quiet_is_lowest_near_3_khz() -> None:
    assert bark(np.array([1_000.0]))[0] == pytest.approx(8.5, abs=0.1)
    hz = np.linspace(100, 16_000, 400)
    assert 2_900 < hz[quiet_db_spl(hz).argmin()] < 3_900


def test_a_tone_hides_less_than_noise_of_the_same_power() -> None:
    band = band_at(1_000)
    noise = np.random.default_rng(1).standard_normal((40, FRAME))
    spectra = np.fft.rfft(noise * WINDOW)
    heard = power_of(spectra, FRAME).mean(0, keepdims=True)
    hidden = MASKING.masked(power_of(spectra, FRAME)).mean(0)
    by_noise_db = 10 * np.log10(hidden[band] / (heard @ MASKING.members)[0, band])
    one = power(tone(1_000))
    by_tone_db = 10 * np.log10(MASKING.masked(one)[0, band] / (one @ MASKING.members)[0, band])
    assert by_noise_db == pytest.approx(-5.5, abs=2.5)
    assert by_tone_db < -20


def test_what_is_twice_as_loud_hides_twice_as_much() -> None:
    loud, soft = (MASKING.masked(power(tone(700, peak))) for peak in (0.8, 0.4))
    np.testing.assert_allclose(loud, 4 * soft, rtol=1e-3)


def test_a_tone_hides_more_above_than_below_itself() -> None:
    hidden = MASKING.masked(power(tone(1_000)))[0]
    assert hidden[band_at(1_000) + 4] > 10 * hidden[band_at(1_000) - 4]
