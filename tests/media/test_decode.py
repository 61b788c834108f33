import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from flow_nb.errors import MediaError
from flow_nb.media import decode
from flow_nb.media.mux import picture, remux
from tests.media.clips import bar, click_at, clip, joined

READERS = [decode.probe, lambda p: list(decode.frames(p)), decode.samples, decode.frames_sha256]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clip(tmp_path_factory.mktemp("clips") / "a.mp4", 37, clicks=[30_000])


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a clip",
        b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n",
        b"\x00\x00\x00\x18ftypisom" + bytes(40),
        np.random.default_rng(3).bytes(5000),
    ],
    ids=["empty", "text", "playlist", "head only", "noise"],
)
def test_what_is_no_clip_is_one_clear_line(tmp_path: Path, reader: object, data: bytes) -> None:
    (tmp_path / "x.mp4").write_bytes(data)
    with pytest.raises(MediaError, match=r'"x\.mp4" is not a readable MP4') as caught:
        reader(tmp_path / "x.mp4")  # type: ignore[operator]
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("reader", READERS)
def test_a_folder_and_a_missing_file_are_named(tmp_path: Path, reader: object) -> None:
    with pytest.raises(MediaError, match="is not a file"):
        reader(tmp_path)  # type: ignore[operator]
    with pytest.raises(MediaError, match="there is no file"):
        reader(tmp_path / "no.mp4")  # type: ignore[operator]


def test_a_clip_that_was_cut_off_says_how_much_is_left(whole: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[:-300])
    with pytest.raises(MediaError, match=r"holds \d+ of 37 frames"):
        list(decode.frames(cut))
    with pytest.raises(MediaError, match="sound ends too early"):
        decode.samples(cut)


def test_any_damage_is_an_error_or_pictures_but_never_a_crash(whole: Path, tmp_path: Path) -> None:
    data, rng = whole.read_bytes(), np.random.default_rng(11)
    for _ in range(40):
        bad = bytearray(data)
        for at in rng.integers(0, len(bad), 30):
            bad[at] = rng.integers(0, 256)
        (tmp_path / "bad.mp4").write_bytes(bad)
        for reader in READERS:
            with suppress(MediaError):
                reader(tmp_path / "bad.mp4")


def test_a_keyframe_is_at_or_before_its_instant(tmp_path: Path) -> None:
    path = clip(tmp_path / "a.mp4", 70)  # keyframes at least every 48 frames
    assert bar(decode.keyframe(path, 0.5)) == 0
    assert 12 <= bar(decode.keyframe(path, 2.5)) <= 60


def test_a_remux_changes_nothing_but_the_metadata(whole: Path, tmp_path: Path) -> None:
    remux(whole, tmp_path / "b.mp4", {"title": "new"})
    assert decode.frames_sha256(tmp_path / "b.mp4") == decode.frames_sha256(whole)
    assert np.array_equal(decode.samples(tmp_path / "b.mp4"), decode.samples(whole))


def test_joined_clips_keep_every_picture_and_place_every_sound(whole: Path, tmp_path: Path) -> None:
    other = clip(tmp_path / "b.mp4", 50, clicks=[7000, 95_000], level=60)
    assert picture(whole).joins(picture(other))
    assert joined([whole, other, whole], tmp_path / "f.mp4") == 124
    film = list(decode.frames(tmp_path / "f.mp4"))
    parts = [frame for part in (whole, other, whole) for frame in decode.frames(part)]
    assert all(np.array_equal(a, b) for a, b in zip(film, parts, strict=True))
    sound = decode.samples(tmp_path / "f.mp4")
    assert len(sound) == 124 * 2000
    for at in (30_000, 74_000 + 7000, 74_000 + 95_000, 174_000 + 30_000):
        assert abs(click_at(sound, at) - at) <= 24


_FULL = """
import resource, sys
from pathlib import Path
from flow_nb.errors import MediaError
from flow_nb.media.mux import remux
from tests.media.clips import joined
clip, folder = Path(sys.argv[1]), Path(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
for write, source in ((remux, clip), (joined, [clip] * 9)):
    try:
        write(source, folder / "new.mp4")
    except MediaError as error:
        print(error)
"""


def test_a_disk_that_takes_no_more_is_not_blamed_on_the_clip(whole: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _FULL, str(whole), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.count(f'cannot write a clip to "{tmp_path}"') == 2
    assert list(tmp_path.iterdir()) == []


def test_a_broken_clip_is_not_blamed_on_the_disk(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.mp4").write_bytes(whole.read_bytes()[:-2000])
    with pytest.raises(MediaError, match=r"cut\.mp4"):
        joined([whole, tmp_path / "cut.mp4"], tmp_path / "j.mp4")
    assert [p.name for p in tmp_path.iterdir()] == ["cut.mp4"]
