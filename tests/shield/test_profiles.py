"""Profiles as data, the labels they ask for, and what a take and a film say of them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from flow_nb import Studio, make_shot
from flow_nb.engines.base import Format
from flow_nb.engines.fake import GREY, FakeEngine
from flow_nb.errors import SealError, ShotError
from flow_nb.media import decode
from flow_nb.shield.profiles.label import INK, PLACES, label
from flow_nb.shield.profiles.profile import ADVICE, chosen, profiles, strictest
from flow_nb.shield.profiles.rhythm import rhythm, with_rhythm

SMALL = Format(width=640, height=360, fps=Fraction(12))
FALL = "A glass falls off the table."

pytestmark = pytest.mark.usefixtures("solved_before")


def test_every_profile_is_dated_and_every_law_has_its_source() -> None:
    assert {"eu", "china", "india", "california", "korea", "newyork", "none"} <= profiles().keys()
    for profile in profiles().values():
        assert profile.checked >= dt.date(2026, 11, 21)
        assert profile.law
        if profile.rule and profile.id != "open":
            assert any(source.read for source in profile.source), profile.id
            assert any(rule.kind == "duty" and rule.why for rule in profile.rule), profile.id


def test_chinas_label_has_the_size_and_the_time_of_the_standard() -> None:
    asked = strictest(chosen(["china"]))
    assert (asked.texts, asked.share, asked.seconds) == (("AI生成",), 0.05, 2.0)


def test_several_profiles_give_all_texts_the_largest_size_and_the_longest_time() -> None:
    asked = strictest(chosen(["eu", "china"]))
    assert (asked.texts, asked.share, asked.seconds) == (("AI GENERATED", "AI生成"), 0.05, 4.0)
    assert strictest(chosen(["eu", "india"])).seconds is None
    assert strictest(()).texts == ()


def test_a_performers_label_is_asked_for_only_where_figures_act() -> None:
    assert strictest(chosen(["newyork"]), people=False).texts == ()
    assert strictest(chosen(["newyork"]), people=True).texts == ("SYNTHETIC PERFORMER",)


def test_an_unknown_profile_offers_the_nearest() -> None:
    with pytest.raises(ShotError, match=r'no profile "chnia"\. Did you mean "china"'):
        chosen(["chnia"])


@pytest.mark.parametrize("name", sorted(profiles()))
@pytest.mark.parametrize("size", [(640, 360), (720, 1280), (1920, 1080)])
def test_every_label_is_as_high_as_it_must_be_and_can_be_read(
    name: str, size: tuple[int, int]
) -> None:
    asked = strictest(chosen([name]))
    if not asked.texts:
        return
    form = Format(width=size[0], height=size[1], fps=Fraction(24))
    made = label(asked.texts, form, share=asked.share, seconds=asked.seconds, total=48)
    assert made.height_px >= asked.share * min(size)
    picture = made.put(np.full((1, size[1], size[0], 3), 128, np.uint8), 0)[0]
    assert picture.max() > INK - 6
    changed = (picture != 128).any(axis=2)
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    assert rows[0] > 0
    assert rows[-1] < size[1] - 1
    assert columns[-1] < size[0] - 1


def test_a_label_stands_as_long_as_it_must_and_no_longer() -> None:
    made = label(["AI"], SMALL, share=0.05, seconds=2.0, total=60)
    grey = np.full((6, 360, 640, 3), 99, np.uint8)
    shown = [bool((made.put(grey, first) != 99).any(axis=(1, 2, 3)).sum()) for first in (0, 18, 24)]
    assert shown == [True, True, False]
    assert (made.put(grey, 21) != 99).any(axis=(1, 2, 3)).sum() == 3
    assert (grey == 99).all(), "the engine's frames are not touched"


def test_a_label_keeps_clear_of_faces() -> None:
    corner = (0.6, 0.6, 1.0, 1.0)
    assert label(["AI"], SMALL, share=0.05, seconds=None, total=2).place == PLACES[0]
    made = label(["AI"], SMALL, share=0.05, seconds=None, total=2, faces=[(), (corner,)])
    assert (made.place, made.covered) == (PLACES[1], 0.0)
    late = label(["AI"], SMALL, share=0.05, seconds=0.01, total=2, faces=[(), (corner,)])
    assert late.place == PLACES[0], "a face that comes when the label is gone is in nobody's way"
    full = label(["AI"], SMALL, share=0.05, seconds=None, total=1, faces=[((0.0, 0.0, 1.0, 1.0),)])
    assert full.covered > 0


def test_a_label_that_does_not_fit_is_refused() -> None:
    tiny = Format(width=64, height=48, fps=Fraction(12))
    with pytest.raises(SealError, match="Choose fewer profiles"):
        label(["SYNTHETICALLY GENERATED"] * 3, tiny, share=0.2, seconds=1, total=1)


def test_the_rhythm_is_short_long_short_short() -> None:
    loud = np.abs(rhythm()) > 0.01
    edges = np.flatnonzero(np.diff(np.r_[0, (np.convolve(loud, np.ones(200), "same") > 0)]))
    lengths = np.diff(edges)[::2] / 48_000
    assert [round(float(s) / 0.09) for s in lengths] == [1, 3, 1, 1]
    sound = np.full((96_000, 2), 0.9, np.float32)
    pieces = [with_rhythm(sound[at : at + 700], at) for at in range(0, 96_000, 700)]
    assert np.array_equal(np.concatenate(pieces), with_rhythm(sound, 0))
    assert np.abs(np.concatenate(pieces)).max() <= 1
    assert np.array_equal(with_rhythm(sound, 0)[60_000:], sound[60_000:])


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(
        tmp_path, engines=[FakeEngine(format=Format(width=320, height=180, fps=Fraction(12)))]
    )


def _shot(name: str = "glass", profile: str = "", duration: float = 3):
    return make_shot(name, FALL, engine="fake", duration=duration, profile=profile)


def _labelled(studio: Studio, take) -> list[bool]:
    """Which seconds of a take begin with a label in the lower right corner."""
    fps = take.fps[0] // take.fps[1]
    pictures = list(decode.frames(studio.path(take)))[::fps]
    return [bool(np.abs(p[-40:, -120:].astype(int) - GREY).max() > 90) for p in pictures]


def test_a_shot_with_a_profile_is_labelled_in_the_same_pass(studio: Studio) -> None:
    take = studio.shoot(_shot(profile="china")).take
    assert _labelled(studio, take) == [True, True, False]
    assert take.profiles == ("china",)
    done = {line.rule: line.text for line in take.kept if line.state == "done"}
    assert "9 pixels high" in done["label"]
    assert "as the law says" in done["label"]
    assert {line.state for line in take.kept} == {"done", "not asked", "not promised"}
    assert studio.verify(studio.path(take)).verdict == "made here and whole"


def test_a_profile_is_part_of_the_order(studio: Studio) -> None:
    plain, bound = studio.shoot(_shot()).take, studio.shoot(_shot(profile="china")).take
    assert plain.id != bound.id
    assert studio.shoot(_shot(profile=" china ,none")).cached


def test_an_unknown_profile_costs_nothing(studio: Studio) -> None:
    with pytest.raises(ShotError, match='shot "glass": there is no profile "uk"'):
        studio.shoot(_shot(profile="eu,uk"))
    assert list(studio.store.takes()) == []


def test_the_open_profile_is_heard(studio: Studio) -> None:
    take = studio.shoot(_shot(profile="open")).take
    heard = decode.samples(studio.path(take))[5000:60_000, 0]
    spectrum = np.abs(np.fft.rfft(heard))
    assert abs(int(spectrum.argmax()) * 48_000 / len(heard) - 880) < 5
    assert any(line.rule == "sound" and line.state == "done" for line in take.kept)


def test_a_film_takes_the_strictest_of_its_shots_and_labels_what_lacks_it(studio: Studio) -> None:
    studio.shoot(_shot("one", duration=2))
    studio.shoot(_shot("two", "china", duration=2))
    film = studio.film()
    assert film.profiles == ("china",)
    assert _labelled(studio, film) == [True, True, True, True]
    assert any("to burn the label in" in note for note in film.notes)
    later = studio.film(["two", "one"], name="later")
    assert _labelled(studio, later) == [True, True, False, False]
    assert later.notes == (), "what bears its label is copied"
    whole = studio.film(["two", "one"], name="whole", profiles=["india"])
    assert _labelled(studio, whole) == [True] * 4
    assert {line.profile for line in whole.kept} == {"china", "india"}


def test_a_film_without_profiles_says_nothing_of_them(studio: Studio) -> None:
    studio.shoot(_shot("one", duration=1))
    film = studio.film()
    assert (film.profiles, film.kept) == ((), ())


def test_the_advice_is_that_there_is_none() -> None:
    assert "no legal advice" in ADVICE
