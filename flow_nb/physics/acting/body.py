"""A figure's body in the solver. In: a rig. Out: MuJoCo bodies for its bones, and its limbs' columns.

Hands and feet are heavy free bodies that are led along their paths, so that contacts feel their real
speed; the other bones are led as mocap bodies: they stop and carry what meets them.
"""

from __future__ import annotations

import mujoco

from flow_nb.physics.acting.rig import SOLE_RADIUS_M, Rig
from flow_nb.physics.acting.turns import add, length, scaled, sub
from flow_nb.physics.build import Solid
from flow_nb.physics.device import Limb
from flow_nb.props.materials import materials
from flow_nb.props.skeleton import Bone

LED = ("hand-left", "hand-right", "foot-left", "foot-right")
STOPS = ("pelvis", "chest", "head", "thigh-left", "thigh-right", "shin-left", "shin-right")
LED_KG = {"hand": 3.0, "foot": 8.0}
SHARES = {
    "pelvis": 0.16, "chest": 0.33, "head": 0.08, "upper-arm": 0.028, "forearm": 0.017, "hand": 0.007,
    "thigh": 0.10, "shin": 0.045, "foot": 0.0145,
}  # fmt: skip
"""Of the body's mass. Source: Winter, "Biomechanics and Motor Control" (4th ed.), table 4.1, rounded."""
HAND_RADIUS_M = 0.02


def material_of(bone: str) -> str:
    """What a bone is dressed in."""
    return "rubber" if bone.startswith("foot") else "cloth"


def limbs(name: str, rig: Rig, mass_kg: float) -> list[Limb]:
    """A column for every bone."""
    rows = materials()
    return [
        Limb(
            name=f"{name}/{bone.name}",
            material=rows[material_of(bone.name)],
            mass_kg=mass_kg * SHARES[bone.name.removesuffix("-left").removesuffix("-right")],
            size_m=bone.length_m,
        )
        for bone in rig.skeleton.bones
    ]


def add_body(spec: mujoco.MjSpec, name: str, rig: Rig) -> list[Solid]:
    """A figure's frame and all its bones, and what of them collides."""
    spec.worldbody.add_body(name=name, mocap=True)
    solids = []
    for bone in rig.skeleton.bones:
        title = f"{name}/{bone.name}"
        led = bone.name in LED
        body = spec.worldbody.add_body(name=title, mocap=not led)
        if led:
            body.add_freejoint(name=title)
            body.gravcomp = 1.0
        if led or bone.name in STOPS:
            _add_capsule(body, title, bone, rig)
            is_foot = bone.name.startswith("foot")
            made_of = materials()[material_of(bone.name)]
            solids.append(Solid(geom=title, body=name, material=made_of, moves=is_foot))
    return solids


def _add_capsule(body: object, title: str, bone: Bone, rig: Rig) -> None:
    begin, end, radius = (0.0, 0.0, 0.0), sub(bone.end_m, bone.joint_m), bone.radius_m
    if bone.name.startswith("foot"):
        ankle = (0.0, 0.0, rig.ankle_m)
        begin, end, radius = sub(rig.heel_m, ankle), sub(rig.ball_m, ankle), SOLE_RADIUS_M
    elif bone.name.startswith("hand"):
        radius = HAND_RADIUS_M * rig.height_m / 1.75
    elif bone.name == "head":
        begin, end = scaled(end, 0.35), scaled(end, 0.58)
    mass = LED_KG.get(bone.name.split("-", maxsplit=1)[0], 1.0)
    if length(sub(end, begin)) < 1e-3:
        end = add(end, (0.0, 0.0, 1e-3))
    body.add_geom(  # type: ignore[attr-defined]
        name=title, type=mujoco.mjtGeom.mjGEOM_CAPSULE, fromto=[*begin, *end], size=[radius, 0, 0],
        mass=mass, contype=0, conaffinity=0,
    )  # fmt: skip
