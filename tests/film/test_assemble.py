from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from flow_nb.engines.base import Format
from flow_nb.engines.stage.sound.loudness import loudness_lufs, true_peak_db
from flow_nb.errors import Cancelled, FilmError
from flow_nb.film.assemble import assemble
from flow_nb.film.conform import letterbox, repeats
from flow_nb.media import decode
from flow_nb.plan.cues import Cue
from flow_nb.plan.take import Take
from flow_nb.shield import credentials
from flow_nb.shield.seal import seal
from flow_nb.shield.signer import trust_in
from flow_nb.shield.verify import verify
from flow_nb.store import Store
from tests.media.clips import SMALL, bar, click_at, clip, picture
from tests.shield.studio import debris, sealed

HALF_FRAME = 1000  # samples at 24 frames a second


def quiet(_stage: str, _share: float) -> None:
    pass


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_a_film_holds_every_frame_of_its_takes_unchanged(store: Store) -> None:
    takes = [sealed(store, "glass", 37), sealed(store, "ball", 50, level=60)]
    film = assemble([*takes, takes[0]], store, name="film", progress=quiet)
    assert (film.frames, film.engine, film.notes) == (124, "film", ())
    shown = list(decode.frames(store.path(film)))
    parts = [f for take in (*takes, takes[0]) for f in decode.frames(store.path(take))]
    assert all(np.array_equal(a, b) for a, b in zip(shown, parts, strict=True))
    info = decode.probe(store.path(film))
    assert info.audio_duration_s == info.video_duration_s == Fraction(124, 24)


def test_sound_stays_where_it_was_in_every_take(store: Store) -> None:
    clicks = {"a": 5000, "b": 30_000, "c": 60_001}
    takes = [sealed(store, name, 37, clicks=[at]) for name, at in clicks.items()]
    film = assemble(takes * 3, store, name="film", progress=quiet)
    sound = decode.samples(store.path(film))
    for place, at in enumerate(list(clicks.values()) * 3):
        expected = place * 37 * 2000 + at
        assert abs(click_at(sound, expected) - expected) <= 24 < HALF_FRAME


def test_there_is_no_gap_at_a_cut(store: Store) -> None:
    take = sealed(store, "hum", 37, hum=0.3)
    film = assemble([take, take], store, name="film", progress=quiet)
    sound = decode.samples(store.path(film))[:, 0]
    level = np.sqrt(np.convolve(sound**2, np.full(240, 1 / 240), "valid"))
    assert level[1000:-1000].min() > 0.9 * np.median(level)


def test_a_film_is_sealed_with_its_takes_as_ingredients(store: Store) -> None:
    takes = [sealed(store, "glass"), sealed(store, "ball")]
    film = assemble(takes, store, name="my film", progress=quiet)
    found = credentials.read(store.path(film), trust_in(store.keys))
    assert (found.state, found.trusted, found.ingredients) == ("valid", True, ("glass", "ball"))
    assert found.statement is not None
    assert found.statement.kind == "film"
    assert verify(store.path(film), store).verdict == "made here and whole"
    assert film.clip.startswith("films/my-film-")
    assert not debris(store.folder)


def test_the_same_takes_give_the_film_at_hand(store: Store) -> None:
    takes = [sealed(store, "glass"), sealed(store, "ball")]
    film = assemble(takes, store, name="film", progress=quiet)
    assert assemble(takes, store, name="film", progress=quiet) == film
    assert assemble(takes[::-1], store, name="film", progress=quiet) != film


def test_takes_of_another_format_are_drawn_anew_and_it_is_said(store: Store) -> None:
    tall = Format(width=96, height=160, fps=Fraction(12))
    big = Format(width=320, height=192, fps=Fraction(24))
    takes = [
        sealed(store, "tall", 10, form=tall, clicks=[20_000]),
        sealed(store, "big", 9, form=big),
    ]
    film = assemble(takes, store, name="film", progress=quiet)
    assert (film.width, film.height, film.fps, film.frames) == (320, 192, (24, 1), 29)
    assert film.notes == ('"tall" was coded anew: 96×160 at 12 became 320×192 at 24.',)
    shown = list(decode.frames(store.path(film)))
    assert [bar(frame) for frame in shown[20:]] == list(range(9))
    assert max(shown[0][:, :50].max(), shown[0][:, -50:].max()) < 20
    assert abs(click_at(decode.samples(store.path(film)), 20_000) - 20_000) <= 24


def test_a_take_of_another_encoder_is_drawn_anew(store: Store) -> None:
    takes = [sealed(store, "old", 12, preset="ultrafast"), sealed(store, "new", 12)]
    film = assemble(takes, store, name="film", progress=quiet)
    assert film.frames == 24
    assert [bar(frame) for frame in decode.frames(store.path(film))] == [*range(12), *range(12)]
    assert film.notes


def test_no_takes_are_an_error_with_a_fix(store: Store) -> None:
    with pytest.raises(FilmError, match=r"no shots to join\. Run a %%shot cell first"):
        assemble([], store, name="film", progress=quiet)


@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_a_missing_or_damaged_clip_names_its_shot_and_the_fix(store: Store, damage: str) -> None:
    takes = [sealed(store, "glass"), sealed(store, "ball")]
    clip = store.path(takes[1])
    if damage == "missing":
        clip.unlink()
    else:
        clip.write_bytes(clip.read_bytes()[:-50])
    with pytest.raises(FilmError, match=rf'shot "ball": .* is {damage}. Run its %%shot cell again'):
        assemble(takes, store, name="film", progress=quiet)


def test_stopping_leaves_nothing(store: Store) -> None:
    tall = Format(width=96, height=160, fps=Fraction(12))
    takes = [sealed(store, "glass"), sealed(store, "tall", form=tall)]

    def stop(_stage: str, share: float) -> None:
        if share > 0.6:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        assemble(takes, store, name="film", progress=stop)
    assert list((store.folder / "films").iterdir()) == []
    assert not debris(store.folder)


def test_progress_only_grows(store: Store) -> None:
    tall = Format(width=96, height=160, fps=Fraction(12))
    small = [sealed(store, f"tall{n}", form=tall) for n in range(3)]
    told: list[float] = []
    takes = [sealed(store, "glass"), *small]
    assemble(takes, store, name="film", progress=lambda _stage, share: told.append(share))
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1


@pytest.mark.parametrize("rates", [(12, 24), (24, 12), (30, 24), (24, 25), (25, 30)])
def test_conformed_frames_show_what_was_shown_at_that_instant(rates: tuple[int, int]) -> None:
    old, new = map(Fraction, rates)
    counts = repeats(50, old, new)
    shown = [frame for frame, count in enumerate(counts) for _ in range(count)]
    assert len(shown) == round(50 / old * new)
    assert all(shown[k] == min(49, int(k / new * old)) for k in range(len(shown)))


def test_a_letterbox_shows_the_whole_picture() -> None:
    white = np.full((160, 96, 3), 255, np.uint8)
    box = letterbox(white, 320, 192)
    assert box.shape == (192, 320, 3)
    assert box[:, 103:217].min() > 250
    assert box[:, :100].max() == box[:, 220:].max() == 0


def _spoken(store: Store, shot: str, text: str, **chunks: object) -> Take:
    with store.working(".mp4") as part:
        clip(part, 48, **chunks)
        return seal(
            part,
            store,
            shot=shot,
            plan_hash="ab" * 32,
            engine="stage",
            tier="fast",
            seed=len(text),
            format=SMALL,
            frames=48,
            poster_frame=picture(1, SMALL),
            cues=[Cue(start_s=0.5, end_s=1.5, speaker="MARA", text=text)],
            description=f"A kitchen: {shot}.",
        )


def test_subtitles_stand_beside_every_take_and_in_the_film(store: Store) -> None:
    takes = [_spoken(store, "one", "First."), _spoken(store, "two", "Second <b>.")]
    for take in takes:
        stem = take.clip.removesuffix(".mp4")
        assert take.texts == (f"{stem}.vtt", f"{stem}.srt", f"{stem}.descriptions.vtt")
        assert all((store.folder / text).is_file() for text in take.texts)
    film = assemble(takes, store, name="film", progress=quiet)
    assert [(cue.start_s, cue.text) for cue in film.cues] == [(0.5, "First."), (2.5, "Second <b>.")]
    assert film.description == "A kitchen: one. A kitchen: two."
    assert "00:00:02.500" in (store.folder / film.texts[0]).read_text()
    with av.open(str(store.path(film))) as container:
        texts = [
            bytes(p)[2:] for p in container.demux(container.streams.subtitles[0]) if p.size > 2
        ]
    assert texts == [b"MARA: First.", b"MARA: Second <b>."]
    assert verify(store.path(film), store).credentials.state == "valid"


@pytest.mark.parametrize(("gain", "least", "most"), [(0.05, -20, -18), (0.5, -17.5, -15.5)])
def test_a_film_is_as_loud_as_films_are_and_its_shots_keep_their_balance(
    store: Store, gain: float, least: float, most: float
) -> None:
    loud, quiet_one = sealed(store, "loud", 48, hum=gain), sealed(store, "quiet", 48, hum=gain / 4)
    film = assemble([loud, quiet_one, loud], store, name="film", progress=quiet)
    sound = decode.samples(store.path(film)).astype(float)
    assert least < loudness_lufs(sound) < most
    assert true_peak_db(sound) <= -1.0
    parts = [np.sqrt((sound[a + 9600 : a + 86_000] ** 2).mean()) for a in (0, 96_000)]
    assert 20 * np.log10(parts[0] / parts[1]) == pytest.approx(12, abs=0.3)
