"""The soundstage, set up for one shot. In: a plan, its motion, a tier. Out: a `Picture`.

Every body is shown exactly where the solver put it, in the shape that the solver used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.base import Format
from flow_nb.engines.stage.atmosphere import lit, soaked, weathered
from flow_nb.engines.stage.camera import camera_track
from flow_nb.engines.stage.cards import WORD, card_items, is_card, prints
from flow_nb.engines.stage.cords import cords
from flow_nb.engines.stage.creatures.cast import creatures, is_creature
from flow_nb.engines.stage.drops import drops
from flow_nb.engines.stage.figures.cast import figures
from flow_nb.engines.stage.figures.people import Utterance, utterances
from flow_nb.engines.stage.finish.optics import focus_m
from flow_nb.engines.stage.hours import HOURS
from flow_nb.engines.stage.looks import FEW, RIM, on_film, piece_look, piece_solid, rim_solid
from flow_nb.engines.stage.picture import Floats, Item, Lamp, Light, Look, Picture, Solid
from flow_nb.engines.stage.portrait import viewer
from flow_nb.engines.stage.sets import catalogue
from flow_nb.engines.stage.sheets import sheets
from flow_nb.engines.stage.solids import boxed, joined
from flow_nb.engines.stage.strands import strands
from flow_nb.engines.stage.textures.library import painted
from flow_nb.engines.stage.tiers import Tier
from flow_nb.engines.stage.tiling import tiled
from flow_nb.engines.stage.weather import weather
from flow_nb.plan.motion import Mesh, Motion
from flow_nb.plan.plan import Body, Plan
from flow_nb.props.archetypes import Piece, archetypes, sets
from flow_nb.props.materials import materials
from flow_nb.props.shapes import TURNS, prop_bounds_m, ring_handle
from flow_nb.timebase import frame_count, frame_time_s

MANY_TURNS = 28
"""How finely the pieces of a prop that has many are turned."""
MOST_LAMPS = 6
BURNING = frozenset({"candle", "campfire"})
CLEAR = 0.8
"""So much of the way to the subject is clear of fog."""
WARM_WHITE = (1.0, 0.76, 0.48)


def stage_picture(
    plan: Plan,
    motion: Motion,
    tier: Tier,
    cache: Path,
    said: Sequence[Utterance] | None = None,
) -> Picture:
    """Everything the renderer needs to know about a shot; ``said`` are its lines as they are spoken."""
    times = frame_times(plan, tier.format)
    poses = [motion.at(float(time)) for time in times]
    hour = weathered(HOURS[plan.light.time_of_day], plan.light)
    stage = catalogue.stage_set(plan)
    cameras = camera_track(plan, motion, tier.format, stage.room)
    light = lit(stage.light(hour), plan.light, sets()[plan.set.kind], hour)
    ropes = cords(plan, motion, times, first=len(motion.names))
    standing = [part for item in stage.dress(hour) for part in tiled(item)]
    stops = float(np.asarray(light.grade.get("cg.exposure", 0.0)))
    items = tuple(
        replace(item, look=on_film(soaked(item.look, plan.light), stops))
        for item in (*standing, *body_items(plan, motion), *ropes.items)
    )
    pliants = (
        *figures(
            plan,
            motion,
            times,
            tier.format.height,
            unseen=_behind_the_eyes(plan, motion),
            said=utterances(plan) if said is None else said,
            lens_m=np.array([view.at_m for view in cameras]),
        ),
        *creatures(plan, motion, times, tier.format.height),
        *sheets(plan, motion, times),
        *strands(plan, motion, times),
        *drops(plan, motion, times),
        *weather(plan, times),
    )
    looks = {item.look for item in items} | {pliant.look for pliant in pliants}
    looks = {look for look in looks if look.texture != WORD}
    cameras = camera_track(plan, motion, tier.format, stage.room)
    light = _clear_to(light, focus_m(plan, motion, cameras, times))
    present = _present(motion, times)
    always = np.ones((len(times), len(ropes.items)), dtype=bool)
    return Picture(
        items=items,
        light=replace(light, lamps=(*light.lamps, *carried_lamps(plan, motion))),
        cameras=cameras,
        positions_m=np.concatenate([[pose[0] for pose in poses], ropes.positions_m], axis=1),
        quaternions=np.concatenate([[pose[1] for pose in poses], ropes.quaternions], axis=1),
        present=np.concatenate([present, always], axis=1),
        textures=painted(looks, cache) | prints(plan),
        pliants=pliants,
    )


def _behind_the_eyes(plan: Plan, motion: Motion) -> str | None:
    """The figure through whose eyes the shot is seen."""
    return viewer(plan, motion) if plan.camera.angle == "point of view" else None


def _clear_to(light: Light, focus_m: Floats) -> Light:
    """Fog begins a little before the subject: however far away the camera stands, it hides what is behind."""
    if "fog.distance" not in light.grade:
        return light
    begins_m = max(
        float(np.asarray(light.grade["fog.distance"])), CLEAR * float(np.median(focus_m))
    )
    return replace(light, grade={**light.grade, "fog.distance": begins_m})


def carried_lamps(plan: Plan, motion: Motion) -> tuple[Lamp, ...]:
    """The light of lit bodies: lamps, candles, fires; the larger the body, the stronger."""
    found: list[Lamp] = []
    for body in plan.bodies:
        lit_ = body.lit or body.prop == "campfire"
        if lit_ and body.name in motion.names and len(found) < MOST_LAMPS:
            tall = float(prop_bounds_m(archetypes()[body.prop], body.scale)[1, 2])
            strength = float(np.clip(2.2 * tall, 0.35, 3.0))
            found.append(
                Lamp(kind="point", at_m=(0.0, 0.0, 0.9 * tall + 0.06), colour=WARM_WHITE,
                     strength=strength, reach_m=7.0, body=motion.index(body.name),
                     flicker="fire" if body.prop in BURNING else "")
            )  # fmt: skip
    return tuple(found)


def frame_times(plan: Plan, form: Format) -> Floats:
    """The instant of every frame, in seconds from the first."""
    frames = frame_count(plan.duration_s, form.fps)
    return np.array([float(frame_time_s(frame, form.fps)) for frame in range(frames)])


def _present(motion: Motion, times: Floats) -> NDArray[np.bool_]:
    """Which bodies exist at which instant, (frames, bodies)."""
    at = times[:, None] + 1e-9
    return np.asarray((motion.born_s[None] <= at) & (at < motion.gone_s[None]))


def body_items(plan: Plan, motion: Motion) -> tuple[Item, ...]:
    """The bodies of the plan and the fragments they break into, by column."""
    bodies = {body.name: body for body in plan.bodies}
    items: list[Item] = []
    for column, name in enumerate(motion.names):
        parent = bodies[name.split("/")[0]]
        if name in motion.fragments:
            items += _fragment(parent, motion.fragments[name], column, plan.seed)
        elif pieces := _pieces(name, parent, motion):
            items += _whole(parent, pieces, column, plan.seed)
            items += card_items(parent, column) if is_card(parent) else []
    return tuple(items)


def _pieces(name: str, body: Body, motion: Motion) -> tuple[Piece, ...]:
    """Which of a prop's pieces ride on a column: its own, or those that turn on ``door/leaf``. Persons
    and what bends are drawn otherwise; of those that stand fixed, only the pole or the rail."""
    prop = archetypes()[body.prop]
    bends = name in motion.surfaces or name in motion.strands
    if (
        prop.kind == "figure"
        or is_creature(body)
        or (bends and (prop.kind == "spring" or not prop.furniture))
    ):
        return ()
    turning = {prop.pieces[i] for i in prop.hinge.pieces} if prop.hinge else set()
    if name != body.name:
        return tuple(p for p in prop.seen if p in turning) if name.endswith("/leaf") else ()
    whole = f"{name}/leaf" not in motion.names
    return tuple(p for p in prop.seen if whole or p not in turning)


def _whole(body: Body, pieces: tuple[Piece, ...], column: int, seed: int) -> list[Item]:
    """A prop as few solids, one for each of its looks; what is clear stays by itself."""
    prop, clear = archetypes()[body.prop], []
    heaps: dict[Look, list[Solid]] = {}
    own = seed + sum(map(ord, body.name))
    turns = TURNS if len(prop.pieces) <= FEW else MANY_TURNS
    for piece in pieces:
        material = materials()[_material(body, piece.material, prop.material)]
        look = piece_look(piece, prop, material, colour=body.colour, seed=own)
        solid = piece_solid(piece, body.scale, turns=turns)
        if look.opacity >= 1:
            heaps.setdefault(look, []).append(solid)
            continue
        clear.append(Item(solid=solid, look=look, body=column))
        if (rim := rim_solid(piece, body.scale)) is not None:
            clear.append(Item(solid=rim, look=RIM, body=column))
    if prop.handle is not None:
        look = piece_look(
            prop.pieces[0], prop, materials()[body.material], colour=body.colour, seed=own
        )
        ring = ring_handle(prop.handle)
        mesh = Mesh(vertices=ring.vertices * np.float32(body.scale), faces=ring.faces)
        heaps.setdefault(look, []).append(boxed(mesh))
    full = [Item(solid=joined(heap), look=look, body=column) for look, heap in heaps.items()]
    return [*full, *clear]


def _fragment(parent: Body, mesh: Mesh, column: int, seed: int) -> list[Item]:
    prop = archetypes()[parent.prop]
    material = materials()[parent.material]
    own = seed + sum(map(ord, parent.name))
    look = piece_look(prop.seen[0], prop, material, colour=parent.colour, seed=own)
    return [Item(solid=boxed(mesh, crease_deg=25), look=look, body=column)]


def _material(body: Body, piece: str | None, usual: str) -> str:
    """A piece keeps its own material; the plan's replaces the one the prop is usually made of."""
    return piece if piece is not None and piece != usual else body.material
