"""How props look. In: a piece, its material, a colour. Out: `Look`, and the `Solid` that wears it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flow_nb.engines.stage.picture import Look, Solid, Vec3
from flow_nb.engines.stage.solids import boxed, turned
from flow_nb.props.archetypes import Archetype, Piece
from flow_nb.props.materials import Material
from flow_nb.props.shapes import piece_mesh
from flow_nb.props.sweeps import torus

TEXTURE_M = {"wood": 0.9, "brushed": 0.35, "rubber": 0.25, "felt": 0.4, "paper": 0.35,
             "stone": 0.5, "glaze": 0.3, "painted": 0.8}  # fmt: skip
"""How much surface a texture covers on a prop."""


WORD = "word"
"""The texture of a cut-out's sheet: the noun of its body in print."""

FEW = 6
"""A prop of more pieces is large or made of small ones: it gets coarser textures."""

GLOW_STOPS = 1.0
"""Up to so long an exposure what glows is as bright on the film as it is told."""
GLOW = 0.4
"""Picture units of light that a prop with a glow of 1 gives off."""

TURNED = frozenset({"lathe", "sphere", "cylinder", "cone", "capsule", "torus"})

CLEAR_METALLIC, CLEAR_TINT = 0.7, 0.82
"""Clear things mirror more and scatter less than the renderer's plain model lets them: a touch of
metal takes the milk out of glass."""

RIM = Look(colour=(0.93, 0.97, 0.97), opacity=0.75, roughness=0.12, metallic=0.5)
"""The thick upper edge of a glass, where light gathers."""


def srgb(colour: str) -> Vec3:
    """``#rrggbb`` as three numbers from 0 to 1.

    >>> srgb("#ff8000")
    (1.0, 0.5019607843137255, 0.0)
    """
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def piece_look(
    piece: Piece, prop: Archetype, material: Material, *, colour: str | None = None, seed: int = 0
) -> Look:
    """The look of one piece: the plan's colour goes before the prop's and the material's, for all
    pieces that have neither a colour nor a material of their own."""
    lone = len(prop.pieces) == 1
    own = lone or (piece.colour is None and piece.material in (None, prop.material))
    told = (colour if own else None) or piece.colour or (prop.colour if own else None)
    opacity = piece.opacity if piece.opacity is not None else material.opacity
    texture = _texture(piece, material, painted=told is not None) if opacity >= 1 else None
    colour_ = _toned(srgb(told or material.colour), piece.tint)
    return Look(
        colour=colour_ if opacity >= 1 else _tinted(colour_),
        opacity=opacity,
        roughness=material.roughness,
        metallic=material.metallic if opacity >= 1 else CLEAR_METALLIC,
        glow=GLOW * piece.glow,
        texture=texture,
        texture_m=TEXTURE_M.get(texture or "", 1.0),
        texture_px=512 if len(prop.pieces) <= FEW else 256,
        seed=seed % 3,
    )


def _texture(piece: Piece, material: Material, *, painted: bool) -> str | None:
    """The recipe for a piece's surface. What is to be printed on a ``word`` is not known here."""
    texture = material.texture if piece.texture in (None, WORD) else piece.texture
    # a colour on wood is lacquer: it covers the grain
    return "glaze" if texture == "wood" and painted and piece.texture is None else texture


def _toned(colour: Vec3, tint: float) -> Vec3:
    """Darker below 1, mixed with white above.

    >>> _toned((0.5, 0.2, 0.0), 0.5), _toned((0.5, 0.2, 0.0), 1.5)
    ((0.25, 0.1, 0.0), (0.75, 0.6, 0.5))
    """
    if tint > 1:
        return tuple(1 - (1 - value) * (2 - tint) for value in colour)  # type: ignore[return-value]
    return tuple(value * tint for value in colour)  # type: ignore[return-value]


def rim_solid(piece: Piece, scale: float) -> Solid | None:
    """A bright ring on the upper edge of a turned, hollow piece; None where there is no such edge."""
    if piece.shape != "lathe" or piece.at_m != (0.0, 0.0, 0.0):
        return None
    profile = np.array(piece.profile_m)
    edge = profile[profile[:, 1] > profile[:, 1].max() - 1e-6]
    if len(edge) < 2 or edge[:, 0].min() <= 0:
        return None
    radius, thick = float(edge[:, 0].mean()), float(np.ptp(edge[:, 0])) / 2
    return boxed(torus(radius * scale, 1.15 * thick * scale, float(edge[0, 1]) * scale))


def on_film(look: Look, stops: float) -> Look:
    """A look whose own light keeps its colour where the film is exposed for the dark.

    >>> on_film(Look(glow=2.0), 2.0).glow, on_film(Look(glow=2.0), 0.3).glow
    (1.0, 2.0)
    """
    return (
        replace(look, glow=look.glow * min(1.0, 2 ** (GLOW_STOPS - stops))) if look.glow else look
    )


def _tinted(colour: Vec3) -> Vec3:
    red, green, blue = (CLEAR_TINT * value for value in colour)
    return red, green, blue


def piece_solid(piece: Piece, scale: float = 1.0, *, turns: int = 48) -> Solid:
    """The shape of one piece, ready for light."""
    mesh = piece_mesh(piece, scale, turns=turns, smooth=True)
    upright = piece.at_m[:2] == (0.0, 0.0) and piece.turn_deg == (0.0, 0.0, 0.0)
    if piece.shape in TURNED and upright:
        return turned(mesh)
    return boxed(mesh)
