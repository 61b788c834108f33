"""Files of all kinds before the three witnesses: marks that lead to the record, and limits that hold."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from flow_nb.film.assemble import assemble
from flow_nb.media.mux import remux
from flow_nb.plan.take import Take
from flow_nb.shield import witness as room
from flow_nb.shield.child import FIRST_S, allowed_s
from flow_nb.shield.guard import fresh_id
from flow_nb.shield.secret import NAME, MarkSecret
from flow_nb.shield.verify import verify
from flow_nb.store import Store
from tests.bench.shield_files import measured
from tests.shield.studio import WIDE, marked


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("studio"))


@pytest.fixture(scope="module")
def take(store: Store) -> Take:
    return marked(store, "glass", seconds=5)


def recoded(
    source: Path,
    target: Path,
    *,
    codec: str = "libx264",
    options: dict[str, str] | None = None,
    scale: float = 1.0,
    sound: str = "",
    layout: str = "stereo",
    frames: int = 10**6,
) -> Path:
    """A new encoding of a clip's picture, with its sound where a codec for it is named."""
    with av.open(str(source)) as old, av.open(str(target), "w") as new:
        seen = old.streams.video[0]
        track = new.add_stream(codec, rate=seen.average_rate, options=options or {"crf": "28"})
        track.width, track.height = (round(s * scale) // 2 * 2 for s in (seen.width, seen.height))
        track.pix_fmt = "yuv420p"
        heard = new.add_stream(sound, rate=48_000, layout=layout) if sound else None
        turned = av.AudioResampler(layout=layout, rate=48_000)
        for frame in old.decode():
            if isinstance(frame, av.VideoFrame):
                number = round((frame.pts or 0) * frame.time_base * seen.average_rate)
                if number < frames:
                    picture = frame.reformat(track.width, track.height, "yuv420p")
                    picture.pts, picture.time_base = number, 1 / Fraction(seen.average_rate)
                    new.mux(track.encode(picture))
            elif heard is not None:
                for part in turned.resample(frame):
                    new.mux(heard.encode(part))
        for stream in new.streams:
            new.mux(stream.encode(None))
    return target


def test_both_marks_of_a_take_bear_its_id(store: Store, take: Take) -> None:
    found = verify(store.path(take), store)
    assert found.verdict == "made here and whole"
    assert {mark.kind: mark.id for mark in found.marks} == {
        "picture": take.id,
        "sound": take.id[:8],
    }
    assert all(mark.confidence > 0.8 and mark.false_alarm < 1e-3 for mark in found.marks)
    assert found.shots == (take,)
    assert set(found.looked) == {"picture", "sound"}
    assert found.credentials.bindings == (
        f"org.flow-nb.picture.1: {take.id}", f"org.flow-nb.sound.1: {take.id[:8]}",
    )  # fmt: skip
    assert f"picture mark {take.id}, 0.0 to 5.0 s, confidence" in "\n".join(found.lines())


ATTACKS: dict[str, Callable[[Path, Path], object]] = {
    "a remux": lambda old, new: remux(old, new / "x.mp4"),
    "a new encoding with six channels": lambda old, new: recoded(
        old, new / "x.mp4", sound="aac", layout="5.1"
    ),
    "matroska and opus with one channel": lambda old, new: recoded(
        old, new / "x.mkv", sound="libopus", layout="mono"
    ),
    "a silent screen recording at half size": lambda old, new: recoded(
        old, new / "x.mp4", scale=0.5
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_mark_leads_to_the_record_after(
    attack: str, store: Store, take: Take, tmp_path: Path
) -> None:
    ATTACKS[attack](store.path(take), tmp_path)
    (changed,) = tmp_path.iterdir()
    found = verify(changed, store)
    assert (found.verdict, found.take) == ("made here and changed", take), found.lines()
    assert found.credentials.state == "none"


def test_sound_alone_leads_to_the_record(store: Store, take: Take, tmp_path: Path) -> None:
    with av.open(str(store.path(take))) as old, av.open(str(tmp_path / "x.mp3"), "w") as new:
        heard = new.add_stream("libmp3lame", rate=48_000)
        for frame in old.decode(audio=0):
            new.mux(heard.encode(frame))
        new.mux(heard.encode(None))
    found = verify(tmp_path / "x.mp3", store)
    assert (found.verdict, found.take) == ("made here and changed", take)
    assert [mark.kind for mark in found.marks] == ["sound"]


def test_a_single_frame_gets_a_verdict(store: Store, take: Take, tmp_path: Path) -> None:
    one = recoded(store.path(take), tmp_path / "x.mp4", frames=1)
    assert verify(one, store).verdict in ("made here and changed", "nothing found")


def test_another_studio_finds_no_mark_of_ours(store: Store, take: Take, tmp_path: Path) -> None:
    other = Store(tmp_path / "other")
    marked(other, "theirs", seconds=1)
    recoded(store.path(take), tmp_path / "x.mp4", scale=0.5, frames=24)
    found = verify(tmp_path / "x.mp4", other)
    assert (found.verdict, found.take) == ("nothing found", None)
    assert "picture mark none" in "\n".join(found.lines())


def test_our_mark_under_anothers_signature_is_ours(
    store: Store, take: Take, tmp_path: Path
) -> None:
    from flow_nb.shield.seal import seal

    remux(store.path(take), tmp_path / "x.mp4")
    thief = Store(tmp_path / "thief")
    stolen = seal(
        tmp_path / "x.mp4", thief, shot="mine", plan_hash="cd" * 32, engine="stage", tier="fast",
        seed=1, format=WIDE, frames=take.frames, poster_frame=np.zeros((8, 8, 3), np.uint8),
    )  # fmt: skip
    found = verify(thief.path(stolen), store)
    assert (found.verdict, found.take) == ("made here and changed", take)
    assert "somebody else's signature" in " ".join(found.notes)


def test_the_marks_in_a_film_are_those_of_its_shots(
    store: Store, take: Take, tmp_path: Path
) -> None:
    other = marked(store, "ball", seconds=4, seed=5)
    film = assemble([take, other], store, name="film", progress=lambda *_: None)
    assert film.parts == (take.id, other.id)
    recoded(store.path(film), tmp_path / "x.mp4", options={"crf": "36", "preset": "fast"})
    found = verify(tmp_path / "x.mp4", store)
    assert [mark.id for mark in found.marks if mark.kind == "picture"] == [take.id, other.id]
    assert found.shots == (take, other)
    assert found.take == film
    bound = verify(store.path(film), store).credentials.bindings
    assert f"org.flow-nb.picture.1: {other.id}" in bound


def test_a_mark_whose_record_is_gone_is_still_ours(
    store: Store, take: Take, tmp_path: Path
) -> None:
    copy = Store(tmp_path / "copy")
    shutil.copytree(store.keys, copy.keys)
    remux(store.path(take), tmp_path / "x.mp4")
    found = verify(tmp_path / "x.mp4", copy)
    assert (found.verdict, found.take) == ("made here and changed", None)
    assert "is gone" in " ".join(found.notes)


def test_a_mark_too_faint_to_be_spelled_out_is_recognised_where_the_record_is(
    store: Store, take: Take, tmp_path: Path
) -> None:
    copy = Store(tmp_path / "copy")
    shutil.copytree(store.keys, copy.keys)
    faint = {"crf": "46", "preset": "veryfast"}
    recoded(store.path(take), tmp_path / "x.mp4", options=faint, frames=8)
    found = verify(tmp_path / "x.mp4", store)
    assert (found.verdict, found.take) == ("made here and changed", take)
    assert found.marks[0].false_alarm < 1e-4
    assert verify(tmp_path / "x.mp4", copy).verdict == "nothing found"


def test_a_secret_that_cannot_be_read_is_no_reason_to_fail(
    store: Store, take: Take, tmp_path: Path
) -> None:
    copy = Store(tmp_path / "copy")
    shutil.copytree(store.keys, copy.keys)
    (copy.keys / NAME).write_bytes(b"damaged")
    found = verify(store.path(take), copy)
    assert found.verdict == "made here and whole", "the signature alone says so"
    assert "no mark secret" in " ".join(found.notes)


def test_half_an_id_that_fits_two_takes_names_both(
    store: Store, take: Take, tmp_path: Path
) -> None:
    twin = take.model_copy(update={"id": take.id[:8] + "00000000", "shot": "twin"})
    store.put_take("feedfeed", twin)
    try:
        ATTACKS["a remux"](store.path(take), tmp_path)
        assert verify(tmp_path / "x.mp4", store).take == take, "the picture says which"
        test_ids = store.find_takes_by_start(take.id[:8])
        assert {found.shot for found in test_ids} == {"glass", "twin"}
    finally:
        (store.hidden / "takes" / f"{twin.id}.json").unlink()


def test_ids_are_the_same_for_what_repeats_and_never_alike_in_their_first_half(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path)
    secret = MarkSecret.of(store.keys)
    take = marked(store, "glass", seconds=1)
    assert fresh_id(store, secret, "glass/0", repeats=True) == take.id
    new = fresh_id(store, secret, "glass/0", repeats=False)
    assert new == secret.take_id("glass/0", 1)
    clash = take.model_copy(update={"id": secret.take_id("other")[:8] + "f" * 8})
    store.put_take("beefbeef", clash)
    assert fresh_id(store, secret, "other", repeats=True) == secret.take_id("other", 1)


def test_a_heat_map_is_drawn_where_a_mark_was_found(store: Store, take: Take) -> None:
    found = verify(store.path(take), store, visible=True)
    assert found.heat_png.startswith(b"\x89PNG")
    assert not verify(store.path(take), store).heat_png


def test_damaged_and_hostile_files_end_in_time_and_are_never_whole(
    store: Store, take: Take, tmp_path: Path
) -> None:
    data = store.path(take).read_bytes()
    rows = measured(data, store, tmp_path, count=17, seed=9)
    assert {word for _, word, _ in rows} <= {
        "made here and changed", "signed by others", "nothing found", "refused: is empty. Copy it again.",
    }  # fmt: skip
    assert max(seconds for _, _, seconds in rows) < 60
    left = room._kept[os.getpid()].process
    assert left.poll() is None, "the helper outlives every file"


def test_a_damaged_file_gets_less_time_than_a_healthy_one() -> None:
    healthy = {"media": {"whole": True, "width": 1920, "height": 1080, "duration_s": 60.0}}
    damaged = {"media": {**healthy["media"], "whole": False}}
    assert allowed_s(1000, {}) == pytest.approx(FIRST_S, abs=0.01)
    assert allowed_s(1000, damaged) == allowed_s(1000, {})
    assert allowed_s(1000, healthy | {"broken": 1}) == allowed_s(1000, {})
    assert allowed_s(1000, healthy) > 30


def test_a_helper_that_was_killed_is_started_again(store: Store, take: Take) -> None:
    verify(store.path(take), store)
    helper = room._kept[os.getpid()].process
    os.kill(helper.pid, signal.SIGKILL)
    helper.wait()
    assert verify(store.path(take), store).verdict == "made here and whole"


def test_the_keys_are_on_no_command_line(store: Store, take: Take) -> None:
    verify(store.path(take), store)
    told = Path(f"/proc/{room._kept[os.getpid()].process.pid}/cmdline")
    if told.exists():
        assert MarkSecret.of(store.keys).picture_key.hex().encode() not in told.read_bytes()


def test_an_interrupt_while_a_file_is_looked_at_leaves_nothing_behind(
    store: Store, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify(store.path(take), store)
    helper = room._kept[os.getpid()]

    def stop(_: float) -> dict[str, object]:
        raise KeyboardInterrupt

    monkeypatch.setattr(helper, "line", stop)
    with pytest.raises(KeyboardInterrupt):
        verify(store.path(take), store)
    began_s = time.monotonic()
    while helper.process.poll() is None and time.monotonic() - began_s < 5:
        time.sleep(0.05)
    assert helper.process.poll() is not None
    assert verify(store.path(take), store).verdict == "made here and whole"
