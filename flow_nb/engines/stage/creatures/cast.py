"""The animals of a shot. In: a plan, its motion, the instants of the frames. Out: `Pliant`s that walk on their
own legs, in place of the archetypes that the solver moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from flow_nb.engines.stage.creatures import crawling, feathers, flight, jointed, model, pose
from flow_nb.engines.stage.creatures.bones import Frame
from flow_nb.engines.stage.creatures.breeds import Breed, Mark, breed_of
from flow_nb.engines.stage.creatures.coats import painted
from flow_nb.engines.stage.creatures.critters import critter_of
from flow_nb.engines.stage.creatures.flocks import Flock, flock_of
from flow_nb.engines.stage.creatures.fowl import Fowl
from flow_nb.engines.stage.creatures.jointed import Jointed
from flow_nb.engines.stage.creatures.plumage import feathered
from flow_nb.engines.stage.creatures.postures import postures
from flow_nb.engines.stage.figures.cast import LEAST_PIXEL_M, PICTURES, ROUGH, skinned
from flow_nb.engines.stage.figures.clay import Lump
from flow_nb.engines.stage.figures.puppet import Part, nailed
from flow_nb.engines.stage.figures.thinning import thinned
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Floats, Look, Pliant, Singles, Vec3
from flow_nb.plan.bodies import Body
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import archetypes

STEP = 0.025
"""Between two vertices of a coat, in heights of the animal, for a close-up."""
COAT_PX = 3.0
PAINTED = frozenset({"coat", "ear", "tail", "wing", "fold"})
KEPT = frozenset({"stripes", "rings", "patches", "spectacles", "girdle", "cheek"})
PLAIN = {
    "hoof": ("#2b2420", 0.5),
    "eye": ("#17120f", 0.06),
    "glint": ("#ffffff", 0.1),
    "udder": ("#e0a79b", 0.6),
    "tusk": ("#efe6d0", 0.35),
    "comb": ("#c8322c", 0.55),
}
"""Colours and roughness that are the same for all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Creature:
    """An animal ready to be moved: its bones at rest and its parts."""

    frame: Frame | Fowl | Jointed
    parts: tuple[Part, ...]


def is_creature(body: Body) -> bool:
    """Whether it is an animal that is drawn with bones and a coat."""
    return any(kind(body) is not None for kind in (breed_of, flock_of, critter_of))


def creatures(plan: Plan, motion: Motion, times: Floats, height_px: int) -> tuple[Pliant, ...]:
    """All animals of a shot, for a picture of that height."""
    found: list[Pliant] = []
    for body in plan.bodies:
        if body.name not in motion.names or not is_creature(body):
            continue
        made = creature_of(plan, body, height_px)
        bones = _moved(made.frame, plan, body, motion, times)
        found += skinned(made.parts, bones, motion, motion.index(body.name), times)
    return tuple(found)


def creature_of(plan: Plan, body: Body, height_px: int) -> Creature:
    """The animal of a body, as fine as a picture of that height shows it. Raises ValueError where it is none."""
    kind = flock_of(body) or breed_of(body)
    if kind is None:
        return _critter(body, plan.seed + sum(map(ord, body.name)))
    high = body.scale * (2 * kind.body_m if isinstance(kind, Flock) else kind.height_m)
    pixel = PICTURES[plan.camera.size] * 1.3 * high / height_px
    rough = min(2.0, max(0.8, 0.7 * ROUGH[plan.camera.size]))
    seed = plan.seed + sum(map(ord, body.name))
    return creature(
        kind, body.scale, body.colour, seed, rough, pixel if pixel > LEAST_PIXEL_M * high else 0.0
    )


def _critter(body: Body, seed: int) -> Creature:
    if (kind := critter_of(body)) is None:
        raise ValueError(f"{body.noun} is not drawn with bones; see the tables of creatures")
    frame = Jointed(critter=kind, prop=body.prop, scale=body.scale)
    return Creature(frame=frame, parts=jointed.parts(frame, body, seed))


def _moved(
    frame: Frame | Fowl | Jointed, plan: Plan, body: Body, motion: Motion, times: Floats
) -> Singles:
    column, seed = motion.index(body.name), plan.seed + sum(map(ord, body.name))
    does = postures(plan, body.name, times)
    if isinstance(frame, Frame):
        return pose.transforms(frame, motion, column, times, does, seed=seed)
    afloat = any(
        action.verb in ("float", "swim") for action in plan.actions if body.name in action.names
    )
    if isinstance(frame, Jointed):
        return crawling.transforms(frame, motion, column, times, does, seed=seed, swims=afloat)
    swims = archetypes()[body.prop].floats and afloat
    return flight.transforms(frame, motion, column, times, does, seed=seed, swims=swims)


@lru_cache(maxsize=24)
def creature(
    kind: Breed | Flock, scale: float, colour: str | None, seed: int, rough: float, pixel_m: float
) -> Creature:
    """Models one: the same kind, colour and seed give the same animal."""
    rng = np.random.default_rng([seed, 3])
    frame: Frame | Fowl
    if isinstance(kind, Flock):
        frame = Fowl(flock=kind, unit_m=kind.body_m * scale)
        lumps = feathers.modelled(frame, 1.6 * STEP * rough * frame.unit_m)
    else:
        frame = Frame(breed=kind, height_m=kind.height_m * scale)
        lumps = model.modelled(frame, STEP * rough * frame.height_m, rng)
    looks: dict[Look, list[Lump]] = {}
    marks = tuple(mark for mark in kind.marks if colour is None or _stays(mark))
    for name, made in lumps.items():
        for lump in made:
            if name not in PAINTED:
                looks.setdefault(_look(name, kind, colour, frame), []).append(lump)
                continue
            fine = thinned(lump, COAT_PX * pixel_m) if pixel_m else lump
            for shade, piece in _painted(name, fine, frame, marks, rng):
                looks.setdefault(_fur(shade, kind, colour, frame), []).append(piece)
    parts = tuple(nailed(look, made, frame.bones) for look, made in looks.items())
    return Creature(frame=frame, parts=parts)


def _painted(
    name: str, lump: Lump, frame: Frame | Fowl, marks: tuple[Mark, ...], rng: np.random.Generator
) -> list[tuple[str, Lump]]:
    if isinstance(frame, Fowl):
        return feathered(name, lump, frame, marks)
    pieces = painted(name, lump, frame, marks, rng)
    tail = frame.breed.tail_colour
    return [
        (tail if name == "tail" and shade == "*1.0" else shade, piece) for shade, piece in pieces
    ]


def _stays(mark: Mark) -> bool:
    """A coat that the text colours keeps the marks that are shades of it, and those that make the kind."""
    return str(mark[1]).startswith("*") or mark[0] in KEPT


def _fur(
    shade: str, kind: Breed | Flock, colour: str | None, frame: Frame | Fowl, rough: float = 0.95
) -> Look:
    base = srgb(colour or kind.colour)
    tone = _toned(base, float(shade[1:])) if shade.startswith("*") else srgb(shade)
    size = 0.55 * (frame.height_m if isinstance(frame, Frame) else frame.unit_m)
    return Look(
        colour=tone, texture="felt", texture_m=float(np.clip(size, 0.08, 1.2)), roughness=rough
    )


def _look(name: str, kind: Breed | Flock, colour: str | None, frame: Frame | Fowl) -> Look:
    """The look of what is no coat."""
    if name in PLAIN:
        tone, rough = PLAIN[name]
        return Look(colour=srgb(tone), roughness=rough, glow=0.7 if name == "glint" else 0.0)
    if name == "iris":
        return Look(colour=srgb(kind.iris), roughness=0.10)
    if isinstance(kind, Flock):
        told = {"skin": kind.skin, "beak": kind.beak_colour, "disc": kind.disc or kind.colour}
        return Look(colour=srgb(told[name]), roughness=0.9 if name == "disc" else 0.45)
    if name == "nose":
        return Look(colour=srgb(kind.nose), roughness=0.28)
    if name == "horn":
        return Look(colour=srgb("#e8d9b0" if kind.horns == "spiral" else "#cdb892"), roughness=0.45)
    hair = {"mane": kind.mane_colour, "tuft": kind.mane_colour if kind.mane else kind.tail_colour}
    return _fur(hair.get(name, "*0.92"), kind, colour, frame, 0.7 if name in hair else 0.95)


def _toned(colour: Vec3, by: float) -> Vec3:
    """Darker below 1, mixed with white above; what is almost black hardly brightens."""
    red, green, blue = colour
    if by <= 1:
        return red * by, green * by, blue * by
    share = (by - 1) * min(1.0, 0.15 + 1.6 * max(colour))
    return red + (1 - red) * share, green + (1 - green) * share, blue + (1 - blue) * share
