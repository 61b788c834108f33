import io
from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest

from flow_nb.errors import MediaError
from flow_nb.media.still import MAX_PNG_BYTES, MAX_WEBP_BYTES, poster, poster_png, poster_webp


def test_a_poster_is_a_jpeg_of_the_frame_s_own_size(tmp_path: Path) -> None:
    ramp = np.linspace(0, 255, 1280, dtype=np.uint8)
    frame = np.broadcast_to(ramp[None, :, None], (720, 1280, 3)).copy()
    poster(frame, tmp_path / "p.jpg")
    image = iio.imread(tmp_path / "p.jpg")
    assert image.shape == (720, 1280, 3)
    assert np.abs(image[100, ::60, 0].astype(int) - ramp[::60].astype(int)).max() < 4


def test_a_notebook_s_poster_is_a_small_png_of_the_same_shape() -> None:
    ramp = np.linspace(0, 255, 1280, dtype=np.uint8)
    png = poster_png(np.broadcast_to(ramp[None, :, None], (720, 1280, 3)).copy())
    image = iio.imread(io.BytesIO(png))
    assert image.shape[:2] == (144, 256)
    assert len(png) <= MAX_PNG_BYTES
    assert np.abs(image[100, ::32, 0].astype(int) - ramp[::160].astype(int)).max() < 10


def test_the_page_s_poster_is_finer_and_lighter() -> None:
    ramp = np.linspace(0, 255, 1280, dtype=np.uint8)
    webp = poster_webp(np.broadcast_to(ramp[None, :, None], (720, 1280, 3)).copy())
    image = iio.imread(io.BytesIO(webp))
    assert image.shape == (360, 640, 3)
    assert len(webp) <= MAX_WEBP_BYTES
    assert np.abs(image[100, ::80, 0].astype(int) - ramp[::160].astype(int)).max() < 6


@pytest.mark.parametrize("shape", [(720, 1280, 3), (1280, 720, 3)])
def test_even_noise_fits(shape: tuple[int, int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 255, shape, dtype=np.uint8)
    png = poster_png(noise)
    assert len(png) <= MAX_PNG_BYTES
    assert len(poster_webp(noise)) <= MAX_WEBP_BYTES
    height, width = iio.imread(io.BytesIO(png)).shape[:2]
    assert (height > width) == (shape[0] > shape[1])


def test_the_one_small_red_thing_keeps_its_colour() -> None:
    rng = np.random.default_rng(1)
    frame = (rng.random((720, 1280, 1)) * 60 + [120, 90, 50]).astype(np.uint8)
    frame[300:340, 600:660] = (200, 10, 20)
    image = iio.imread(io.BytesIO(poster_png(frame)))
    centre = image[round(320 / 720 * image.shape[0]), round(630 / 1280 * image.shape[1])]
    assert np.allclose(centre[:3], (200, 10, 20), atol=25)


def test_a_poster_is_never_larger_than_its_frame() -> None:
    assert iio.imread(io.BytesIO(poster_png(np.zeros((48, 64, 3), np.uint8)))).shape[:2] == (48, 64)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="does not exist"):
        poster(np.zeros((48, 64, 3), np.uint8), tmp_path / "no" / "p.jpg")
