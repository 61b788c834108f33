"""Textures as files in memory. In: pixel arrays. Out: KTX 1 bytes with all mip levels inside.

The renderer makes no mip levels for sRGB textures and takes no floating point cube maps otherwise;
a KTX container carries both.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"\xabKTX 11\xbb\r\n\x1a\n"
_UNSIGNED_BYTE, _HALF_FLOAT = 0x1401, 0x140B
_RGB, _RGBA = 0x1907, 0x1908
_RGB8, _SRGB8, _RGBA16F = 0x8051, 0x8C41, 0x881A

Pixels = NDArray[np.float32]


def image(pixels: NDArray[np.uint8], *, srgb: bool) -> bytes:
    """A square colour image (n, n, 3) whose side is a power of two; mips are averaged in linear light."""
    light = linear(pixels) if srgb else np.asarray(pixels, np.float32) / np.float32(255)
    levels = [[pixels.tobytes()]]
    while light.shape[0] > 1:
        light = _halved(light)
        levels.append([(encoded(light) if srgb else _bytes(light)).tobytes()])
    kind = _SRGB8 if srgb else _RGB8
    return _file(levels, _UNSIGNED_BYTE, _RGB, kind, pixels.shape[0])


def cube(levels: Sequence[Pixels], harmonics: Pixels) -> bytes:
    """A cube map of linear light: ``levels`` (6, n, n, 3), each half the one before, and the nine
    coefficients (9, 3) that give the light falling on a matt surface."""
    text = " ".join(f"{value:.7g}" for value in harmonics.ravel()).encode()
    entry = b"sh\0" + text + b"\0"
    meta = struct.pack("<I", len(entry)) + entry + b"\0" * (-len(entry) % 4)
    faces = [[_half(face) for face in level] for level in levels]
    return _file(faces, _HALF_FLOAT, _RGBA, _RGBA16F, levels[0].shape[1], meta)


def linear(pixels: NDArray[np.uint8]) -> Pixels:
    """sRGB bytes as linear light, by the standard's curve.

    >>> [round(float(x), 3) for x in linear(np.array([0, 128, 255], np.uint8))]
    [0.0, 0.216, 1.0]
    """
    return np.asarray(_LINEAR[pixels], np.float32)


def encoded(light: Pixels) -> NDArray[np.uint8]:
    """Linear light as sRGB bytes; the inverse of `linear`."""
    light = np.clip(light, 0, 1)
    return _bytes(np.where(light < 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055))


def _bytes(values: Pixels) -> NDArray[np.uint8]:
    return np.asarray(np.round(values * 255), dtype=np.uint8)


def _halved(light: Pixels) -> Pixels:
    four = light[::2, ::2] + light[1::2, ::2] + light[::2, 1::2] + light[1::2, 1::2]
    return np.asarray(four / 4, np.float32)


def _half(face: Pixels) -> bytes:
    alpha = np.ones((*face.shape[:2], 1), np.float32)
    return np.concatenate([face, alpha], axis=-1).astype("<f2").tobytes()


def _file(
    levels: list[list[bytes]], kind: int, layout: int, stored: int, side: int, meta: bytes = b""
) -> bytes:
    size = 1 if kind == _UNSIGNED_BYTE else 2
    head = (0x04030201, kind, size, layout, stored, layout, side, side, 0, 0)
    parts = [_MAGIC, struct.pack("<13I", *head, len(levels[0]), len(levels), len(meta)), meta]
    for faces in levels:
        parts += [struct.pack("<I", len(faces[0])), *faces]
    return b"".join(parts)


_byte = np.arange(256) / 255
_LINEAR: Pixels = np.where(_byte < 0.04045, _byte / 12.92, ((_byte + 0.055) / 1.055) ** 2.4).astype(
    np.float32
)
