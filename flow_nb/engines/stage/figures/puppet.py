"""The puppet maker. In: a figure's noun, age, mood, colour, scale, a seed. Out: `Puppet`: skinned parts,
each with its look, in the rest pose of the skeleton.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.figures import anatomy, collars, face, garments, hair, hats, neckwear
from flow_nb.engines.stage.figures.build import SIDES, Build, dealt
from flow_nb.engines.stage.figures.clay import Clay, Lump
from flow_nb.engines.stage.figures.dyes import dyed
from flow_nb.engines.stage.figures.gripping import HAND_BONES
from flow_nb.engines.stage.figures.lips import LIP_BONES, jawed, mouth
from flow_nb.engines.stage.figures.moods import Mood, mood
from flow_nb.engines.stage.figures.tailor import shaped, tailored
from flow_nb.engines.stage.figures.thinning import cell_m, thinned
from flow_nb.engines.stage.figures.wardrobe import Outfit, outfit
from flow_nb.engines.stage.picture import Look, Singles
from flow_nb.engines.stage.textures.people import on_head
from flow_nb.plan.bodies import Age, Trait
from flow_nb.props.skeleton import HEIGHTS_M, Skeleton, skeleton

FLAT = frozenset({"shirtfront", *collars.COLLARS})
"""What is so flat that it takes a finer mesh."""
MORE_BONES = (
    "eye-left", "eye-right", "lid-left", "lid-right", "under-left", "under-right", "brow-left",
    "brow-right", *LIP_BONES, *HAND_BONES,
)  # fmt: skip
FINE_M, COARSE_M = 0.0092, 0.0155
HAND_M, THIN_M = 0.0080, 0.0130
"""Between two vertices of a head, of clothes, of hands and of what is thin, on a figure 1.75 m tall."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What has one look: vertices (n, 3) at rest, normals (n, 3), faces (m, 3), the place of each
    vertex in the texture (n, 2) in metres, and how much it follows (n, used) each of the puppet's
    bones that it uses at all."""

    look: Look
    vertices: Singles
    normals: Singles
    faces: NDArray[np.int32]
    surface_m: Singles
    weights: Singles
    used: NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Puppet:
    """All parts, the bones they follow (those of the skeleton first, then those of face and fingers), the
    skeleton, the face at rest and the middles of its eyes."""

    parts: tuple[Part, ...]
    bones: tuple[str, ...]
    skeleton: Skeleton
    mood: Mood
    eyes_m: Singles


@lru_cache(maxsize=32)
def puppet(
    noun: str,
    age: Age,
    feeling: str,
    colour: str | None,
    scale: float,
    seed: int,
    rough: float,
    pixel_m: float = 0.0,
    traits: tuple[Trait, ...] = (),
) -> Puppet:
    """Makes one; the same words and seed give the same puppet. ``rough`` is how much wider its mesh
    is than that for a close-up: 1 to 2.5; ``pixel_m`` is what a pixel shows of it: what is finer than
    that is thinned, 0 nothing."""
    rng = np.random.default_rng(seed)
    bones = skeleton(HEIGHTS_M[age] * scale, age)
    build = Build(skeleton=bones, traits=shaped(dealt(rng, child=age == "child"), traits))
    worn = tailored(outfit(noun, age, colour, rng), traits)
    shown = mood(feeling)
    names = (*(bone.name for bone in bones.bones), *MORE_BONES)
    lumps = _lumps(build, worn, shown, rng, rough)
    if pixel_m > 0:
        lumps = {
            name: [thinned(lump, cell_m(name, pixel_m)) for lump in made]
            for name, made in lumps.items()
        }
    parts = [
        nailed(look, made, names)
        for look, made in dyed(lumps, worn, age, tuple(MAKERS)).items()
        if made
    ]
    eyes = np.stack([face.eye_at(build, sign) for _, sign in SIDES])
    return Puppet(parts=tuple(parts), bones=names, skeleton=bones, mood=shown, eyes_m=eyes)


def _lumps(
    build: Build, worn: Outfit, shown: Mood, rng: np.random.Generator, rough: float
) -> dict[str, list[Lump]]:
    """Everything that the figure consists of, by what it is."""
    grow = build.height / 1.75
    fine, coarse = FINE_M * grow * rough, COARSE_M * grow * rough
    head = anatomy.head(build)
    sleeve = 0.28 if worn.row.top in ("tee", "vest") else 1.0
    face_ = jawed(build, head.mesh(fine))
    found: dict[str, list[Lump]] = {
        "face": [replace(face_, surface_m=on_head(build.local(face_.vertices)))],
        "skin": [anatomy.hand(build, side).mesh(HAND_M * grow) for side, _ in SIDES],
        "brow": face.brows(build, shown, head),
        **face.eyes(build), **face.lids(build), **mouth(build, shown, head),
    }  # fmt: skip
    if sleeve < 0.9:
        found["skin"] += [anatomy.arm(build, side, bare=0.2).mesh(coarse) for side, _ in SIDES]
    if worn.row.bottom in ("shorts", "skirt", "none") and worn.row.top != "robe":
        found["skin" if worn.row.bottom == "shorts" else "tights"] = [
            *found.get("skin" if worn.row.bottom == "shorts" else "tights", []),
            *(anatomy.leg(build, side).mesh(coarse) for side, _ in SIDES),
        ]
    found |= _clothes(build, worn, sleeve, coarse)
    if worn.style and worn.row.hat not in ("space", "knight", "scarf"):
        style = "short" if worn.row.hat and worn.style in ("quiff", "bun", "curls") else worn.style
        locks = hair.hair(build, style, rng)
        found["hair"] = [_under(locks, build, worn.row.hat).mesh(fine * 0.9)]
    found["hair"] = found.get("hair", []) + [
        jawed(build, clay.mesh(fine)) for clay in _whiskers(build, worn)
    ]
    if worn.row.hat:
        found |= hats.hat(build, worn.row.hat)
    return found


def _clothes(build: Build, worn: Outfit, sleeve: float, step: float) -> dict[str, list[Lump]]:
    row, found = worn.row, dict[str, list[Lump]]()
    hem = {"coat": 0.36, "suit": 0.455, "robe": 0.10, "dress": 0.47, "armour": 0.49,
           "overall": 0.51}.get(row.top, 0.485)  # fmt: skip
    flare = {"coat": 1.25, "robe": 1.35, "dress": 1.0}.get(row.top, 1.04)
    loose = 1.08 if row.top in ("coat", "armour", "robe") or row.hat == "space" else 1.0
    found["top"] = [
        garments.top(build, hem=hem, flare=flare, loose=loose).mesh(step),
        *(garments.sleeve(build, side, sleeve).mesh(step) for side, _ in SIDES),
    ]
    if row.top == "dress":
        found["top"].append(garments.skirt(build, length=row.skirt or 0.50, flare=1.0).mesh(step))
    if row.bottom in ("trousers", "shorts"):
        length = 0.46 if row.bottom == "shorts" else 0.86 if row.shoes == "boots" else 1.0
        wide = 1.22 if row.hat == "space" else 1.0
        found["bottom"] = [garments.trousers(build, length=length, wide=wide).mesh(step)]
    elif row.bottom == "skirt":
        found["bottom"] = [garments.skirt(build, length=row.skirt or 0.45).mesh(step)]
    shaft = 0.12 if row.shoes == "boots" else 0.03
    found["shoes"] = [
        garments.boots(build, side, shaft=shaft).mesh(step * 0.75) for side, _ in SIDES
    ]
    thin = min(step, THIN_M * build.height / 1.75)
    for name in (*worn.extras, *collars.worn_with(row.top, row.hat)):
        if name in MAKERS:
            found[f"extra {name}"] = [MAKERS[name](build).mesh(thin * (0.6 if name in FLAT else 1))]
    if row.top in ("suit", "coat", "jacket", "shirt"):
        found["button"] = garments.buttons(build)
    return found


def _whiskers(build: Build, worn: Outfit) -> list[Clay]:
    if "moustache" in worn.extras:
        return [hair.moustache(build)]
    for name in ("beard", "long-beard"):
        if name in worn.extras:
            return [hair.beard(build, name == "long-beard"), hair.moustache(build)]
    return []


def _under(locks: Clay, build: Build, hat: str) -> Clay:
    """Hair that a hat presses down."""
    if not hat or hat == "crown":
        return locks
    top = build.face(0, 0, 0.84)[2]
    carve = locks.carve

    def pressed(total: Singles, points: Singles) -> Singles:
        total = total if carve is None else carve(total, points)
        return np.asarray(np.maximum(total, points[:, 2] - np.float32(top)), np.float32)

    return replace(locks, carve=pressed)


MAKERS = {
    "belt": garments.belt, "apron": garments.apron, "cape": garments.cape, "tie": garments.tie,
    "scarf": neckwear.scarf, "hood": neckwear.hood, "shirtfront": neckwear.shirtfront,
    **collars.COLLARS,
}  # fmt: skip


def nailed(look: Look, lumps: Sequence[Lump], names: tuple[str, ...]) -> Part:
    """Nails lumps of one look together; textures are laid on from the side each face looks to."""
    vertices, normals, faces, surface, weights = [], [], [], [], []
    first = 0
    for lump in lumps:
        chosen, side, made = _sided(lump)
        vertices.append(lump.vertices[chosen])
        normals.append(lump.normals[chosen])
        faces.append(made + first)
        own_m = lump.surface_m
        surface.append(_laid(lump.vertices[chosen], side) if own_m is None else own_m[chosen])
        own = np.zeros((len(chosen), len(names)), np.float32)
        own[:, [names.index(bone) for bone in lump.bones]] = lump.weights[chosen]
        weights.append(own)
        first += len(chosen)
    pull = np.concatenate(weights)
    used = np.flatnonzero(pull.any(axis=0))
    return Part(
        look=look, vertices=np.concatenate(vertices), normals=np.concatenate(normals),
        faces=np.concatenate(faces).astype(np.int32), surface_m=np.concatenate(surface),
        weights=np.ascontiguousarray(pull[:, used]), used=used,
    )  # fmt: skip


def _sided(lump: Lump) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Vertices again for every side from which a texture falls on them: which vertex, which axis,
    and the faces."""
    side = np.argmax(np.abs(lump.normals[lump.faces].sum(1)), axis=1)
    key = lump.faces.astype(np.int64) * 3 + side[:, None]
    unique, inverse = np.unique(key, return_inverse=True)
    return unique // 3, unique % 3, inverse.reshape(-1, 3)


def _laid(vertices: Singles, side: NDArray[np.int64]) -> Singles:
    u = np.where(side == 0, vertices[:, 1], vertices[:, 0])
    v = np.where(side == 2, vertices[:, 1], vertices[:, 2])
    return np.stack([u, v], axis=1).astype(np.float32)
