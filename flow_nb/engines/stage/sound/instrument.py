"""What a body is for the ear. In: plan and motion. Out: one `Instrument` per body, the set last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import Archetype, Piece, archetypes
from flow_nb.props.materials import Material, materials

Form = Literal["vessel", "dish", "shard", "case", "bar", "block", "ball", "board", "floor"]
"""vessel: a wall around air. dish: a round plate. shard: a piece of one. case: panels around air.
bar, block: slender or compact and full. board: furniture. floor: what the set stands on."""

HOLLOW_FILL = 0.6
"""A body whose mass is less than this share of its full volume has air inside."""

FLOOR_THICKNESS_M = 0.02
SHARD_SHARE = 0.5
"""A fragment covers about half of the square of its longest dimension."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Instrument:
    """One body as something that can be struck.

    ``length_m`` >= ``width_m`` are its extents (a vessel's: height and diameter), ``wall_m`` how
    thick what bends is, ``fill`` the share of its volume that is material, ``tip_m`` the radius of
    curvature where it touches. ``fixed``: it does not fly off when struck.
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


def instruments(plan: Plan, motion: Motion) -> tuple[Instrument, ...]:
    """One per column of the motion; index -1 is the set, as in its contacts."""
    known = {body.name: body for body in plan.bodies}
    rows = []
    for i, name in enumerate(motion.names):
        material = materials()[motion.materials[i]]
        size_m, mass_kg = float(motion.sizes_m[i]), float(motion.masses_kg[i])
        body = known.get(name)
        prop = archetypes().get(body.prop) if body else None
        if prop is None:
            rows.append(_shard(material, size_m, mass_kg))
        else:
            rows.append(_prop(prop, material, size_m, mass_kg))
    return (*rows, _floor(materials()[motion.floor_material]))


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
    main = max(prop.pieces, key=lambda piece: float(np.prod(_extents(piece))))
    if prop.furniture:
        return _board(prop, material, mass_kg)
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
    if main.shape == "sphere":
        return _ball(bare)
    if main.shape == "lathe":
        return _lathe(bare, height_m=float(extents[2]), full=_is_full(main))
    return _box(bare)


def _extents(piece: Piece) -> tuple[float, float, float]:
    if piece.shape == "sphere":
        return (2 * piece.radius_m,) * 3
    if piece.shape == "lathe":
        radius = max(r for r, _ in piece.profile_m)
        return 2 * radius, 2 * radius, max(z for _, z in piece.profile_m)
    return piece.size_m


def _is_full(piece: Piece) -> bool:
    """A lathe whose outline comes back down on the inside is not."""
    return piece.profile_m[-1][1] >= max(z for _, z in piece.profile_m)


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


def _box(bare: Instrument) -> Instrument:
    volume = bare.length_m * bare.width_m * bare.wall_m
    fill = min(1.0, bare.mass_kg / (bare.material.density_kg_m3 * volume))
    if fill < HOLLOW_FILL:
        surface = 2 * (
            bare.length_m * bare.width_m + bare.width_m * bare.wall_m + bare.length_m * bare.wall_m
        )
        wall = bare.mass_kg / (bare.material.density_kg_m3 * surface)
        return replace(bare, form="case", wall_m=wall, fill=fill)
    slender = bare.wall_m < 0.35 * bare.length_m
    return replace(bare, form="bar" if slender else "block", fill=fill)
