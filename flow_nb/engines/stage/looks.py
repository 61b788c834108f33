"""How props look. In: a piece, its material, a colour. Out: `Look`, and the `Solid` that wears it."""

from __future__ import annotations

from flow_nb.engines.stage.picture import Look, Solid, Vec3
from flow_nb.engines.stage.solids import boxed, turned
from flow_nb.props.archetypes import Archetype, Piece
from flow_nb.props.materials import Material
from flow_nb.props.shapes import piece_mesh

TEXTURE_M = {"wood": 0.9, "brushed": 0.35, "rubber": 0.25, "felt": 0.4, "paper": 0.35,
             "stone": 0.5, "glaze": 0.3, "painted": 0.8}  # fmt: skip
"""How much surface a texture covers on a prop."""


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
    return Look(
        colour=srgb(told or material.colour),
        opacity=opacity,
        roughness=material.roughness,
        metallic=material.metallic,
        glow=piece.glow,
        texture=texture,
        texture_m=TEXTURE_M.get(texture or "", 1.0),
        seed=seed % 3,
    )


def piece_solid(piece: Piece, scale: float = 1.0, *, turns: int = 48) -> Solid:
    """The shape of one piece, ready for light."""
    mesh = piece_mesh(piece, scale, turns=turns)
    if piece.shape in ("lathe", "sphere") and piece.at_m[:2] == (0.0, 0.0):
        return turned(mesh)
    return boxed(mesh)
