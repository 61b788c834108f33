"""The paint shop's store. In: a `Look`, a cache folder. Out: its colour, relief and finish as KTX bytes.

What was made once is kept on disk, and in memory where the folder cannot be written.
"""

from __future__ import annotations

import hashlib
import os
import struct
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from flow_nb.engines.stage import ktx
from flow_nb.engines.stage.picture import Look
from flow_nb.engines.stage.textures import grounds, minerals, others, people, woods
from flow_nb.engines.stage.textures.fields import Field, Maps, Rng

VERSION = 9
Painted = tuple[bytes, bytes, bytes]
Recipe = Callable[[int, Field, Rng], Maps]

RECIPES: Mapping[str, Recipe] = {
    "wood": woods.board,
    "hardwood": woods.planks,
    "tile": minerals.tile,
    "brick": minerals.brick,
    "plaster": minerals.plaster,
    "concrete": minerals.concrete,
    "asphalt": minerals.asphalt,
    "stone": minerals.stone,
    "glaze": minerals.glaze,
    "brushed": others.brushed,
    "rubber": others.rubber,
    "felt": others.felt,
    "paper": others.paper,
    "cyclorama": others.cyclorama,
    "painted": others.painted,
    "grass": grounds.grass,
    "sand": grounds.sand,
    "snow": grounds.snow,
    "soil": grounds.soil,
    "carpet": grounds.carpet,
    "wet asphalt": grounds.wet,
    "water": grounds.water,
    "dust": grounds.dust,
    "leaves": grounds.leaves,
    "bark": grounds.bark,
    "skin": people.skin,
    "hair": people.hair,
    **{name: partial(people.face, years=years) for name, years in people.FACES.items()},
    "floor tile": partial(minerals.tile, across=5, down=5),
}

UPRIGHT = " upright"
"""What follows the name of a texture that is turned by a quarter: courses of brick on a wall at the side."""

_memory: dict[str, Painted] = {}


def painted(looks: Iterable[Look], folder: Path) -> dict[Look, Painted]:
    """The maps of every look that has a texture: (colour, normal, occlusion-roughness-metal)."""
    return {look: _painted(look, folder) for look in looks if look.texture is not None}


def _painted(look: Look, folder: Path) -> Painted:
    key = _key(look)
    path = folder / f"{key}.maps"
    found = _memory.get(key) or _read(path)
    if found is None:
        found = _made(look)
        if not _written(path, found):
            _memory[key] = found
    return found


def _key(look: Look) -> str:
    told = (VERSION, look.texture, look.colour, look.texture_px, look.seed)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:24]


def _made(look: Look) -> Painted:
    maps = recipe(look)
    normal = normals(maps.height, maps.relief)
    colour = ktx.encoded(maps.colour.astype(np.float32))
    metal = np.full_like(maps.roughness, maps.metallic)
    finish = np.stack([maps.occlusion, np.clip(maps.roughness, 0.05, 1), metal], axis=-1)
    return (
        ktx.image(colour, srgb=True),
        ktx.image(normal, srgb=False),
        ktx.image(np.asarray(np.round(np.clip(finish, 0, 1) * 255), np.uint8), srgb=False),
    )


def recipe(look: Look) -> Maps:
    """The maps of a look, before they are packed."""
    name, upright = (look.texture or "paper").removesuffix(UPRIGHT), is_upright(look.texture)
    seed = int.from_bytes(hashlib.sha256(f"{name} {look.seed}".encode()).digest()[:8], "big")
    dye = _linear(look.colour)
    maps = RECIPES[name](look.texture_px, dye, np.random.default_rng(seed))
    if not upright:
        return maps
    turned = ("colour", "height", "roughness", "occlusion")
    return replace(maps, **{k: getattr(maps, k).swapaxes(0, 1).copy() for k in turned})


def is_upright(texture: str | None) -> bool:
    """Whether a texture is to be turned by a quarter."""
    return texture is not None and texture.endswith(UPRIGHT)


def normals(height: Field, relief: float) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A height field as a normal map: the slope, ``relief`` strong, packed into bytes."""
    along = (np.roll(height, -1, axis=1) - np.roll(height, 1, axis=1)) / 2
    down = (np.roll(height, -1, axis=0) - np.roll(height, 1, axis=0)) / 2
    strength = relief * 0.35
    normal = np.stack([-along * strength, -down * strength, np.ones_like(height)], axis=-1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    return np.asarray(np.round((normal * 0.5 + 0.5) * 255), dtype=np.uint8)


def _linear(colour: tuple[float, float, float]) -> Field:
    levels = np.asarray(np.round(np.asarray(colour) * 255), dtype=np.uint8)
    return ktx.linear(levels)


def _read(path: Path) -> Painted | None:
    try:
        data = path.read_bytes()
        a, b, c = struct.unpack_from("<3Q", data)
        if len(data) != 24 + a + b + c:
            return None
    except (OSError, struct.error):
        return None
    return data[24 : 24 + a], data[24 + a : 24 + a + b], data[24 + a + b :]


def _written(path: Path, maps: Painted) -> bool:
    """Under another name first, so that nobody reads half a file; a full disk only costs time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fd, other = tempfile.mkstemp(dir=path.parent, prefix=".maps-")
        try:
            with os.fdopen(fd, "wb") as file:
                file.write(struct.pack("<3Q", *map(len, maps)))
                file.writelines(maps)
            os.replace(other, path)
        except OSError:
            os.unlink(other)
            raise
    except OSError:
        return False
    return True
