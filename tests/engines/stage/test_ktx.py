from __future__ import annotations

import struct

import numpy as np

from flow_nb.engines.stage import ktx


def test_srgb_bytes_survive_the_way_to_linear_light_and_back():
    every = np.arange(256, dtype=np.uint8)
    assert (ktx.encoded(ktx.linear(every)) == every).all()


def test_an_image_carries_all_its_mip_levels_averaged_in_linear_light():
    pixels = np.zeros((2, 2, 3), np.uint8)
    pixels[0] = 255
    data = ktx.image(pixels, srgb=True)
    assert struct.unpack_from("<I", data, 56)[0] == 2  # levels
    assert data[-3:] == bytes([188, 188, 188])  # half of the light, not half of the number


def test_a_cube_says_what_light_it_gives_to_matt_surfaces():
    levels = [np.full((6, 4, 4, 3), 0.5, np.float32), np.full((6, 2, 2, 3), 0.5, np.float32)]
    harmonics = np.zeros((9, 3), np.float32)
    harmonics[0] = 0.5
    data = ktx.cube(levels, harmonics)
    assert b"sh\x000.5 0.5 0.5 0 0" in data
    assert np.frombuffer(data[-8:], "<f2").tolist() == [0.5, 0.5, 0.5, 1.0]
