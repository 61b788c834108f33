"""A shot as the renderer sees it. Filled by `scene`, drawn by `draw`. Values only; nothing of Vulkan.

Light is counted in picture units: a white wall that gets 1 from all around, or 1 from a lamp square
on, is as bright as the film takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.flicker import Flicker

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Vec3 = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Solid:
    """Triangles to draw: vertices (n, 3), faces (m, 3), and for every corner of every face a
    normal (m, 3, 3) and a place in the texture (m, 3, 2), in metres of surface."""

    vertices: Singles
    faces: NDArray[np.int32]
    normals: Singles
    surface_m: Singles


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a surface takes light. ``colour`` is sRGB 0 to 1; ``texture`` names a row of `textures`
    that is dyed with it and covers ``texture_m`` metres before it repeats. ``glow`` is light of its
    own, in picture units."""

    colour: Vec3 = (0.8, 0.8, 0.8)
    opacity: float = 1.0
    roughness: float = 0.6
    metallic: float = 0.0
    glow: float = 0.0
    texture: str | None = None
    texture_m: float = 1.0
    texture_px: int = 512
    seed: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One solid with its look. ``body`` is its column in the poses, -1 for what never moves.
    Everything throws a shadow, clear things too: the renderer cannot do otherwise."""

    solid: Solid
    look: Look
    body: int = -1


class Skin(NamedTuple):
    """Vertices (n, 3) in the world, their normals (n, 3), and faces (m, 3) where they are other ones
    in every frame."""

    vertices: Singles
    normals: Singles
    faces: NDArray[np.int32] | None = None


class Shape(Protocol):
    """Something whose surface is another one in every frame."""

    def at(self, frame: int) -> Skin | None:
        """How it looks in a frame; None where it is not there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pliant:
    """A surface that bends: its look, its faces (m, 3), the place of every vertex in the texture
    (n, 2) in metres, and its shape over time; without faces and places it has other ones in every
    frame and no texture. ``shadow`` says whether it throws one. ``body`` is the column of the body
    that it belongs to, -1 for none."""

    look: Look
    shape: Shape
    faces: NDArray[np.int32] | None = None
    surface_m: Singles | None = None
    shadow: bool = True
    body: int = -1


@dataclass(frozen=True, kw_only=True, slots=True)
class Lamp:
    """A lamp at a place. ``strength`` is its light on a wall one metre away. One that a body carries
    names its column in the poses and stands ``at_m[2]`` above that body's foot. ``flicker`` says how
    unsteady it is."""

    kind: Literal["spot", "point"]
    at_m: Vec3
    towards: Vec3 = (0.0, 0.0, -1.0)
    colour: Vec3 = (1.0, 1.0, 1.0)
    strength: float = 1.0
    reach_m: float = 8.0
    cone_deg: float = 45.0
    shadow: bool = False
    bulb_m: float = 0.05
    body: int = -1
    flicker: Flicker = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sky:
    """A cube map: ``levels`` from sharp to matt, each (6, n, n, 3) linear, and the nine
    coefficients (9, 3) of what it gives to a matt surface."""

    levels: tuple[Singles, ...]
    harmonics: Singles


@dataclass(frozen=True, kw_only=True, slots=True)
class Light:
    """All light of a shot: the sun (its rays run along ``sun_towards``), what surrounds the set,
    what is seen behind it, the lamps, and the film's grade."""

    sun_towards: Vec3
    sun_colour: Vec3
    sun_strength: float
    sun_radius_m: float
    around: Sky
    behind: Sky
    lamps: tuple[Lamp, ...] = ()
    grade: Mapping[str, float | tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A camera at an instant; ``fovy_deg`` is the height of its picture as an angle."""

    at_m: Floats
    forward: Floats
    up: Floats
    fovy_deg: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """The whole shot: what is drawn, in which light, and per frame the view, the pose of every body
    (frames, bodies, 3) and (frames, bodies, 4), and whether it exists (frames, bodies); and all that
    bends."""

    items: tuple[Item, ...]
    light: Light
    cameras: tuple[View, ...]
    positions_m: Singles
    quaternions: Singles
    present: NDArray[np.bool_]
    textures: Mapping[Look, tuple[bytes, bytes, bytes]]
    pliants: tuple[Pliant, ...] = ()
