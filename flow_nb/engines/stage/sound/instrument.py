"""What a body is for the ear. In: plan and motion. Out: one `Instrument` per body, the set last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from flow_nb.engines.stage.sound.rooms import ground_of
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import Archetype, Piece, archetypes
from flow_nb.props.materials import Material, materials

Form = Literal["vessel", "dish", "shard", "case", "bar", "block", "ball", "board", "floor"]
"""vessel: a wall around air. dish: a round plate. shard: a piece of one. case: panels around air.
bar, block: slender or compact and full. board: furniture. floor: what the set stands on."""

HOLLOW_FILL = 0.6
"""A body whose mass is less than this share of its full volume has air inside."""

SOLID = frozenset({
    "stone", "rock", "brick", "marble-stone", "concrete", "fruit", "bread", "foam", "ice", "snow",
    "clay", "wax", "rubber", "jelly",
})  # fmt: skip
"""What nobody makes boxes of: such a body is as full as it is light."""

FLOOR_THICKNESS_M = 0.02
FULL, WET_LOSS, LIQUID_KG_M3 = 0.85, 0.004, 1_000.0
"""How far a filled vessel is filled, and what the liquid takes from its ringing."""

LINK_M = 0.05
"""A chain and a rope are struck link by link."""

STRUCK = {
    "trampoline": "cloth", "bed": "foam", "sofa": "foam", "mattress": "foam", "pillow": "cloth",
    "drum": "leather",
}  # fmt: skip
"""What one meets of a prop where that is not what it is made of."""

SHARD_SHARE = 0.5
"""A fragment covers about half of the square of its longest dimension."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Instrument:
    """One body as something that can be struck.

    ``length_m`` >= ``width_m`` are its extents (a vessel's: height and diameter), ``wall_m`` how
    thick what bends is, ``fill`` the share of its volume that is material, ``tip_m`` the radius of
    curvature where it touches. ``fixed``: it does not fly off when struck. ``tune`` lowers its
    modes, ``wet`` is the loss that goes with that: a vessel is filled. ``litter`` is what lies on it.
    """

    form: Form
    material: Material
    length_m: float
    width_m: float
    wall_m: float
    mass_kg: float
    tip_m: float
    fill: float = 1.0
    fixed: bool = False
    tune: float = 1.0
    wet: float = 0.0
    litter: str | None = None


def instruments(plan: Plan, motion: Motion) -> tuple[Instrument, ...]:
    """One per column of the motion; index -1 is the set, as in its contacts."""
    known = {body.name: body for body in plan.bodies}
    rows = []
    for i, name in enumerate(motion.names):
        material = materials()[motion.materials[i]]
        size_m, mass_kg = float(motion.sizes_m[i]), float(motion.masses_kg[i])
        parent, _, part = name.partition("/")
        if name in known:
            prop = archetypes()[known[name].prop]
            body = (
                _limb(material, size_m, mass_kg)
                if prop.kind in ("figure", "animal")
                else _prop(prop, material, size_m, mass_kg)
            )
            rows.append(filled(body, known[name].filled))
        elif name in motion.fragments or parent not in known or part.isdigit():
            rows.append(_shard(material, size_m, mass_kg))
        elif part == "leaf":
            rows.append(_leaf(material, size_m, mass_kg))
        else:
            rows.append(_limb(material, size_m, mass_kg))
    ground, litter = ground_of(plan, motion.floor_material)
    return (*rows, replace(_floor(materials()[ground]), litter=litter))


def filled(body: Instrument, liquid: str | None) -> Instrument:
    """A vessel that holds a liquid sounds lower: the wall carries some of it along. After French, "In vino
    veritas" (Am. J. Phys. 51, 1983): (f0 / f)^2 = 1 + rho_l R (h / H)^4 / (5 rho_g a)."""
    if liquid is None or body.form not in ("vessel", "dish"):
        return body
    density = materials()[liquid].density_kg_m3 if liquid in materials() else LIQUID_KG_M3
    load = density * body.width_m / 2 / (5 * body.material.density_kg_m3 * body.wall_m)
    return replace(body, tune=float((1 + load * FULL**4) ** -0.5), wet=WET_LOSS)


def _shard(material: Material, size_m: float, mass_kg: float) -> Instrument:
    wall = mass_kg / (material.density_kg_m3 * SHARD_SHARE * size_m**2)
    return Instrument(
        form="shard",
        material=material,
        length_m=size_m,
        width_m=0.7 * size_m,
        wall_m=float(np.clip(wall, 0.001, 0.2 * size_m + 0.001)),
        mass_kg=mass_kg,
        tip_m=0.002,
    )


def _limb(material: Material, size_m: float, mass_kg: float) -> Instrument:
    """A part of a person; a foot is as its shoe is."""
    return Instrument(
        form="block",
        material=material,
        length_m=size_m,
        width_m=0.4 * size_m,
        wall_m=0.3 * size_m,
        mass_kg=mass_kg,
        tip_m=0.03,
    )


def _leaf(material: Material, size_m: float, mass_kg: float) -> Instrument:
    """A door's leaf, a lid: a board that swings."""
    width_m = 0.42 * size_m
    wall_m = mass_kg / (material.density_kg_m3 * size_m * width_m)
    return Instrument(
        form="board",
        material=material,
        length_m=size_m,
        width_m=width_m,
        wall_m=float(np.clip(wall_m, 0.004, 0.06)),
        mass_kg=mass_kg,
        tip_m=0.02,
    )


def _floor(material: Material) -> Instrument:
    return Instrument(
        form="floor",
        material=material,
        length_m=0.75,
        width_m=0.45,
        wall_m=FLOOR_THICKNESS_M,
        mass_kg=1e6,
        tip_m=1e3,
        fixed=True,
    )


def _prop(prop: Archetype, material: Material, size_m: float, mass_kg: float) -> Instrument:
    material = materials()[STRUCK.get(prop.name, material.name)]
    main = max(prop.pieces, key=lambda piece: float(np.prod(_extents(piece))))
    if prop.furniture:
        return _board(prop, material, mass_kg)
    if prop.kind == "cord":
        return _limb(material, min(size_m, LINK_M), mass_kg / max(1.0, size_m / LINK_M))
    extents = np.array(_extents(main)) * size_m / max(_extents(main))
    bare = Instrument(
        form="block",
        material=material,
        length_m=float(extents.max()),
        width_m=float(np.sort(extents)[1]),
        wall_m=float(extents.min()),
        mass_kg=mass_kg,
        tip_m=0.004,
    )
    if main.shape == "sphere" or (main.shape == "ellipsoid" and np.ptp(extents) < 0.5 * size_m):
        return _ball(bare)
    if main.shape in ("lathe", "cylinder", "cone"):
        return _lathe(bare, height_m=float(extents[2]), full=_is_full(main))
    return _box(bare, rounded=main.shape in ("ellipsoid", "capsule", "tube", "torus"))


def _extents(piece: Piece) -> tuple[float, float, float]:
    x, y, z = piece.size_m
    wide = 2 * max(piece.radius_m, piece.tip_m)
    match piece.shape:
        case "sphere":
            x = y = z = wide
        case "lathe":
            x = y = 2 * max(r for r, _ in piece.profile_m)
            z = max(h for _, h in piece.profile_m)
        case "cylinder" | "cone" | "capsule":
            x = y = wide
        case "torus":
            x = y = 2 * (piece.radius_m + piece.tip_m)
            z = 2 * piece.tip_m
        case "prism":
            outline = np.ptp(np.array(piece.profile_m), axis=0)
            x, z = float(outline[0]), float(outline[1])
        case "tube":
            path = np.array(piece.path_m)
            x, y, z = (float(v) for v in np.ptp(path[:, :3], axis=0) + 2 * path[:, 3].max())
    a, b, c = piece.stretch
    return max(x * a, 1e-4), max(y * b, 1e-4), max(z * c, 1e-4)


def _is_full(piece: Piece) -> bool:
    """A lathe whose outline comes back down on the inside is not."""
    return not piece.profile_m or piece.profile_m[-1][1] >= max(z for _, z in piece.profile_m)


def _board(prop: Archetype, material: Material, mass_kg: float) -> Instrument:
    top = max(prop.pieces, key=lambda piece: _extents(piece)[0] * _extents(piece)[1])
    x, y, z = _extents(top)
    thin, middle, long = sorted((x, y, z))
    return Instrument(
        form="board",
        material=material,
        length_m=long,
        width_m=middle,
        wall_m=min(thin, 0.06),
        mass_kg=max(mass_kg, 5.0),
        tip_m=1e3,
        fixed=True,
    )


def _ball(bare: Instrument) -> Instrument:
    volume = np.pi / 6 * bare.length_m**3
    fill = min(1.0, bare.mass_kg / (bare.material.density_kg_m3 * volume))
    return replace(bare, form="ball", tip_m=bare.length_m / 2, fill=fill)


def _lathe(bare: Instrument, *, height_m: float, full: bool) -> Instrument:
    radius = bare.width_m / 2 if height_m >= bare.width_m else bare.length_m / 2
    density = bare.material.density_kg_m3
    fill = min(1.0, bare.mass_kg / (density * np.pi * radius**2 * height_m))
    if height_m < 0.7 * radius:
        thick = min(height_m, bare.mass_kg / (density * np.pi * radius**2))
        return replace(bare, form="dish", width_m=2 * radius, wall_m=thick, fill=fill)
    if full and fill > 0.5 * HOLLOW_FILL:
        return replace(bare, form="bar", fill=fill)
    surface = 2 * np.pi * radius * height_m + np.pi * radius**2
    wall = float(np.clip(bare.mass_kg / (density * surface), 5e-4, 0.3 * radius))
    return replace(
        bare, form="vessel", length_m=height_m, width_m=2 * radius, wall_m=wall, fill=fill
    )


def _box(bare: Instrument, *, rounded: bool) -> Instrument:
    volume = bare.length_m * bare.width_m * bare.wall_m * (np.pi / 6 if rounded else 1.0)
    fill = min(1.0, bare.mass_kg / (bare.material.density_kg_m3 * volume))
    if fill < HOLLOW_FILL and bare.material.name not in SOLID:
        surface = 2 * (
            bare.length_m * bare.width_m + bare.width_m * bare.wall_m + bare.length_m * bare.wall_m
        )
        wall = bare.mass_kg / (bare.material.density_kg_m3 * surface)
        return replace(bare, form="case", wall_m=wall, fill=fill)
    slender = bare.wall_m < 0.35 * bare.length_m
    return replace(bare, form="bar" if slender else "block", fill=fill)
