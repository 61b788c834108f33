"""A score is music: chords that lead, a beat that meets what happens, a cadence at the end."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from flow_nb.engines.stage.sound.loudness import loudness_lufs
from flow_nb.engines.stage.sound.mix import mix
from flow_nb.engines.stage.sound.score.compose import compose, feelings
from flow_nb.engines.stage.sound.score.grid import MOST_RUBATO, grid_of
from flow_nb.engines.stage.sound.score.players import PLAYERS, hertz
from flow_nb.engines.stage.sound.score.score import score
from flow_nb.engines.stage.sound.score.theory import chord_of, key_of, led
from flow_nb.plan.events import Event
from flow_nb.plan.music import Music
from flow_nb.plan.plan import Beat
from tests.engines.stage.sound.motions import motion_of, plan_of
from tests.engines.stage.sound.speech import line

SECONDS = 6.0


def shot(music=None, *, beats=(), breaks=2.9, duration_s=SECONDS):
    plan = plan_of([], duration_s=duration_s).model_copy(update={"music": music, "beats": beats})
    events = [Event(time_s=breaks, kind="break", body="glass", impulse_n_s=1.0)] if breaks else []
    return plan, motion_of([("glass", "glass", 0.1, 0.2)], duration_s=duration_s, events=events)


def notes(music, **more):
    plan, motion = shot(music, **more)
    return compose(plan, motion, music, np.random.default_rng(1))


def played(music, **more):
    return score(*shot(music, **more), np.random.default_rng(1))


@pytest.mark.parametrize("feeling", list(feelings()))
def test_every_feeling_ends_on_its_tonic_and_rings_out(feeling) -> None:
    all_notes = notes(Music(feeling=feeling, key="D minor"))
    last_s = max(note.time_s for note in all_notes if note.player != "percussion")
    final = [n for n in all_notes if n.time_s > last_s - 0.6 and n.lasts_s > 0.9]
    tonic = {2, 9} | {5, 6}
    assert final
    assert {n.note % 12 for n in final if n.player != "percussion"} <= tonic
    assert SECONDS - 2.2 < last_s < SECONDS - 0.5


def test_a_break_falls_on_a_beat_that_begins_a_bar() -> None:
    grid = grid_of(6.0, 100.0, [(2.93, 3.0)])
    assert grid.time_s(grid.hits[0]) == 2.93
    assert grid.hits[0] in grid.bars
    exact = {n.time_s for n in notes(Music(feeling="tense")) if n.exact}
    assert exact == {2.9}


def test_the_tempo_gives_but_does_not_break() -> None:
    rng = np.random.default_rng(2)
    for _ in range(200):
        strong = [(float(t), 1.0) for t in rng.uniform(0, 8, 5)]
        tempo, length = rng.uniform(50, 150), rng.uniform(1, 20)
        grid = grid_of(length, tempo, strong)
        for (b0, t0), (b1, t1) in pairwise(grid.knots):
            assert b1 > b0
            assert t1 > t0
            if grid.hits:
                assert abs((t1 - t0) / (b1 - b0) * tempo / 60 - 1) <= MOST_RUBATO + 1e-9


def test_voices_move_by_small_steps_and_hold_the_whole_chord() -> None:
    key = key_of("C major")
    chords = [chord_of(key, degree) for degree in ("I", "vi", "IV", "ii", "V7", "I")]
    voiced = led(chords)
    for chord, voices in zip(chords, voiced, strict=True):
        assert {n % 12 for n in voices} <= set(chord.tones)
        assert chord.tones[1] in {n % 12 for n in voices}
    assert all(max(abs(a - b) for a, b in zip(x, y, strict=True)) <= 5 for x, y in pairwise(voiced))


@pytest.mark.parametrize("player", list(PLAYERS))
@pytest.mark.parametrize("note", [40, 64, 84])
def test_every_player_begins_and_ends_at_zero_without_a_click(player, note) -> None:
    wave = PLAYERS[player](note, 0.5, 0.7, np.random.default_rng(1))
    assert np.isfinite(wave).all()
    assert abs(wave[0]) < 0.01
    assert np.abs(wave[-5:]).max() < 0.005


@pytest.mark.parametrize("player", [p for p in PLAYERS if p != "percussion"])
def test_every_player_is_in_tune(player) -> None:
    wave = PLAYERS[player](60, 1.0, 0.7, np.random.default_rng(1))[:48_000]
    power = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 1 << 18))
    at = np.fft.rfftfreq(1 << 18, 1 / 48_000)
    near = (at > hertz(59)) & (at < hertz(61))
    found = at[near][np.argmax(power[near])]
    assert abs(1200 * np.log2(found / hertz(60))) < 15


def test_tension_is_faster_and_in_minor_and_calm_is_not() -> None:
    assert len(notes(Music(feeling="tense"))) > 1.2 * len(notes(Music(feeling="calm")))
    assert feelings()["tense"]["minor"]
    assert not feelings()["calm"]["minor"]


def test_without_words_the_beats_decide() -> None:
    angry = Beat(mood="furious", intensity=0.9, start_s=0, end_s=6)
    players = {note.player for note in notes(Music(), beats=(angry,))}
    assert {"strings", "bass", "percussion", "horns"} <= players


def test_players_and_tempo_that_are_asked_for_play() -> None:
    asked = Music(feeling="sad", players=("piano",), tempo_bpm=60)
    found = notes(asked, breaks=None)
    assert {note.player for note in found} == {"piano"}


def test_no_music_is_played_unless_asked_for() -> None:
    assert not played(None).any()
    assert not played(Music(silent=True)).any()


def test_the_same_seed_plays_the_same_and_it_ends_in_silence() -> None:
    one = played(Music(feeling="happy"))
    assert np.array_equal(one, played(Music(feeling="happy")))
    assert np.abs(one[-20:]).max() < 1e-4
    assert one.shape == (288_000, 2)


def test_music_lies_under_the_words() -> None:
    music = played(Music(feeling="driving"))
    said = np.zeros((288_000, 2))
    voice = line(1.0, 4.0).samples
    said[48_000 : 48_000 + len(voice)] = voice[:, None]
    air = np.zeros_like(said)
    voice_only = mix(0 * music, air, dialogue=said).astype(float)
    both = mix(0 * music, air, dialogue=said, score=music).astype(float)
    middle = slice(72_000, 216_000)
    below = loudness_lufs(voice_only[middle]) - loudness_lufs((both - voice_only)[middle])
    assert below > 9


@pytest.mark.parametrize("duration_s", [1.0, 1.7, 30.0])
def test_the_shortest_and_the_longest_shot_have_a_score(duration_s) -> None:
    found = notes(Music(feeling="sad"), breaks=None, duration_s=duration_s)
    assert all(0 <= note.time_s < duration_s for note in found)
