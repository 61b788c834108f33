"""The picture's mark, through a real encoder: found again, by its key alone, and hard to see."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from flow_nb.shield.marks.strength import strength_map
from flow_nb.shield.marks.video import VideoMark
from flow_nb.shield.marks.video_find import find_all_video, find_video

KEY, OTHER_KEY = b"a studio's secret", b"another studio's"
PAYLOAD, OTHER_PAYLOAD = 0x0123456789ABCDEF, 0xFEDCBA9876543210
WIDTH, HEIGHT, FPS = 640, 360, 24
Frames = list[NDArray[np.uint8]]


def hills(seed: int) -> NDArray[np.uint8]:
    """A picture larger than a frame: clouds of noise, soft shapes, edges."""
    rng = np.random.default_rng(seed)
    picture = np.full((HEIGHT * 2, WIDTH * 2), 110, np.float32)
    for size in (9, 30, 90, 270):
        coarse = rng.normal(0, 4 + size / 12, (HEIGHT * 2 // size + 2, WIDTH * 2 // size + 2))
        picture += cv2.resize(
            coarse.astype(np.float32), (WIDTH * 2, HEIGHT * 2), interpolation=cv2.INTER_CUBIC
        )
    for _ in range(12):
        x, y = int(rng.integers(0, WIDTH * 2)), int(rng.integers(0, HEIGHT * 2))
        cv2.circle(picture, (x, y), int(rng.integers(20, 90)), float(rng.integers(40, 200)), -1)
    picture += rng.normal(0, 2, picture.shape)
    return np.clip(picture, 16, 235).astype(np.uint8)


def pan(seed: int, count: int = 36, step: float = 1.3) -> Frames:
    picture = hills(seed)
    return [
        cv2.warpAffine(picture, np.float32([[1, 0, -20 - step * t], [0, 1, -30]]), (WIDTH, HEIGHT))
        for t in range(count)
    ]


def marked(frames: Frames, payload: int = PAYLOAD) -> Frames:
    mark = VideoMark(KEY, payload, width=WIDTH, height=HEIGHT)
    copies = [frame.copy() for frame in frames]
    for copy in copies:
        mark.mark(copy)
    return copies


def through_x264(frames: Frames, crf: int) -> Iterator[NDArray[np.uint8]]:
    file = io.BytesIO()
    height, width = frames[0].shape
    with av.open(file, "w", format="matroska") as out:
        stream = out.add_stream(
            "libx264", rate=FPS, options={"crf": str(crf), "preset": "veryfast"}
        )
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for index, frame in enumerate(frames):
            grey = np.concatenate([frame, np.full((height // 2, width), 128, np.uint8)])
            picture = av.VideoFrame.from_ndarray(grey, format="yuv420p")
            picture.pts, picture.time_base = index, Fraction(1, FPS)
            out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
    file.seek(0)
    with av.open(file) as container:
        for picture in container.decode(video=0):
            yield picture.to_ndarray()[:height]


@pytest.fixture(scope="module")
def clip() -> Frames:
    return pan(1)


@pytest.fixture(scope="module")
def marked_clip(clip: Frames) -> Frames:
    return marked(clip)


def test_mark_survives_x264_crf_28_and_half_size_on_a_pan(marked_clip: Frames) -> None:
    coded = through_x264(marked_clip, 28)
    half = (cv2.resize(one, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) for one in coded)
    found = find_video(half, KEY, fps=FPS)
    assert found.payload == PAYLOAD
    assert found.false_alarm < 1e-4
    assert (found.start_s, found.end_s) == (0, pytest.approx(1.5))


def test_mark_is_found_in_a_turned_cutting(marked_clip: Frames) -> None:
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), 2, 1)
    turned = [cv2.warpAffine(one, turn, (WIDTH, HEIGHT))[30:330, 50:590] for one in marked_clip]
    found = find_video(turned, KEY, fps=FPS)
    assert found.payload == PAYLOAD
    assert found.pose is not None
    assert found.pose.scale == pytest.approx(540 / 640, abs=0.01)
    assert abs(found.pose.rotation_deg) == pytest.approx(2, abs=0.3)


def test_mark_is_hard_to_see(clip: Frames, marked_clip: Frames) -> None:
    error = np.mean((np.stack(clip).astype(np.float32) - np.stack(marked_clip)) ** 2)
    assert 10 * np.log10(255**2 / error) > 42
    assert error > 0


def test_another_key_finds_nothing_and_says_how_sure_that_is(marked_clip: Frames) -> None:
    found = find_video(marked_clip[:12], OTHER_KEY, fps=FPS)
    assert found.payload is None
    assert 0 < found.false_alarm < 1e-4


def test_unmarked_clip_bears_nothing(clip: Frames) -> None:
    assert find_video(clip[:12], KEY, fps=FPS).payload is None


def test_film_of_two_shots_bears_two_payloads_with_their_times(marked_clip: Frames) -> None:
    film = marked_clip + marked(pan(2, step=-1.0), OTHER_PAYLOAD)
    first, second = find_all_video(film, KEY, fps=FPS)
    assert (first.payload, second.payload) == (PAYLOAD, OTHER_PAYLOAD)
    assert first.end_s == second.start_s == pytest.approx(1.5)
    assert second.end_s == pytest.approx(3.0)


def test_strength_is_high_where_the_mark_is_and_low_where_it_was_painted_over(
    clip: Frames, marked_clip: Frames
) -> None:
    found = find_video(marked_clip, KEY, fps=FPS)
    assert found.pose is not None
    mixed = marked_clip[20].copy()
    mixed[:, 320:] = clip[20][:, 320:]
    strength = strength_map(mixed, KEY, PAYLOAD, found.pose)
    assert strength[:, :200].mean() > 4 * abs(strength[:, 280:].mean())


def test_nothing_at_all_bears_nothing() -> None:
    assert find_video([], KEY, fps=FPS).payload is None
    assert find_video([np.full((2, 2), 16, np.uint8)], KEY, fps=FPS).payload is None
