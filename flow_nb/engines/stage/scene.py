"""The soundstage, set up for one shot. In: a plan, its motion, a tier. Out: a `Picture`.

Every body is shown exactly where the solver put it, in the shape that the solver used.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.base import Format
from flow_nb.engines.stage.camera import camera_track
from flow_nb.engines.stage.cords import cords
from flow_nb.engines.stage.hours import HOURS
from flow_nb.engines.stage.looks import FEW, RIM, piece_look, piece_solid, rim_solid
from flow_nb.engines.stage.picture import Floats, Item, Look, Picture, Solid
from flow_nb.engines.stage.sets import catalogue
from flow_nb.engines.stage.solids import boxed, joined
from flow_nb.engines.stage.textures.library import painted
from flow_nb.engines.stage.tiers import Tier
from flow_nb.plan.motion import Mesh, Motion
from flow_nb.plan.plan import Body, Plan
from flow_nb.props.archetypes import archetypes
from flow_nb.props.materials import materials
from flow_nb.props.shapes import TURNS, ring_handle
from flow_nb.timebase import frame_count, frame_time_s

MANY_TURNS = 28
"""How finely the pieces of a prop that has many are turned."""


def stage_picture(plan: Plan, motion: Motion, tier: Tier, cache: Path) -> Picture:
    """Everything the renderer needs to know about a shot."""
    times = frame_times(plan, tier.format)
    poses = [motion.at(float(time)) for time in times]
    hour = HOURS[plan.light.time_of_day]
    stage = catalogue.stage_set(plan)
    ropes = cords(plan, motion, times, first=len(motion.names))
    items = (*stage.dress(hour), *body_items(plan, motion), *ropes.items)
    present = _present(motion, times)
    always = np.ones((len(times), len(ropes.items)), dtype=bool)
    return Picture(
        items=items,
        light=stage.light(hour),
        cameras=camera_track(plan, motion, tier.format, stage.room),
        positions_m=np.concatenate([[pose[0] for pose in poses], ropes.positions_m], axis=1),
        quaternions=np.concatenate([[pose[1] for pose in poses], ropes.quaternions], axis=1),
        present=np.concatenate([present, always], axis=1),
        textures=painted({item.look for item in items}, cache),
    )


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
        else:
            items += _whole(parent, column, plan.seed)
    return tuple(items)


def _whole(body: Body, column: int, seed: int) -> list[Item]:
    """A prop as few solids, one for each of its looks; what is clear stays by itself."""
    prop, clear = archetypes()[body.prop], []
    heaps: dict[Look, list[Solid]] = {}
    own = seed + sum(map(ord, body.name))
    turns = TURNS if len(prop.pieces) <= FEW else MANY_TURNS
    for piece in prop.seen:
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
    look = piece_look(prop.pieces[0], prop, material, colour=parent.colour, seed=own)
    return [Item(solid=boxed(mesh, crease_deg=25), look=look, body=column)]


def _material(body: Body, piece: str | None, usual: str) -> str:
    """A piece keeps its own material; the plan's replaces the one the prop is usually made of."""
    return piece if piece is not None and piece != usual else body.material
