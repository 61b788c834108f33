"""Depth of field. In: a frame in linear light, the circle of confusion of every pixel. Out: the frame as
a lens draws it: what is behind does not bleed into what is sharp, what is before it does.

Layers of blur of growing radius, between which every pixel chooses (a gather from premultiplied layers,
after Kraus and Strengert 2007).
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np

from flow_nb.engines.stage.picture import Singles

RADII = (1.2, 2.4, 4.8, 9.6)
"""Of the layers, in pixels of a picture 1080 high; all are made on a grid half as fine."""
QUARTERED_FROM = 2.0


def defocused(light: Singles, circle_px: Singles) -> Singles:
    """``light`` (h, w, 3) linear; ``circle_px`` (h, w) signed diameters."""
    height, width = light.shape[:2]
    scale = height / 1080
    halved = cv2.resize(light, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    small = np.asarray(halved, np.float32)
    radius = 0.5 * circle_px[: height // 2 * 2 : 2, : width // 2 * 2 : 2]
    soft = _behind(small, np.maximum(radius, 0), scale)
    soft, cover = _before(soft, small, np.maximum(-radius, 0), scale)
    size = width, height
    wide = np.asarray(cv2.resize(soft, size, interpolation=cv2.INTER_LINEAR), np.float32)
    share = np.clip(np.maximum(circle_px, 0) * (0.5 / (RADII[0] * scale)), 0, 1)
    if cover is not None:
        share = np.maximum(share, cv2.resize(cover, (width, height)))
    wide -= light  # in place: these are the largest arrays there are
    wide *= np.asarray(share)[..., None]
    wide += light
    return wide


def _behind(light: Singles, radius: Singles, scale: float) -> Singles:
    """Every pixel from between the two layers that are nearest to its own blur."""
    out, below, widest = light, 0.0, float(radius.max())
    for step in RADII:
        width = step * scale
        if widest <= 0.5 * (below + width):
            break
        layer = _spread(light, np.clip(radius / (0.7 * width), 0.004, 1), width / 2)
        out = _between(out, layer, np.clip((radius - below) / (width - below), 0, 1))
        below = width
    return out


def _before(
    out: Singles, light: Singles, radius: Singles, scale: float
) -> tuple[Singles, Singles | None]:
    """What is nearer than the focus spreads over what is sharp; and how much it covers (h, w)."""
    widest = float(np.percentile(radius[::4, ::4], 99.5))
    if widest <= 0.6 * scale:
        return out, None
    width = min(widest, RADII[-1] * scale)
    mask = np.clip(radius / width, 0, 1)
    colour = _spread(light, np.maximum(mask, 0.002), width / 2)
    cover = np.clip(1.25 * _blurred(np.minimum(1.6 * mask, 1), width / 2), 0, 1)
    cover = np.where(cover > 0.02, np.maximum(cover, mask), 0).astype(np.float32)
    return _between(out, colour, cover), cover


def _between(a: Singles, b: Singles, share: Singles) -> Singles:
    return np.asarray(a + (b - a) * share[..., None])


def _spread(light: Singles, weight: Singles, radius: float) -> Singles:
    """Blur by a disc in which every pixel counts by its weight."""
    total = _blurred(np.dstack([light * weight[..., None], weight]), radius)
    return np.asarray(total[..., :3] / np.maximum(total[..., 3:], 1e-4))


def _blurred(image: Singles, radius: float) -> Singles:
    if radius < QUARTERED_FROM:
        return np.asarray(cv2.filter2D(image, -1, _disc(round(radius, 2))))
    height, wide = image.shape[:2]
    small = cv2.resize(image, (wide // 2, height // 2), interpolation=cv2.INTER_AREA)
    soft = cv2.filter2D(small, -1, _disc(round(radius / 2, 2)))
    return np.asarray(cv2.resize(soft, (wide, height), interpolation=cv2.INTER_LINEAR))


@cache
def _disc(radius: float) -> Singles:
    """An even disc with a soft edge; its sum is 1."""
    reach = int(np.ceil(radius + 0.5))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return np.asarray(kernel / kernel.sum(), np.float32)
