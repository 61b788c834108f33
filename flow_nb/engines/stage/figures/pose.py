"""How a puppet moves. In: a `Puppet`, the motion's bones, the frames' instants. Out: one transform for
every bone and frame, those of the face too: it blinks, looks about and moves its mouth when it speaks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from flow_nb.engines.stage.figures.build import SIDES, head_unit_m
from flow_nb.engines.stage.figures.face import LID_OPEN_DEG, LID_SHUT_DEG
from flow_nb.engines.stage.figures.puppet import Puppet
from flow_nb.engines.stage.picture import Floats, Singles
from flow_nb.plan.motion import Motion

BLINK_S, BLINK_EVERY_S = 0.22, (1.6, 4.6)
GLANCE_EVERY_S, GLANCE_DEG = (0.7, 2.2), (9.0, 4.0)
WORDS_PER_S, SYLLABLE_HZ = 2.6, 4.2
JAW_M, WIDE_JAW = 0.115, 0.75
"""How far a jaw drops, in head units, and what share of it speech uses."""


def transforms(
    puppet: Puppet,
    motion: Motion,
    name: str,
    times: Floats,
    *,
    seed: int,
    spoken: Sequence[tuple[float, str]] = (),
) -> Singles:
    """(frames, bones, 3, 4): what takes a vertex at rest to its place. ``spoken`` are the instants
    at which the figure begins to say a line, and the lines. Where the motion has no bones, the
    figure stands at rest where its body is."""
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
    _face(found, puppet, times, seed, spoken)
    return found.astype(np.float32)


def _face(
    found: Floats, puppet: Puppet, times: Floats, seed: int, spoken: Sequence[tuple[float, str]]
) -> None:
    """Fills in the bones of the face, which all ride on the head."""
    rng = np.random.default_rng([seed, 7])
    index = puppet.bones.index
    head = found[:, index("head")].copy()
    shut = blinks(times, rng)
    side, up = _glances(times, rng)
    unit = head_unit_m(puppet.skeleton)
    open_ = np.maximum(puppet.mood.open, WIDE_JAW * talking(times, spoken))
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
                rest, np.array([0, 0, 0.012 * unit * (up[frame] / 8 - shut[frame])])
            )
    drop = JAW_M * unit * open_
    for frame in range(len(times)):
        found[frame, index("jaw")] = _shifted(
            head[frame], np.array([0, 0.16 * drop[frame], -drop[frame]])
        )


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


def talking(times: Floats, spoken: Sequence[tuple[float, str]]) -> Floats:
    """How far the mouth opens for speech (frames,), 0 to 1: about four syllables a second, as long
    as the words take."""
    found = np.zeros(len(times))
    for start, text in spoken:
        long = max(0.4, len(text.split()) / WORDS_PER_S)
        inside = np.clip((times - start) / 0.12, 0, 1) * np.clip(
            (start + long - times) / 0.15, 0, 1
        )
        beat = 2 * math.pi * SYLLABLE_HZ * (times - start)
        wave = 0.5 - 0.5 * np.cos(beat + 0.9 * np.sin(0.37 * beat))
        found = np.maximum(found, inside * wave * (0.7 + 0.3 * np.sin(0.61 * beat)))
    return found


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


def turned(quaternion: Floats) -> Floats:
    """The rotation (3, 3) of a quaternion (w, x, y, z).

    >>> turned(np.array([1.0, 0.0, 0.0, 0.0])).tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    w, x, y, z = quaternion / np.linalg.norm(quaternion)
    return np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ])  # fmt: skip


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
