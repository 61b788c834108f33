"""What grows and lies about outdoors. In: a kind, a seed. Out: its shape as few light solids, made once.

They are for standing in dozens behind the mark, a few hundred triangles each: foam crowns, felt blades,
paper petals. What the plan itself brings comes from the property department.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Look, Solid
from flow_nb.engines.stage.sets.stems import (
    bar,
    blades,
    clump,
    frond,
    lump,
    put,
    rounded_bar,
    skirt,
)
from flow_nb.engines.stage.solids import joined, laid
from flow_nb.plan.motion import Mesh
from flow_nb.props.shapes import ball, lathe

Parts = tuple[tuple[Look, Solid], ...]
KINDS_EACH = 3
"""So many different ones there are of every kind."""


def leafy(colour: str) -> Look:
    """Foliage of that colour."""
    return Look(colour=srgb(colour), texture="leaves", texture_m=1.1)


def plain(colour: str, roughness: float = 0.85) -> Look:
    """A matt colour."""
    return Look(colour=srgb(colour), roughness=roughness)


BARK = Look(colour=srgb("#6b4c35"), texture="bark", texture_m=0.8)
BIRCH = Look(colour=srgb("#d9d3c6"), texture="bark", texture_m=0.8, seed=1)
STONE = Look(colour=srgb("#8d8b86"), texture="stone", texture_m=1.3)
SNOW = Look(colour=srgb("#f1f5fa"), roughness=0.8)


@lru_cache(maxsize=256)
def grown(kind: str, seed: int, colour: str | None = None) -> Parts:
    """One of a kind, standing on the origin."""
    rng = np.random.default_rng(97 * seed + sum(map(ord, kind)))
    return GROWERS[kind](rng, colour)


def _broadleaf(rng: np.random.Generator, colour: str | None) -> Parts:
    """A round crown of seven clumps on a forked trunk, four to five metres high."""
    tall = rng.uniform(1.5, 2.0)
    lean = rng.uniform(-0.25, 0.25, 2)
    top = np.array([*lean, tall])
    wood = [
        bar([(0, 0, -0.1, 0.20), (0.4 * lean[0], 0.4 * lean[1], 0.6 * tall, 0.13), (*top, 0.11)])
    ]
    crown = []
    for i in range(7):
        turn = i * 2.4 + rng.uniform(-0.3, 0.3)
        out = 0.0 if i == 0 else rng.uniform(0.65, 0.95)
        at = top + (
            out * math.cos(turn),
            out * math.sin(turn),
            rng.uniform(0.35, 1.15) + 0.9 * (i == 0),
        )
        crown.append(clump(rng, rng.uniform(0.68, 0.92), at))
        if 0 < i < 5:
            wood.append(bar([(*(0.75 * top), 0.09), (*(at - (0, 0, 0.1)), 0.04)]))
    leaf = leafy(colour or str(rng.choice(["#5c8a35", "#6f9a3c", "#4b7a3a"])))
    return (BARK, joined(wood)), (leaf, joined(crown))


def _birch(rng: np.random.Generator, colour: str | None) -> Parts:
    """A slim white trunk and small loose clumps."""
    tall = rng.uniform(3.4, 4.2)
    lean = rng.uniform(-0.3, 0.3)
    wood = [
        bar([(0, 0, -0.1, 0.10), (0.5 * lean, 0.05, 0.55 * tall, 0.075), (lean, 0, tall, 0.03)])
    ]
    crown = []
    for i in range(8):
        up, turn = rng.uniform(0.45, 1.05), i * 2.4
        out = (1.15 - up) * rng.uniform(0.7, 1.3)
        at = np.array([lean * up + out * math.cos(turn), out * math.sin(turn), tall * up])
        crown.append(clump(rng, rng.uniform(0.32, 0.52), at, turns=10))
    leaf = leafy(colour or str(rng.choice(["#9aaa3f", "#86a344", "#b8a03c"])))
    return (BIRCH, joined(wood)), (leaf, joined(crown))


def _conifer(rng: np.random.Generator, colour: str | None, *, snowy: bool = False) -> Parts:
    """Five skirts of twigs, one above the other."""
    tall, wide = rng.uniform(3.6, 5.0), rng.uniform(0.95, 1.25)
    green, white = [], []
    for i in range(6):
        low, share = 0.45 + i * (tall - 0.9) / 6.2, 1 - i / 6.6
        high, turn = low + tall * (0.30 - 0.02 * i), rng.uniform(0, 1)
        green.append(skirt(rng, wide * share, low, high, turn))
        white.append(
            skirt(rng, wide * share * 0.80, low + 0.16 * (high - low) + 0.05, high + 0.05, turn)
        )
    look = leafy(colour or str(rng.choice(["#2f5238", "#38603c", "#2c4b3c"])))
    parts = [(BARK, bar([(0, 0, -0.1, 0.13), (0, 0, 0.9, 0.10)])), (look, joined(green))]
    return (*parts, (SNOW, joined(white))) if snowy else tuple(parts)


def _bush(rng: np.random.Generator, colour: str | None) -> Parts:
    lumps = [
        clump(rng, rng.uniform(0.28, 0.45), (*rng.uniform(-0.36, 0.36, 2), rng.uniform(0.12, 0.34)), turns=10)
        for _ in range(5)
    ]  # fmt: skip
    return ((leafy(colour or str(rng.choice(["#56803a", "#3f6d39", "#6d8f44"]))), joined(lumps)),)


def _tuft(rng: np.random.Generator, colour: str | None) -> Parts:
    """A handful of blades, lit like the lawn they stand on."""
    look = plain(colour or str(rng.choice(["#6f9440", "#86a24a", "#5a8038"])), 0.9)
    return ((look, blades(rng, 11, 0.17, 0.20)),)


def _reed(rng: np.random.Generator, colour: str | None) -> Parts:
    return ((plain(colour or "#a39a5c", 0.9), blades(rng, 12, 0.55, 0.22)),)


def _blossom(rng: np.random.Generator, colour: str | None) -> Parts:
    """Three flowers on stems."""
    stems, heads, hearts = [blades(rng, 5, 0.15, 0.10)], [], []
    for _ in range(3):
        x, y, tall = *rng.uniform(-0.12, 0.12, 2), rng.uniform(0.20, 0.36)
        stems.append(bar([(x, y, 0, 0.006), (1.2 * x, 1.2 * y, tall, 0.005)], sides=4))
        petals = lathe(np.array([(0, 0), (0.055, 0.022), (0.05, 0.03), (0, 0.012)]), turns=10)
        star = petals.vertices * np.where(np.arange(len(petals.vertices)) % 2, 0.55, 1.0)[:, None]
        at = (1.2 * x, 1.2 * y, tall)
        heads.append(put(laid(Mesh(vertices=star.astype(np.float32), faces=petals.faces)), at))
        hearts.append(put(laid(ball(0.017, turns=8)), (at[0], at[1], at[2] + 0.008)))
    return (
        (plain("#5f8a3a"), joined(stems)),
        (plain(colour or "#d8567a", 0.8), joined(heads)),
        (plain("#e0b03a"), joined(hearts)),
    )


def _fern(rng: np.random.Generator, colour: str | None) -> Parts:
    fronds = [
        frond(i * 0.79 + rng.uniform(-0.2, 0.2), rng.uniform(0.45, 0.65), 0.55, 0.13)
        for i in range(8)
    ]
    return ((plain(colour or str(rng.choice(["#4d7a35", "#5d8a3c"]))), joined(fronds)),)


def _palm(rng: np.random.Generator, colour: str | None) -> Parts:
    lean, tall = rng.uniform(0.5, 0.9), rng.uniform(3.4, 4.2)
    trunk = bar([(0, 0, -0.1, 0.16), (0.3 * lean, 0, 0.5 * tall, 0.11), (lean, 0, tall, 0.09)])
    fronds = [
        frond(i * 0.65 + rng.uniform(-0.1, 0.1), rng.uniform(1.5, 1.9), 0.5, 0.34, droop=1.5)
        for i in range(10)
    ]
    return (BARK, trunk), (plain(colour or "#5d8a3c"), put(joined(fronds), (lean, 0.0, tall)))


def _boulder(rng: np.random.Generator, colour: str | None) -> Parts:
    look = STONE if colour is None else Look(colour=srgb(colour), texture="stone", texture_m=1.3)
    size = np.array([rng.uniform(0.42, 0.62), rng.uniform(0.34, 0.48), rng.uniform(0.22, 0.36)])
    return ((look, lump(rng, 14, 0.15, size, (0.0, 0.0, 0.45 * size[2]), crease_deg=32)),)


def _saguaro(rng: np.random.Generator, colour: str | None) -> Parts:
    """A column with two arms, as in the films."""
    tall = rng.uniform(1.7, 2.3)
    bars = [rounded_bar([(0, 0, -0.1, 0.15), (0, 0, 0.5 * tall, 0.17), (0, 0, tall, 0.13)])]
    for side in (-1, 1):
        up = rng.uniform(0.35, 0.55) * tall
        high = up + rng.uniform(0.45, 0.75)
        elbow, arm = (side * 0.36, 0, up + 0.03, 0.095), (side * 0.45, 0, up + 0.25, 0.095)
        bars.append(rounded_bar([(0, 0, up, 0.09), elbow, arm, (side * 0.45, 0, high, 0.08)]))
    return ((Look(colour=srgb(colour or "#587a48"), texture="felt", texture_m=0.3), joined(bars)),)


def _kelp(rng: np.random.Generator, colour: str | None) -> Parts:
    """Ribbons that sway up from the sand."""
    strands = []
    for i in range(3):
        x, y, tall = *rng.uniform(-0.3, 0.3, 2), rng.uniform(1.4, 3.0)
        phase = rng.uniform(0, 6)
        path = [(x + 0.14 * z * math.sin(1.9 * z + phase), y + 0.1 * math.cos(1.5 * z + i), z, 0.028 - 0.008 * z / tall)
                for z in np.linspace(-0.1, tall, 5)]  # fmt: skip
        strands.append(bar(path, sides=4))
        for x_, y_, z_, _ in path[1:]:
            strands.append(put(frond(rng.uniform(0, 6), 0.34, 1.0, 0.09, steps=4), (x_, y_, z_)))
    return (
        (plain(colour or str(rng.choice(["#5f7a2c", "#48702f", "#6d7a2a"])), 0.6), joined(strands)),
    )


def _coral(rng: np.random.Generator, colour: str | None) -> Parts:
    """A little tree of stone, round-tipped."""
    twigs = []
    for i in range(9):
        turn, out, up = (
            i * 0.7 + rng.uniform(-0.2, 0.2),
            rng.uniform(0.10, 0.30),
            rng.uniform(0.28, 0.55),
        )
        fork = (0.5 * out * math.cos(turn), 0.5 * out * math.sin(turn), 0.45 * up)
        tip = (out * math.cos(turn), out * math.sin(turn), up)
        twigs.append(bar([(0, 0, -0.05, 0.05), (*fork, 0.036), (*tip, 0.024)], sides=7))
        twigs.append(bar([(*fork, 0.03), (tip[0] * 1.3, tip[1] * 1.3, 0.75 * up, 0.02)], sides=6))
    return (
        (plain(colour or str(rng.choice(["#d0604e", "#d98a3d", "#b2559a"])), 0.7), joined(twigs)),
    )


def _sponge(rng: np.random.Generator, colour: str | None) -> Parts:
    """Round cushions, furrowed."""
    lumps = [
        lump(rng, 14, 0.10, np.full(3, rng.uniform(0.14, 0.3)), (*rng.uniform(-0.3, 0.3, 2), 0.1))
        for _ in range(3)
    ]
    return ((Look(colour=srgb(colour or "#c48a9a"), texture="felt", texture_m=0.4), joined(lumps)),)


def _toadstool(rng: np.random.Generator, colour: str | None) -> Parts:
    """Two red caps with a few white dots."""
    caps, stems, dots = [], [], []
    for size in (1.0, 0.62):
        x, y = rng.uniform(-0.09, 0.09, 2)
        cap = lathe(
            np.array([(0, 0.10), (0.075, 0.095), (0.06, 0.135), (0.03, 0.155), (0, 0.16)]) * size,
            turns=12,
        )
        caps.append(put(laid(cap, crease_deg=50), (x, y, 0)))
        stems.append(bar([(x, y, -0.02, 0.022 * size), (x, y, 0.11 * size, 0.015 * size)]))
        for i in range(5):
            a = i * 1.26
            spot = (x + 0.047 * size * math.cos(a), y + 0.047 * size * math.sin(a), 0.136 * size)
            dots.append(put(laid(ball(0.009 * size, turns=6)), spot))
    return (
        (plain(colour or "#b8322a", 0.5), joined(caps)),
        (plain("#e6dcc6"), joined(stems)),
        (plain("#f2ece0"), joined(dots)),
    )


def _leaf(rng: np.random.Generator, colour: str | None) -> Parts:
    """A few fallen leaves, a centimetre off the ground."""
    one = []
    for _ in range(4):
        x, y = rng.uniform(-0.3, 0.3, 2)
        one.append(put(frond(rng.uniform(0, 6), 0.10, 0.05, 0.05, steps=2), (x, y, 0.012)))
    return ((plain(colour or str(rng.choice(["#a5622c", "#b98435", "#7d4a26"]))), joined(one)),)


def _snowy(rng: np.random.Generator, colour: str | None) -> Parts:
    return _conifer(rng, colour, snowy=True)


Grower = Callable[[np.random.Generator, str | None], Parts]
GROWERS: Mapping[str, Grower] = MappingProxyType({
    "broadleaf": _broadleaf, "birch": _birch, "conifer": _conifer, "snowy conifer": _snowy, "shrub": _bush,
    "tuft": _tuft, "reed": _reed, "blossom": _blossom, "fern": _fern, "palm": _palm, "boulder": _boulder,
    "saguaro": _saguaro, "kelp": _kelp, "coral": _coral, "sponge": _sponge, "leaves": _leaf, "toadstool": _toadstool,
})  # fmt: skip
