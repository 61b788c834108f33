"""How props look. In: a piece, its material, a colour. Out: `Look`, and the `Solid` that wears it."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.picture import Look, Solid, Vec3
from flow_nb.engines.stage.solids import boxed, torus, turned
from flow_nb.props.archetypes import Archetype, Piece
from flow_nb.props.materials import Material
from flow_nb.props.shapes import piece_mesh

TEXTURE_M = {"wood": 0.9, "brushed": 0.35, "rubber": 0.25, "felt": 0.4, "paper": 0.35,
             "stone": 0.5, "glaze": 0.3, "painted": 0.8}  # fmt: skip
"""How much surface a texture covers on a prop."""


GLOW = 0.4
"""Picture units of light that a prop with a glow of 1 gives off."""

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
    """The look of one piece: the plan's colour goes before the piece's, the prop's, the material's."""
    own = piece.material in (None, prop.material) or len(prop.pieces) == 1
    told = (colour if own else None) or piece.colour or (prop.colour if own else None)
    opacity = piece.opacity if piece.opacity is not None else material.opacity
    texture = material.texture if opacity >= 1 else None
    if texture == "wood" and told:
        texture = "glaze"  # a colour on wood is lacquer: it covers the grain
    colour_ = srgb(told or material.colour)
    return Look(
        colour=colour_ if opacity >= 1 else _tinted(colour_),
        opacity=opacity,
        roughness=material.roughness,
        metallic=material.metallic if opacity >= 1 else CLEAR_METALLIC,
        glow=GLOW * piece.glow,
        texture=texture,
        texture_m=TEXTURE_M.get(texture or "", 1.0),
        seed=seed % 3,
    )


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


def _tinted(colour: Vec3) -> Vec3:
    red, green, blue = (CLEAR_TINT * value for value in colour)
    return red, green, blue


def piece_solid(piece: Piece, scale: float = 1.0, *, turns: int = 48) -> Solid:
    """The shape of one piece, ready for light."""
    mesh = piece_mesh(piece, scale, turns=turns, smooth=True)
    if piece.shape in ("lathe", "sphere") and piece.at_m[:2] == (0.0, 0.0):
        return turned(mesh)
    return boxed(mesh)
