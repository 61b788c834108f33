"""Plans and motions for the tests, made by formula: no solver. A glass slides off a table's edge."""

from __future__ import annotations

import math

import numpy as np

from flow_nb.plan.motion import CONTACT, POSE_RATE_HZ, RUB, Event, Mesh, Motion
from flow_nb.plan.plan import Action, Body, Camera, Light, Placement, Plan, SetDesign
from flow_nb.props.archetypes import archetypes
from flow_nb.props.shapes import centroid_m, hull, piece_mesh

GRAVITY = 9.81
TABLE_TOP_M = 0.75


def glass_plan(
    *,
    kind: str = "kitchen",
    time_of_day: str = "golden hour",
    duration_s: float = 2.0,
    camera: Camera | None = None,
    prop: str = "glass",
    material: str = "glass",
    extra: tuple[Body, ...] = (),
) -> Plan:
    """A thing on a table in a set, and nothing else."""
    return Plan(
        text="A glass slides off the table edge and shatters on the hardwood floor.",
        duration_s=duration_s,
        set=SetDesign(kind=kind),
        light=Light(time_of_day=time_of_day),
        bodies=(
            Body(name="table", noun="table", prop="table", material="wood", fixed=True),
            Body(name="glass", noun="glass", prop=prop, material=material),
            *extra,
        ),
        placements=(Placement(body="glass", relation="edge of", anchor="table"),),
        actions=(Action(verb="fall", body="glass", source="table"),),
        camera=camera or Camera(),
    )


def glass_motion(plan: Plan, *, still: bool = False, pieces: int = 26) -> Motion:
    """It stands on the edge, tips over it at 0.5 s, falls by g t^2 / 2, and is in pieces then."""
    steps = round(plan.duration_s * POSE_RATE_HZ) + 1
    time = np.arange(steps) / POSE_RATE_HZ
    start, release = np.array([0.585, -0.18, TABLE_TOP_M]), 0.5
    impact = release + math.sqrt(2 * TABLE_TOP_M / GRAVITY)
    fall = np.clip(time - release, 0, impact - release) * (not still)
    place = start + np.stack([0.55 * fall, -0.1 * fall, -GRAVITY * fall**2 / 2], axis=1)
    turn = 2.4 * fall
    table = np.tile(np.array([0.0, 0.0, 0.0]), (steps, 1))
    names, positions = ["table", "glass"], [table, place]
    quaternions = [_upright(steps), _about_y(turn)]
    born, gone = [0.0, 0.0], [math.inf, math.inf if still else impact]
    fragments: dict[str, Mesh] = {}
    if not still:
        for i, (mesh, middle) in enumerate(_shards(plan, pieces)):
            names.append(f"glass/{i}")
            fragments[names[-1]] = mesh
            way, spin = _flight(time - impact, place[-1] + middle * 0.4, i)
            positions.append(way)
            quaternions.append(spin)
            born.append(impact)
            gone.append(math.inf)
    for body in plan.bodies[2:]:
        names.append(body.name)
        positions.append(np.tile(np.array([-0.22, 0.05, TABLE_TOP_M]), (steps, 1)))
        quaternions.append(_upright(steps))
        born.append(0.0)
        gone.append(math.inf)
    events = () if still else (
        Event(time_s=release, kind="release", body="glass"),
        Event(time_s=impact, kind="impact", body="glass", other="set", speed_m_s=3.8),
        Event(time_s=impact, kind="break", body="glass"),
    )  # fmt: skip
    count = len(names)
    materials = {body.name: body.material for body in plan.bodies}
    return Motion(
        duration_s=plan.duration_s,
        names=tuple(names),
        materials=tuple(materials[name.split("/")[0]] for name in names),
        masses_kg=np.full(count, 0.1),
        sizes_m=np.full(count, 0.1),
        positions_m=np.stack(positions, axis=1).astype(np.float32),
        quaternions=np.stack(quaternions, axis=1).astype(np.float32),
        born_s=np.array(born),
        gone_s=np.array(gone),
        contacts=np.zeros(0, CONTACT),
        rubs=np.zeros(0, RUB),
        energy_j=np.zeros(steps),
        floor_material="hardwood",
        events=events,
        fragments=fragments,
    )


def _shards(plan: Plan, count: int) -> list[tuple[Mesh, np.ndarray]]:
    """Convex bits of the wall of the prop, each about its own middle."""
    prop = archetypes()[plan.body("glass").prop]
    vertices = piece_mesh(prop.pieces[0]).vertices.astype(float)
    rng = np.random.default_rng(3)
    found = []
    for _ in range(count):
        middle = vertices[rng.integers(len(vertices))]
        near = vertices[np.argsort(np.linalg.norm(vertices - middle, axis=1))[:9]]
        mesh = hull(near + rng.normal(0, 0.0025, near.shape))
        centre = centroid_m(mesh)
        shifted = (mesh.vertices - centre).astype(np.float32)
        found.append((Mesh(vertices=shifted, faces=mesh.faces), centre))
    return found


def _flight(since: np.ndarray, start: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    heading, speed = rng.uniform(0, 2 * math.pi), rng.uniform(0.2, 1.3)
    rise = rng.uniform(0.3, 1.5)
    t = np.clip(since, 0, None)
    up = start[2] * 0.3 + 0.02 + rise * t - GRAVITY * t**2 / 2
    landed = t > (rise + math.sqrt(rise**2 + 2 * GRAVITY * 0.03)) / GRAVITY
    reach = speed * np.minimum(t, 0.35) * (1 - np.minimum(t, 0.35))
    way = np.stack(
        [start[0] + reach * math.cos(heading), start[1] + reach * math.sin(heading),
         np.where(landed, 0.006, np.maximum(up, 0.006))], axis=1
    )  # fmt: skip
    return way, _about_y(np.minimum(t, 0.35) * rng.uniform(4, 14) + rng.uniform(0, 3))


def _upright(steps: int) -> np.ndarray:
    return np.tile(np.array([1.0, 0, 0, 0]), (steps, 1))


def _about_y(angle: np.ndarray) -> np.ndarray:
    zero = np.zeros_like(angle)
    return np.stack([np.cos(angle / 2), zero, np.sin(angle / 2), zero], axis=1)
