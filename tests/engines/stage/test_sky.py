from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.hours import HOURS
from flow_nb.engines.stage.sky import directions, gradient, panel, rgb, surround, together


def irradiance(harmonics: np.ndarray, normal: tuple[float, float, float]) -> np.ndarray:
    x, y, z = normal[0], normal[2], -normal[1]
    basis = np.array([1, y, z, x, y * x, y * z, 3 * z * z - 1, z * x, x * x - y * y])
    return basis @ harmonics


def test_an_even_sky_lights_every_side_evenly_and_looks_the_same_at_every_roughness():
    sky = surround(gradient((0.4, 0.4, 0.4), (0.4, 0.4, 0.4), (0.4, 0.4, 0.4)), side_px=64)
    flat = surround(lambda look: np.full(look.shape, 0.4, np.float32), side_px=64)
    assert irradiance(flat.harmonics, (0, 0, 1)) == pytest.approx([0.4] * 3, abs=1e-3)
    for level in flat.levels:
        assert level == pytest.approx(0.4, abs=1e-3)
    assert len(sky.levels) == 5


def test_light_from_the_left_lights_the_left():
    sky = surround(panel((-1, 0, 0), 0.5, 0.5, (5, 5, 5)), side_px=64)
    left, right = irradiance(sky.harmonics, (-1, 0, 0)), irradiance(sky.harmonics, (1, 0, 0))
    assert left[0] > 5 * max(right[0], 0.01)


def test_a_strong_lamp_leaves_no_side_with_less_than_no_light():
    dim = gradient((0.02, 0.02, 0.02), (0.02, 0.02, 0.02), (0.02, 0.02, 0.02))
    sky = surround(together(dim, panel((0.3, 0.2, 1), 0.3, 0.3, (40, 40, 40))), side_px=64)
    for normal in directions(4).reshape(-1, 3):
        assert irradiance(sky.harmonics, tuple(normal)).min() > 0


def test_the_six_faces_look_everywhere_once():
    looks = directions(8).reshape(-1, 3)
    assert np.allclose(np.linalg.norm(looks, axis=1), 1)
    assert np.abs(looks.mean(axis=0)).max() < 1e-6
    assert len(np.unique(looks.round(5), axis=0)) == len(looks)


def test_the_suns_rays_come_down_and_lamps_burn_at_night():
    for hour in HOURS.values():
        assert hour.towards(120)[2] < 0
        assert np.linalg.norm(hour.towards(120)) == pytest.approx(1)
    assert HOURS["night"].dark
    assert not HOURS["noon"].dark
    assert rgb(np.array([1, 2, 3])) == (1.0, 2.0, 3.0)
