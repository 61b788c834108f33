"""Motion blur. In: a frame in linear light, the way of every pixel while the shutter is open, its distance.
Out: the frame as the shutter leaves it.

A reconstruction filter over the fastest way of each neighbourhood (McGuire et al. 2012).
"""

from __future__ import annotations

import cv2
import numpy as np

from flow_nb.engines.stage.picture import Singles

TILE = 16
"""Pixels of the coarser grid along the side of a neighbourhood: half of the longest way."""
LONGEST = 0.035
"""No pixel is smeared over more than this share of the picture's width."""
LEAST_TAPS, MOST_TAPS, TAP_PX = 7, 15, 1.6
STILL_PX = 0.7
SOFT_M = 0.05


def moved(light: Singles, way_px: Singles, distance_m: Singles) -> Singles:
    """``light`` (h, w, 3) linear; ``way_px`` (a, b, 2) and ``distance_m`` (a, b) on a coarser grid."""
    height, width = light.shape[:2]
    way = _bounded(way_px, LONGEST * width)
    fastest = _spread(_fastest(way), way.shape)
    speed = np.hypot(fastest[..., 0], fastest[..., 1])
    if float(speed.max()) < STILL_PX:
        return light
    rows, columns = _box(speed > STILL_PX, (height, width))
    out = light.copy()
    sharp = out[rows, columns]
    smeared, share = _smeared(light, rows, columns, way, fastest, distance_m)
    size = (sharp.shape[1], sharp.shape[0])
    wide = np.asarray(cv2.resize(smeared, size), np.float32)
    mask = np.asarray(cv2.resize(share, size), np.float32)
    wide -= sharp
    wide *= mask[..., None]
    sharp += wide
    return out


def _smeared(
    light: Singles, rows: slice, columns: slice, way: Singles, fastest: Singles, distance_m: Singles
) -> tuple[Singles, Singles]:
    """A part of the picture on a grid half as fine, smeared, and how much of it (h, w) is not sharp."""
    full = light.shape[0] // 2, light.shape[1] // 2
    halved = cv2.resize(light, (full[1], full[0]), interpolation=cv2.INTER_AREA)
    small = np.asarray(halved, np.float32)
    x, y = np.meshgrid(
        np.arange(
            columns.start // 2, max(columns.stop // 2, columns.start // 2 + 1), dtype=np.float32
        ),
        np.arange(rows.start // 2, max(rows.stop // 2, rows.start // 2 + 1), dtype=np.float32),
    )
    around = np.dstack([np.hypot(way[..., 0], way[..., 1]) / 2, np.minimum(distance_m, 1e3)])
    around = around.astype(np.float32)
    lead, here = _at(fastest / np.float32(2), x, y, full, smooth=True), _at(around, x, y, full)
    apart = np.hypot(lead[..., 0], lead[..., 1])
    taps = int(np.clip(float(apart.max()) / TAP_PX, LEAST_TAPS, MOST_TAPS))
    jitter = (_noise(x, y) - 0.5) / np.float32(taps)
    centre = 1 / np.maximum(here[..., :1], 1.0)
    weights, total = centre.copy(), _at(small, x, y, full, smooth=True) * centre
    for middle in (np.arange(taps) + 0.5) / taps - 0.5:
        tap = np.float32(middle) + jitter
        px, py = x + tap * lead[..., 0], y + tap * lead[..., 1]
        colour = cv2.remap(small, px, py, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        weight = _weight(here, _at(around, px, py, full), np.abs(tap) * apart)[..., None]
        total += colour * weight
        weights += weight
    share = np.clip((weights - centre) / centre * 0.7, 0, 1)[..., 0]
    return np.asarray(total / weights), np.asarray(share, np.float32)


def _noise(x: Singles, y: Singles) -> Singles:
    """Interleaved gradient noise, 0 to 1 (Jimenez 2014): neighbours sample between each other."""
    return np.asarray((52.9829189 * ((0.06711056 * x + 0.00583715 * y) % 1)) % 1, np.float32)


def _weight(here: Singles, there: Singles, apart_px: Singles) -> Singles:
    """How much a sample counts: one in front that reaches here, one behind that is laid bare."""
    front = np.clip(1 - (there[..., 1] - here[..., 1]) / SOFT_M, 0, 1)
    back = np.clip(1 - (here[..., 1] - there[..., 1]) / SOFT_M, 0, 1)
    reach = apart_px + 0.5
    theirs = np.clip(1.5 - reach / np.maximum(0.5 * there[..., 0], 1e-3), 0, 1)
    ours = np.clip(1.5 - reach / np.maximum(0.5 * here[..., 0], 1e-3), 0, 1)
    same = theirs * ours
    return np.asarray(front * theirs + back * ours + 2 * same, np.float32)


def _bounded(way: Singles, longest: float) -> Singles:
    speed = np.hypot(way[..., 0], way[..., 1])
    return np.asarray(way * np.minimum(1, longest / np.maximum(speed, 1e-6))[..., None], np.float32)


def _fastest(way: Singles) -> Singles:
    """The fastest way in each tile and the tiles around it."""
    height, width = (way.shape[0] // TILE) * TILE, (way.shape[1] // TILE) * TILE
    tiles = way[:height, :width].reshape(height // TILE, TILE, width // TILE, TILE, 2)
    tiles = tiles.transpose(0, 2, 1, 3, 4).reshape(height // TILE, width // TILE, -1, 2)
    pick = np.argmax((tiles**2).sum(-1), axis=2)
    best = np.take_along_axis(tiles, pick[..., None, None], axis=2)[:, :, 0]
    padded = np.pad(best, ((1, 1), (1, 1), (0, 0)), mode="edge")
    near = np.stack([padded[i : i + best.shape[0], j : j + best.shape[1]]
                     for i in range(3) for j in range(3)], axis=2)  # fmt: skip
    pick = np.argmax((near**2).sum(-1), axis=2)
    return np.asarray(np.take_along_axis(near, pick[..., None, None], axis=2)[:, :, 0])


def _spread(tiles: Singles, shape: tuple[int, ...]) -> Singles:
    """The tiles on the coarse grid, smooth between them."""
    size = (shape[1], shape[0])
    return np.asarray(cv2.resize(tiles.astype(np.float32), size, interpolation=cv2.INTER_LINEAR))


def _box(moving: np.ndarray, full: tuple[int, int]) -> tuple[slice, slice]:
    """Rows and columns of the whole picture in which something moves."""
    found = []
    for axis, long in ((1, full[0]), (0, full[1])):
        hit = np.flatnonzero(moving.any(axis=axis))
        scale = long / moving.shape[1 - axis]
        found.append(slice(int(hit[0] * scale), min(long, int((hit[-1] + 1) * scale) + 1)))
    return found[0], found[1]


def _at(
    coarse: Singles, px: Singles, py: Singles, full: tuple[int, int], *, smooth: bool = False
) -> Singles:
    """Values of a coarser grid at places of a picture ``full`` (height, width)."""
    sx, sy = coarse.shape[1] / full[1], coarse.shape[0] / full[0]
    return np.asarray(
        cv2.remap(
            np.ascontiguousarray(coarse),
            (px + np.float32(0.5)) * np.float32(sx) - np.float32(0.5),
            (py + np.float32(0.5)) * np.float32(sy) - np.float32(0.5),
            cv2.INTER_LINEAR if smooth else cv2.INTER_NEAREST,
            borderMode=cv2.BORDER_REPLICATE,
        )
    )
