"""The camera. In: a plan's camera words, the solved motion, the format, the room. Out: one `View` a frame.

It frames the way of the subject, where it starts and where it lands, on a third, with room ahead of
it; moves are eased at both ends; it never stands in a wall, in a table or below the floor.
"""

from __future__ import annotations

import math

import numpy as np

from flow_nb.engines.base import Format
from flow_nb.engines.stage.framing import Path, subject_path, target
from flow_nb.engines.stage.leaning import sliding
from flow_nb.engines.stage.moves import PACE, eased, pan, shaken, upright, zoomed
from flow_nb.engines.stage.picture import Floats, View
from flow_nb.engines.stage.portrait import over_shoulder, partner, seen_from, viewer
from flow_nb.engines.stage.rig import Rig
from flow_nb.engines.stage.sets.room import Room, within
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.timebase import frame_count, frame_time_s


def camera_track(plan: Plan, motion: Motion, form: Format, room: Room) -> tuple[View, ...]:
    """The views of all frames of a shot."""
    frames = frame_count(plan.duration_s, form.fps)
    times = np.array([float(frame_time_s(frame, form.fps)) for frame in range(frames)])
    path = subject_path(plan, motion, times)
    operator = _Operator(plan, motion, form, room, path)
    share = times / max(plan.duration_s, 1e-6)
    return tuple(operator.view(index, float(share[index])) for index in range(frames))


class _Operator(Rig):
    """How the camera moves from where it stands."""

    def __init__(self, plan: Plan, motion: Motion, form: Format, room: Room, path: Path) -> None:
        super().__init__(plan, motion, form, room, path)
        self.seed = plan.seed
        self.laden = any(p.anchor == target(plan, motion) for p in plan.placements)
        self.reframing_m = self._reframing()
        self.eyes = self._eyes(plan, motion)

    def view(self, frame: int, share: float) -> View:
        """The view at a frame; ``share`` of the shot is over."""
        words, time = self.words, frame / float(self.form.fps)
        swing = PACE[words.pace] * (2 * eased(share) - 1)
        aim, at = self._moved(self._aim(frame), swing)
        if self.eyes is not None:
            at, aim = self.eyes[0][frame], self.eyes[1][frame]
        else:
            at = self.outside(within(aim, at, self.room))
        forward = aim - at
        forward /= np.linalg.norm(forward)
        forward = pan(words, forward, swing, self.fovy, time)
        up = upright(words, forward, swing)
        if words.handheld or words.move == "handheld":
            at, forward, up = shaken(
                words, (at, forward, up), time_s=time, seed=self.seed, fovy_deg=self.fovy,
                distance_m=self.distance_m,
            )  # fmt: skip
            at = np.clip(at, self.room.low_m, self.room.high_m) if self.eyes is None else at
        wide = self.fovy if self.eyes is not None else self._fovy(aim, at)
        return View(at_m=at, forward=forward, up=up, fovy_deg=zoomed(words, wide, swing))

    def _eyes(self, plan: Plan, motion: Motion) -> tuple[Floats, Floats] | None:
        """Places and aims of all frames where the camera is somebody's eyes or looks past somebody."""
        name, angle = target(plan, motion), self.words.angle
        times = np.arange(len(self.path.smooth_m)) / float(self.form.fps)
        aim = self.path.smooth_m
        if angle == "point of view" and (who := viewer(plan, motion)) is not None:
            return seen_from(plan, motion, who, aim, times)
        if angle == "over the shoulder" and self.person and name is not None:
            at = over_shoulder(plan, motion, name, partner(plan, motion, name), times)
            return np.tile(at, (len(times), 1)), aim
        return None

    def _aim(self, frame: int) -> Floats:
        """Where it looks: the middle of the way, or the subject itself where the way is too long;
        a little ahead of the motion, so that things fall into the picture and not out of it."""
        aim = self.subject_m[frame] if self.tracks else self.leant(frame)
        width = self.height_m * self.form.width / self.form.height
        span = 0.0 if self.tracks else float(np.ptp(self.path.points_m[:, 0]))
        lead = 0.11 * max(0.0, width - 1.8 * span)
        right = self.right(self.side_deg)
        ahead = self._ahead(right)
        level = right * (lead * ahead + self.reframing_m[frame])
        return np.asarray(aim + level + np.array([0, 0, self.lift_m]))

    def _ahead(self, right: Floats) -> float:
        """On which side of the subject the picture has more room: 1 right, -1 left."""
        if self.path.moves:
            return float(np.sign(self.path.drift_m @ right))
        if self.path.side_deg is not None:  # a person looks past the camera into the picture
            return -0.7 if self.path.side_deg > 0 else 0.7
        return 1.0

    def _reframing(self) -> Floats:
        """How far an operator slides along, frame by frame, to keep a subject that runs out of the
        picture though the camera turns after it; nothing where the text says how the camera moves or
        that it stands."""
        frames = len(self.path.smooth_m)
        told = self.words.move == "static" and self.words.move_origin.provenance != "default"
        free = self.words.move in ("static", "dolly in", "dolly out") and not told
        if self.tracks or self.laden or not free:
            return np.zeros(frames)
        width = self.height_m * self.form.width / self.form.height
        right = self.right(self.side_deg)
        leant_m = np.array([self.leant(frame) for frame in range(frames)])
        off = (self.path.smooth_m - leant_m) @ right
        return sliding(off, float(self.path.drift_m @ right), width, float(self.form.fps))

    def _moved(self, aim: Floats, swing: float) -> tuple[Floats, Floats]:
        """Aim and place after dolly, truck, crane and orbit; ``swing`` runs from -1 to 1."""
        distance, side = self.distance_m, self.side_deg
        move = self.words.move
        if move in ("dolly in", "dolly out"):
            distance *= 1 - 0.15 * swing * (1 if move == "dolly in" else -1)
        if move in ("orbit left", "orbit right"):
            side += 22 * swing * (-1 if move == "orbit left" else 1)
        crane = move in ("crane up", "crane down") and not self.tracks
        at = self.stand(self.centre_m if crane else aim, side, distance)
        slide = 0.22 * self.height_m * swing
        if move in ("truck left", "truck right"):
            along = self.right(side) * slide * (-1 if move == "truck left" else 1)
            return aim + along, at + along
        if move.startswith("crane"):
            return aim, at + np.array([0, 0, 1.6 * slide * (1 if move == "crane up" else -1)])
        return aim, at

    def _fovy(self, aim: Floats, at: Floats) -> float:
        """Wider than the lens only where the room leaves no way back."""
        near = float(np.linalg.norm(aim - at))
        want = 2 * math.degrees(math.atan(self.height_m / 2 / max(near, 0.05)))
        return self.fovy if want < 1.35 * self.fovy else min(want, 70.0)
