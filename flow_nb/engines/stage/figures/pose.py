"""How a puppet moves. In: a `Puppet`, the motion's bones, the frames' instants. Out: one transform for
every bone and frame, those of the face too: it blinks, looks about and moves its mouth when it speaks.
"""

from __future__ import annotations

import math

import numpy as np

from flow_nb.engines.stage.figures.attention import Attention
from flow_nb.engines.stage.figures.build import SIDES, head_unit_m
from flow_nb.engines.stage.figures.face import LID_OPEN_DEG, LID_SHUT_DEG
from flow_nb.engines.stage.figures.gripping import EASE, finger_turns
from flow_nb.engines.stage.figures.people import turned
from flow_nb.engines.stage.figures.puppet import Puppet
from flow_nb.engines.stage.figures.speaking import NOD_DEG, Mouth, mouth_at
from flow_nb.engines.stage.picture import Floats, Singles
from flow_nb.plan.motion import Motion

BLINK_S, BLINK_EVERY_S = 0.22, (1.6, 4.6)
GLANCE_EVERY_S, GLANCE_DEG = (0.7, 2.2), (9.0, 4.0)
JAW = 0.115
"""How far a jaw drops, in head units."""
LIFT, SPREAD, ROUND, POUT = 0.016, 0.030, 0.062, 0.024
"""How far the upper lip rises with it, how far the corners go out and in, how far round lips stand out."""


def transforms(
    puppet: Puppet,
    motion: Motion,
    name: str,
    times: Floats,
    *,
    seed: int,
    mouth: Mouth | None = None,
    seen: Attention | None = None,
    grip: Floats | None = None,
) -> Singles:
    """(frames, bones, 3, 4): what takes a vertex at rest to its place. ``mouth`` is what it speaks
    with, ``seen`` whom it looks at, ``grip`` (frames, 2) how far its hands are closed. Where the motion
    has no bones, the figure stands at rest where its body is."""
    found = np.zeros((len(times), len(puppet.bones), 3, 4))
    bones = puppet.skeleton.bones
    columns = [motion.index(f"{name}/{bone.name}") for bone in bones]
    body, rest = motion.index(name), puppet.skeleton.rest_m()
    for frame, time in enumerate(times):
        positions, quaternions = motion.at(float(time))
        for i, column in enumerate(columns):
            own = column >= 0
            turn = turned(quaternions[column if own else body].astype(float))
            place = positions[column] if own else positions[body] + turn @ rest[i]
            found[frame, i, :, :3] = turn
            found[frame, i, :, 3] = place - turn @ rest[i]
    mouth = mouth or mouth_at(times, ())
    _turn_head(found[:, puppet.bones.index("head")], puppet, mouth, seen)
    _face(found, puppet, times, seed, mouth, seen)
    _lips(found, puppet, mouth)
    _fingers(found, puppet, np.full((len(times), 2), EASE) if grip is None else grip)
    return found.astype(np.float32)


def _turn_head(head: Floats, puppet: Puppet, mouth: Mouth, seen: Attention | None) -> None:
    """Turns a head (frames, 3, 4) to whom it looks at, and nods on what it stresses."""
    joint = np.asarray(puppet.skeleton.by_name["head"].joint_m)
    more = np.zeros((len(head), 2)) if seen is None else seen.head
    for frame in range(len(head)):
        side, up = more[frame, 0], more[frame, 1] - mouth.nod[frame]
        if side or up:
            head[frame] = _ridden(head[frame], _about(2, side) @ _about(0, -up), joint)


def _face(
    found: Floats,
    puppet: Puppet,
    times: Floats,
    seed: int,
    mouth: Mouth,
    seen: Attention | None,
) -> None:
    """Fills in eyes, lids and brows, which all ride on the head."""
    rng = np.random.default_rng([seed, 7])
    index = puppet.bones.index
    head = found[:, index("head")].copy()
    shut = blinks(times, rng)
    side, up = _glances(times, rng)
    if seen is not None:
        loose = 1 - 0.85 * seen.held
        side, up = side * loose + seen.eyes[:, 0], up * loose + seen.eyes[:, 1]
    unit = head_unit_m(puppet.skeleton)
    raised = up / 8 - shut + 1.4 * mouth.nod / NOD_DEG
    droop = (1 - puppet.mood.lids) * 26.0
    for (name, _), eye in zip(SIDES, puppet.eyes_m, strict=True):
        for frame in range(len(times)):
            gaze = _about(2, side[frame]) @ _about(0, -up[frame])
            lid = (LID_OPEN_DEG - LID_SHUT_DEG - droop) * shut[frame] + droop - 0.6 * up[frame]
            rest = head[frame]
            found[frame, index(f"eye-{name}")] = _ridden(rest, gaze, eye)
            found[frame, index(f"lid-{name}")] = _ridden(rest, _about(0, lid), eye)
            found[frame, index(f"under-{name}")] = _ridden(
                rest, _about(0, -11 * shut[frame] - 0.25 * droop), eye
            )
            found[frame, index(f"brow-{name}")] = _shifted(
                rest, np.array([0, 0, 0.012 * unit * raised[frame]])
            )


def _lips(found: Floats, puppet: Puppet, mouth: Mouth) -> None:
    """Fills in jaw, upper lip and the corners of the mouth."""
    index, unit = puppet.bones.index, head_unit_m(puppet.skeleton)
    spread, around = np.clip(mouth.wide, 0, 1), np.clip(-mouth.wide, 0, 1)
    open_ = np.maximum(puppet.mood.open * (1 - mouth.press), mouth.open) * (1 - mouth.press)
    still, out = np.zeros(len(open_)), -POUT * around
    ways = {
        "jaw": (still, 0.16 * JAW * open_ + out + 0.012 * mouth.tuck,
                -JAW * open_ + 0.003 * mouth.press + 0.005 * mouth.tuck),
        "lip": (still, out, LIFT * (open_ + 0.6 * mouth.tuck) * (1 - mouth.press) - 0.002 * mouth.press),
        "corner-left": (SPREAD * spread - ROUND * around, 0.4 * out, still),
        "corner-right": (ROUND * around - SPREAD * spread, 0.4 * out, still),
    }  # fmt: skip
    for bone, way in ways.items():
        shift = unit * np.stack(way, axis=1)
        for frame, head in enumerate(found[:, index("head")]):
            found[frame, index(bone)] = _shifted(head, shift[frame])


def _fingers(found: Floats, puppet: Puppet, grip: Floats) -> None:
    """Fills in fingers and thumbs."""
    index = puppet.bones.index
    for i, (side, sign) in enumerate(SIDES):
        for frame, hand in enumerate(found[:, index(f"hand-{side}")]):
            turns = finger_turns(hand, puppet.skeleton, side, sign, float(grip[frame, i]))
            for bone, place in turns.items():
                found[frame, index(bone)] = place


def blinks(times: Floats, rng: np.random.Generator) -> Floats:
    """How far the lids are shut (frames,), 0 to 1: down fast, up slower."""
    shut, at = np.zeros(len(times)), float(rng.uniform(0.4, 2.0))
    last = float(times[-1]) if len(times) else 0.0
    while at < last + 1:
        share = (times - at) / BLINK_S
        down, up = np.clip((share + 0.35) / 0.35, 0, 1), np.clip((0.65 - share) / 0.5, 0, 1)
        shut = np.maximum(shut, np.minimum(down, up) ** 0.8 * (share > -0.35) * (share < 0.65))
        at += float(rng.uniform(*BLINK_EVERY_S))
    return shut


def _glances(times: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Where the eyes look, in degrees to the side and up: still, then a quick turn to another spot."""
    side, up, at = np.zeros(len(times)), np.zeros(len(times)), 0.0
    here = np.zeros(2)
    last = float(times[-1]) if len(times) else 0.0
    while at < last + 0.1:
        there = rng.normal(0, 1, 2) * np.array(GLANCE_DEG) * (rng.random() < 0.7)
        there = np.clip(there, -16, 16)
        share = np.clip((times - at) / 0.06, 0, 1)
        begun = times >= at
        side = np.where(begun, here[0] + share * (there[0] - here[0]), side)
        up = np.where(begun, here[1] + share * (there[1] - here[1]), up)
        here, at = there, at + float(rng.uniform(*GLANCE_EVERY_S))
    return side, up


def _about(axis: int, degrees: float) -> Floats:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    if axis == 0:
        return np.array([[1, 0, 0], [0, cos, -sin], [0, sin, cos]])
    return np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])


def _ridden(head: Floats, turn: Floats, pivot: Singles) -> Floats:
    """A turn about a point of the head, carried by the head (3, 4)."""
    local = pivot - turn @ pivot
    out = np.empty((3, 4))
    out[:, :3] = head[:, :3] @ turn
    out[:, 3] = head[:, :3] @ local + head[:, 3]
    return out


def _shifted(head: Floats, by: Floats) -> Floats:
    out = head.copy()
    out[:, 3] += head[:, :3] @ by
    return out
