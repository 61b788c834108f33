"""How a fitting is built. In: a carpenter, a `Fit`, a generator, an `Hour`. Out: nothing; the carpenter
has it, standing on the origin, its back towards +y."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Look
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.designs import Fit

Joiner = Callable[[Carpenter, Fit, np.random.Generator, Hour], None]


def paint(colour: str, roughness: float = 0.6) -> Look:
    """An even coat of a colour."""
    return Look(colour=srgb(colour), roughness=roughness)


def wood(colour: str) -> Look:
    """Boards of that colour."""
    return Look(colour=srgb(colour), texture="wood", texture_m=0.9)


def cloth(colour: str) -> Look:
    """Felt of that colour."""
    return Look(colour=srgb(colour), texture="felt", texture_m=0.5)


def glowing(colour: str, light: float) -> Look:
    """A thing that shines by itself."""
    return Look(colour=srgb(colour), glow=light, roughness=0.4)


def frame(
    shop: Carpenter,
    look: Look,
    inside_m: tuple[float, float],
    wide_m: float,
    depth_m: tuple[float, float],
) -> None:
    """Four boards around an opening (width, height) that stands on z = 0, from one y to another."""
    (wide, tall), (near, far) = inside_m, depth_m
    x, out = wide / 2, wide / 2 + wide_m
    low = np.array([(-out, near, -wide_m), (-out, near, tall), (-out, near, 0), (x, near, 0)])
    high = np.array([(out, far, 0), (out, far, tall + wide_m), (-x, far, tall), (out, far, tall)])
    shop.slabs(look, low, high)


BLACK = paint("#1f2022", 0.5)
WHITE = paint("#ece8df", 0.5)
STEEL = Look(colour=srgb("#b4b8ba"), texture="brushed", texture_m=0.4)
BRASS = Look(colour=srgb("#c79a52"), roughness=0.3, metallic=1.0)
IRON = Look(colour=srgb("#2a2b2d"), roughness=0.5, metallic=0.3)
CHINA = Look(colour=srgb("#eef0ee"), roughness=0.15)
BOOKS = ("#7c3030", "#2f4a63", "#3f5a42", "#b08a45", "#5b4660", "#c7bda6", "#8a5638", "#33363c")
