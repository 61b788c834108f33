"""Plans with persons and motions of their bones, made by formula: no solver."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from flow_nb.plan.motion import CONTACT, POSE_RATE_HZ, RUB, Motion
from flow_nb.plan.plan import Body, Camera, Plan, SetDesign
from flow_nb.props.skeleton import HEIGHTS_M, skeleton


def person(name: str = "ann", noun: str = "woman", **more: Any) -> Body:
    return Body(name=name, noun=noun, prop="person", material="cloth", **more)


def people_plan(*bodies: Body, camera: Camera | None = None, **more: Any) -> Plan:
    return Plan(
        text="Somebody stands there.", duration_s=1.0, set=SetDesign(kind="studio"),
        bodies=bodies, camera=camera or Camera(), seed=3, **more,
    )  # fmt: skip


def people_motion(plan: Plan, *, speed_m_s: float = 0.0, **forms: Any) -> Motion:
    """Everybody stands side by side at rest, or glides to the right."""
    steps = round(plan.duration_s * POSE_RATE_HZ) + 1
    way = speed_m_s * np.arange(steps)[:, None] / POSE_RATE_HZ * np.array([1.0, 0, 0])
    names, positions = [], []
    for place, body in enumerate(plan.bodies):
        at = np.array([0.9 * place, 0.0, 0.0])
        names.append(body.name)
        positions.append(at + way)
        if body.prop == "person":
            for bone in skeleton(HEIGHTS_M[body.age] * body.scale, body.age).bones:
                names.append(f"{body.name}/{bone.name}")
                positions.append(at + way + bone.joint_m)
    still = np.tile([1.0, 0, 0, 0], (steps, len(names), 1))
    return Motion(
        duration_s=plan.duration_s, names=tuple(names), materials=("cloth",) * len(names),
        masses_kg=np.ones(len(names)), sizes_m=np.ones(len(names)),
        positions_m=np.stack(positions, axis=1).astype(np.float32),
        quaternions=still.astype(np.float32), born_s=np.zeros(len(names)),
        gone_s=np.full(len(names), math.inf), contacts=np.zeros(0, CONTACT), rubs=np.zeros(0, RUB),
        energy_j=np.zeros(steps), floor_material="linoleum", **forms,
    )  # fmt: skip
