import hashlib
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from flow_nb.engines.base import Chunk, Format
from flow_nb.errors import Cancelled, MediaError
from flow_nb.media import decode
from flow_nb.media.encode import Encoder
from tests.media.clips import SMALL, bar, chunks, click_at, clip

RATES = [Fraction(24), Fraction(12), Fraction(25), Fraction(30000, 1001), Fraction(24000, 1001)]
BT709_LIMITED = {  # H.273: Y = 16 + 219 E'Y; Cb = 128 + 224 (E'B - E'Y) / 1.8556; Cr alike, 1.5748
    (255, 0, 0): (63, 102, 240),
    (0, 255, 0): (173, 42, 26),
    (0, 0, 255): (32, 240, 118),
    (128, 128, 128): (126, 128, 128),
}


@pytest.mark.parametrize("fps", RATES)
def test_picture_and_sound_are_equally_long(tmp_path: Path, fps: Fraction) -> None:
    path = clip(tmp_path / "a.mp4", 37, form=Format(width=160, height=96, fps=fps))
    info = decode.probe(path)
    assert (info.frames, info.fps, info.video_codec, info.audio_codec) == (37, fps, "h264", "aac")
    assert info.video_duration_s == 37 / fps
    assert abs(info.audio_duration_s - 37 / fps) <= Fraction(1, 48000)
    assert len(list(decode.frames(path))) == 37
    assert len(decode.samples(path)) == int(37 * 48000 / fps)


@pytest.mark.parametrize("fps", RATES)
def test_a_click_is_heard_when_it_was_written(tmp_path: Path, fps: Fraction) -> None:
    written = [3000, 20_001, 41_777]
    form = Format(width=160, height=96, fps=fps)
    sound = decode.samples(clip(tmp_path / "a.mp4", 37, form=form, clicks=written))
    assert all(abs(click_at(sound, at) - at) <= 24 for at in written)  # half a millisecond


def test_every_frame_comes_back_in_its_place(tmp_path: Path) -> None:
    path = clip(tmp_path / "a.mp4", 37)
    assert [bar(frame) for frame in decode.frames(path)] == list(range(37))


@pytest.mark.parametrize("colour", BT709_LIMITED)
def test_colours_are_coded_as_bt709_limited_and_come_back(
    tmp_path: Path, colour: tuple[int, int, int]
) -> None:
    flat = np.full((4, 96, 160, 3), colour, np.uint8)
    with Encoder(tmp_path / "a.mp4", SMALL) as out:
        out.write(Chunk(frames=flat, samples=np.zeros((8000, 2), np.float32), first_frame=0))
    with av.open(str(tmp_path / "a.mp4")) as file:
        coder = file.streams.video[0].codec_context
        tags = (coder.color_primaries, coder.color_trc, coder.colorspace, coder.color_range)
        planes = next(file.decode(video=0)).to_ndarray()
    assert tags == (1, 1, 1, 1)
    luma, chroma = planes[:96], planes[96:].reshape(2, -1)
    coded = (luma.mean(), chroma[0].mean(), chroma[1].mean())
    assert np.allclose(coded, BT709_LIMITED[colour], atol=1.5)
    assert np.allclose(next(decode.frames(tmp_path / "a.mp4"))[48, 80], colour, atol=4)


def test_the_same_chunks_make_the_same_file(tmp_path: Path) -> None:
    first, second = clip(tmp_path / "a.mp4", 30), clip(tmp_path / "b.mp4", 30, step=4)
    assert decode.frames_sha256(first) == decode.frames_sha256(second)
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (first, second)}
    assert len(digests) == 1


_DIGEST = """
import sys
from pathlib import Path
import numpy as np
from flow_nb.engines.base import Chunk
from flow_nb.media.decode import frames_sha256
from flow_nb.media.encode import Encoder
from tests.media.clips import SMALL
small = np.random.default_rng(5).integers(0, 255, (24, 12, 20, 3), dtype=np.uint8)
sound = np.zeros((48_000, 2), np.float32)
with Encoder(Path(sys.argv[1]), SMALL) as out:
    frames = small.repeat(8, 1).repeat(8, 2)
    out.write(Chunk(frames=frames, samples=sound, first_frame=0))
print(frames_sha256(Path(sys.argv[1])))
"""


def test_pictures_do_not_depend_on_what_lay_in_memory_before(tmp_path: Path) -> None:
    digests = set()
    for fill in ("1", "77", "200"):
        memory = {"MALLOC_PERTURB_": fill, "MALLOC_MMAP_THRESHOLD_": "1000000000"}
        command = [sys.executable, "-c", _DIGEST, str(tmp_path / "a.mp4")]
        done = subprocess.run(command, capture_output=True, check=True, env=os.environ | memory)
        digests.add(done.stdout)
    assert len(digests) == 1


def test_the_index_stands_before_the_pictures(tmp_path: Path) -> None:
    data = clip(tmp_path / "a.mp4", 12).read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")


def test_metadata_are_read_back(tmp_path: Path) -> None:
    with Encoder(tmp_path / "a.mp4", SMALL, metadata={"title": "Gläser <b>"}) as out:
        for chunk in chunks(5):
            out.write(chunk)
    with av.open(str(tmp_path / "a.mp4")) as file:
        assert file.metadata["title"] == "Gläser <b>"


@pytest.mark.parametrize("error", [Cancelled("stopped"), KeyboardInterrupt(), OSError(5, "io")])
def test_whatever_stops_it_nothing_is_left(tmp_path: Path, error: BaseException) -> None:
    def stopped() -> None:
        with Encoder(tmp_path / "a.mp4", SMALL) as out:
            for chunk in chunks(40):
                out.write(chunk)
                if chunk.first_frame > 10:
                    raise error

    with pytest.raises(type(error)):
        stopped()
    assert list(tmp_path.iterdir()) == []


def test_the_old_file_stays_until_the_new_is_whole(tmp_path: Path) -> None:
    path = clip(tmp_path / "a.mp4", 5)
    before = path.read_bytes()
    with pytest.raises(MediaError), Encoder(path, SMALL) as out:
        out.write(Chunk(frames=next(chunks(7)).frames, samples=np.zeros((1, 2)), first_frame=0))
    assert path.read_bytes() == before


def test_no_frame_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="made no frame"), Encoder(tmp_path / "a.mp4", SMALL):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"first_frame": 3}, "no neighbour"),
        ({"samples": np.zeros((13_999, 2), np.float32)}, "sound of shape"),
        ({"samples": np.full((14_000, 2), np.nan, np.float32)}, "not a number"),
        ({"frames": np.zeros((7, 90, 160, 3), np.uint8)}, "frames of"),
    ],
)
def test_a_chunk_that_does_not_fit_is_refused(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    good = next(chunks(7))
    parts = {"frames": good.frames, "samples": good.samples, "first_frame": 0} | change
    with pytest.raises(MediaError, match=message), Encoder(tmp_path / "a.mp4", SMALL) as out:
        out.write(Chunk(**parts))  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(161, 96), (160, 0), (160, 20_000)])
def test_a_size_that_cannot_be_coded_is_named(tmp_path: Path, size: tuple[int, int]) -> None:
    form = Format(width=size[0], height=size[1], fps=Fraction(24))
    with pytest.raises(MediaError, match=f"{size[0]}×{size[1]}"):
        Encoder(tmp_path / "a.mp4", form)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="does not exist"), Encoder(tmp_path / "no/a.mp4", SMALL):
        pass


_FULL = """
import resource, sys
from pathlib import Path
from flow_nb.errors import MediaError
from tests.media.clips import clip
import flow_nb.media.picture
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
try:
    clip(Path(sys.argv[1]) / "a.mp4", 60)
except MediaError as error:
    print(error)
"""


def test_a_disk_that_takes_no_more_is_one_line_and_no_debris(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert f'cannot write a clip to "{tmp_path}"' in done.stdout
    assert len(done.stdout.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


_PEAK = """
import resource, sys
from pathlib import Path
import numpy as np
from flow_nb.engines.base import Chunk
from flow_nb.media.encode import Encoder
from tests.media.clips import SMALL, picture
frames = np.stack([picture(f, SMALL) for f in range(24)])
sound = np.random.default_rng(0).uniform(-0.5, 0.5, (48_000, 2)).astype(np.float32)
def peak_kb(seconds):
    with Encoder(Path(sys.argv[1]), SMALL) as out:
        for second in range(seconds):
            out.write(Chunk(frames=frames, samples=sound, first_frame=24 * second))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(-peak_kb(5) + peak_kb(60))
"""


def test_memory_does_not_grow_with_duration(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _PEAK, str(tmp_path / "a.mp4")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 4000  # the pictures of those 55 seconds alone are 60,000 kB
