"""Trims and transitions, through the real coder: which frames are seen, which are the very same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from flow_nb.engines.base import Chunk
from flow_nb.film.assemble import assemble
from flow_nb.film.cutting import cut
from flow_nb.media import decode
from flow_nb.media.encode import Encoder
from flow_nb.media.packets import coded, copyable_of
from flow_nb.media.planes import pictures
from flow_nb.plan.cues import Cue
from flow_nb.plan.edit import Edit
from flow_nb.plan.take import Take
from flow_nb.shield import credentials
from flow_nb.shield.seal import seal
from flow_nb.shield.signer import trust_in
from flow_nb.store import Store
from flow_nb.timebase import sample_at_frame
from tests.media.clips import SMALL, bar, click_at, picture
from tests.shield.studio import PLAN_HASH, debris, sealed

FPS = Fraction(24)


def quiet(_stage: str, _share: float) -> None:
    pass


def at(first: int, last: int | None = None, **more: object) -> Edit:
    out_s = None if last is None else last / 24
    return Edit.model_validate({"in_s": first / 24, "out_s": out_s, **more})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("studio"))


@pytest.fixture(scope="module")
def glass(store: Store) -> Take:
    return sealed(store, "glass", 79, clicks=[20_000, 100_000])


@pytest.fixture(scope="module")
def ball(store: Store) -> Take:
    return sealed(store, "ball", 60, level=60, hum=0.3)


def shown(store: Store, take: Take) -> list[np.ndarray]:
    return list(decode.frames(store.path(take)))


def psnr_db(one: np.ndarray, other: np.ndarray) -> float:
    error = ((one.astype(float) - other) ** 2).mean()
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


@pytest.mark.parametrize(
    ("first", "last"), [(0, 79), (48, 79), (0, 48), (5, 70), (50, 53), (77, 78)]
)
def test_a_trim_shows_just_the_frames_asked_for(
    store: Store, glass: Take, ball: Take, first: int, last: int
) -> None:
    film = assemble(
        [glass, ball], store, name="trim", progress=quiet, edits=[at(first, last), Edit()]
    )
    seen = shown(store, film)
    assert [bar(frame) for frame in seen] == [*range(first, last), *range(60)]
    whole = shown(store, glass)[first:last] + shown(store, ball)
    copied = copyable_of(coded(store.path(glass)), first, last)
    begin, end = (n - first for n in copied) if copied else (0, 0)
    same = [*range(begin, end), *range(last - first, len(seen))]
    assert all(np.array_equal(seen[i], whole[i]) for i in same)
    others = set(range(len(seen))) - set(same)
    assert min((psnr_db(seen[i], whole[i]) for i in others), default=99.0) > 45
    info = decode.probe(store.path(film))
    assert info.frames == film.frames == len(seen)
    assert info.audio_duration_s == info.video_duration_s == len(seen) / FPS


def test_sound_goes_with_its_pictures_through_a_trim(store: Store, glass: Take, ball: Take) -> None:
    edits = [at(12), at(5, 50)]
    film = assemble([glass, ball], store, name="sound", progress=quiet, edits=edits)
    sound = decode.samples(store.path(film))
    assert len(sound) == sample_at_frame(79 - 12 + 45, FPS)
    assert abs(click_at(sound, 76_000) - 76_000) <= 24
    edge = sample_at_frame(67, FPS)
    assert np.abs(sound[edge : edge + 8]).max() < 0.05 < np.abs(sound[edge + 400 :]).max()


def test_a_dissolve_shows_both_and_its_light_and_power_stay(
    store: Store, glass: Take, ball: Take
) -> None:
    edits = [Edit(transition="dissolve", transition_s=0.5), Edit()]
    film = assemble([glass, ball], store, name="dissolve", progress=quiet, edits=edits)
    assert film.frames == 79 + 60 - 12
    seen, old, new = (shown(store, t) for t in (film, glass, ball))
    for k in range(12):
        share = (k + 1) / 13
        mixed = old[67 + k] * (1 - share) + new[k] * share
        assert psnr_db(seen[67 + k], mixed) > 38
    copied = range(copyable_of(coded(store.path(glass)), 0, 67)[1])  # type: ignore[index]
    assert all(np.array_equal(seen[i], old[i]) for i in copied)
    assert [bar(frame) for frame in seen[79:]] == list(range(12, 60))


def test_a_hum_keeps_its_power_in_a_dissolve(store: Store, ball: Take) -> None:
    other = sealed(store, "noise", 60, level=20)
    edits = [Edit(transition="dissolve", transition_s=1), Edit()]
    film = assemble([ball, other], store, name="hum", progress=quiet, edits=edits)
    sound = decode.samples(store.path(film))[:, 0]
    begin, end = sample_at_frame(36, FPS), sample_at_frame(60, FPS)
    half = (begin + end) // 2
    level = [float(np.sqrt((sound[a : a + 2400] ** 2).mean())) for a in (begin - 2400, half, end)]
    assert 20 * np.log10(level[1] / level[0]) == pytest.approx(-3.0, abs=0.6)
    assert level[2] < 0.01 * level[0]


def test_a_fade_goes_to_black_and_comes_back(store: Store, glass: Take, ball: Take) -> None:
    fade = Edit(transition="fade", transition_s=1)
    film = assemble([glass, ball], store, name="fade", progress=quiet, edits=[fade, fade])
    assert film.frames == 79 + 60
    light = [float(frame.mean()) for frame in shown(store, film)]
    assert max(light[78], light[79]) < 20
    assert all(a > b for a, b in pairwise(light[67:79]))
    assert light[-1] < 20
    assert np.abs(decode.samples(store.path(film))[-200:]).max() < 0.02


def test_the_record_says_what_was_cut_and_subtitles_follow(store: Store) -> None:
    take = _spoken(store, "one", [(0.5, 1.0, "Early."), (1.4, 1.9, "Late.")])
    other = _spoken(store, "two", [(0.25, 0.75, "Then.")])
    edits = [at(18, transition="dissolve", transition_s=0.25), Edit()]
    film = assemble([take, other], store, name="said", progress=quiet, edits=edits)
    said = [(round(cue.start_s, 3), round(cue.end_s, 3), cue.text) for cue in film.cues]
    assert said == [(0.0, 0.25, "Early."), (0.65, 1.15, "Late."), (1.25, 1.75, "Then.")]
    assert film.notes == ('"one" was trimmed to 0.75 to 2.00 s.',)
    found = credentials.read(store.path(film), trust_in(store.keys))
    assert (found.state, found.ingredients) == ("valid", ("one", "two"))
    again = assemble([take, other], store, name="said", progress=quiet, edits=edits)
    assert again == film
    assert assemble([take, other], store, name="said", progress=quiet) != film
    assert not debris(store.folder)


def test_an_edit_beyond_its_take_shows_it_whole_and_says_so() -> None:
    edits = [Edit(in_s=9, out_s=12), Edit(out_s=99), Edit(transition="dissolve", transition_s=5)]
    plan = cut(["a", "b", "c"], [48, 24, 24], edits, FPS)
    assert [(s.first, s.last) for s in plan.strips] == [(0, 48), (0, 24), (0, 24)]
    assert plan.notes == (
        '"a" is shown whole: its take of 2.00 s has nothing between 9 s and 12 s.',
    )


def test_a_transition_is_never_longer_than_its_shots() -> None:
    long = Edit(transition="dissolve", transition_s=2)
    plan = cut(["a", "b", "c"], [24, 30, 40], [long, long, long], FPS)
    assert [(s.start, s.head, s.tail) for s in plan.strips] == [(0, 0, 23), (1, 23, 6), (25, 6, 0)]
    assert plan.notes[0] == (
        'the dissolve after "a" is 23 frames long, not 48: the shots that it joins are no longer.'
    )


def test_a_trim_of_another_coder_s_take_is_drawn_by_ours(store: Store) -> None:
    take = sealed(store, "foreign", 40, preset="ultrafast")
    film = assemble([take, take], store, name="foreign", progress=quiet, edits=[at(3), at(0, 11)])
    assert [bar(frame) for frame in shown(store, film)] == [*range(3, 40), *range(11)]
    assert any("coded anew" in note for note in film.notes)


def test_pictures_are_found_anywhere_in_a_clip(store: Store, glass: Take) -> None:
    clip = store.path(glass)
    whole = [frame.to_ndarray() for frame in pictures(clip, 0, 79)]
    for first, last in ((0, 1), (47, 49), (60, 79)):
        some = [frame.to_ndarray() for frame in pictures(clip, first, last)]
        assert all(np.array_equal(a, b) for a, b in zip(some, whole[first:last], strict=True))


def test_marked_noise_is_coded_finely(store: Store) -> None:
    with store.working(".mp4") as part:
        with Encoder(part, SMALL) as out:
            for chunk in _noise(60):
                out.write(chunk)
        take = seal(
            part, store, shot="noise", plan_hash=PLAN_HASH, engine="stage", tier="fast", seed=3,
            format=SMALL, frames=60, poster_frame=picture(1, SMALL),
        )  # fmt: skip
    film = assemble([take], store, name="noise", progress=quiet, edits=[at(5, 40)])
    pairs = zip(shown(store, film), shown(store, take)[5:40], strict=True)
    assert min(psnr_db(a, b) for a, b in pairs) > 42


def _noise(frames: int) -> Iterator[Chunk]:
    rng = np.random.default_rng(1)
    field = rng.integers(60, 200, (SMALL.height, SMALL.width + frames, 3), np.uint8)
    for f in range(frames):
        samples = np.zeros((2000, 2), np.float32)
        view = field[:, f : f + SMALL.width]
        yield Chunk(frames=np.ascontiguousarray(view)[None], samples=samples, first_frame=f)


def _spoken(store: Store, shot: str, lines: Sequence[tuple[float, float, str]]) -> Take:
    from tests.media.clips import clip

    with store.working(".mp4") as part:
        clip(part, 48)
        return seal(
            part, store, shot=shot, plan_hash=PLAN_HASH, engine="stage", tier="fast",
            seed=len(shot + lines[0][2]), format=SMALL, frames=48, poster_frame=picture(1, SMALL),
            cues=[Cue(start_s=a, end_s=b, speaker="MARA", text=text) for a, b, text in lines],
        )  # fmt: skip
