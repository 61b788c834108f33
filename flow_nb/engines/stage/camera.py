"""The camera. In: a plan's camera words, the solved motion, the format, the room. Out: one `View` a frame.

It frames the way of the subject, where it starts and where it lands, on a third, with room ahead of
it; moves are eased at both ends; it never stands in a wall, in a table or below the floor.
"""

from __future__ import annotations

import math

import numpy as np

from flow_nb.engines.base import Format
from flow_nb.engines.stage.framing import Path, blocked, boxes, subject_path, target
from flow_nb.engines.stage.leaning import coming_m, nearer, sliding, turning, whole_way_m
from flow_nb.engines.stage.moves import PACE, eased, pan, shaken, upright, zoomed
from flow_nb.engines.stage.picture import Floats, View
from flow_nb.engines.stage.portrait import LOOSE, over_shoulder, partner, seen_from, viewer
from flow_nb.engines.stage.sets.room import Room, within
from flow_nb.engines.stage.sizes import FILL, LEAST_SUBJECTS, LIFT, LOW_CAMERAS_M, WHOLE, rise_deg
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Camera, Plan
from flow_nb.timebase import frame_count, frame_time_s

SENSOR_HEIGHT_MM = 24.0
HIDDEN_IS_FINE = 0.12
GOES_M, GOES = 3.0, 1.2
"""What goes further than this, and than so many of its lengths, is followed and not held whole."""
LARGE_FROM_M, CLOSEST = 0.45, 1.3
"""What is larger is given less room around it, for its size, but never less than so much."""

SIDES_DEG = (14.0, -14.0, 26.0, -26.0, 4.0, -40.0, 40.0, -58.0, 58.0)
"""From where the camera may look, best first: 0 is straight at the back wall."""


def fovy_deg(lens_mm: float) -> float:
    """Height of the picture as an angle on a full frame: 2 atan(12 mm / f).

    >>> round(fovy_deg(35.0), 1)
    37.8
    """
    return math.degrees(2 * math.atan(SENSOR_HEIGHT_MM / 2 / lens_mm))


def camera_track(plan: Plan, motion: Motion, form: Format, room: Room) -> tuple[View, ...]:
    """The views of all frames of a shot."""
    frames = frame_count(plan.duration_s, form.fps)
    times = np.array([float(frame_time_s(frame, form.fps)) for frame in range(frames)])
    path = subject_path(plan, motion, times)
    rig = _Rig(plan, motion, form, room, path)
    share = times / max(plan.duration_s, 1e-6)
    return tuple(rig.view(index, float(share[index])) for index in range(frames))


class _Rig:
    """Where the camera stands and looks when it does not move, and how it moves from there."""

    def __init__(self, plan: Plan, motion: Motion, form: Format, room: Room, path: Path) -> None:
        self.words: Camera = plan.camera
        self.room, self.path, self.form = room, path, form
        self.seed = plan.seed
        self.solids = boxes(plan, motion)
        self.fovy = fovy_deg(plan.camera.lens_mm)
        self.person = path.picture_m is not None
        self.tracks = self._goes_along()
        self.laden = any(p.anchor == target(plan, motion) for p in plan.placements)
        self.centre_m = path.smooth_m[0] if self.tracks else path.middle_m
        shown_m = path.size_m * form.height / form.width if self.tracks else path.height_m(form)
        self.distance_m = self._distance(shown_m / FILL[plan.camera.size])
        if self.tracks and not self.person:
            self.distance_m *= max(1.0, whole_way_m(path.smooth_m) / self.height_m)
        self.low_m = LOW_CAMERAS_M[0]
        self.side_deg, self.low_m = self._viewpoint()
        self.turning = (0.0, 0.0)
        if self.person and not self.tracks:
            self.distance_m += coming_m(path.points_m, self.centre_m, self.side_deg)
        if not self.tracks and not self.person:
            self._fit()
            self._lean()
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
            at = self._outside(within(aim, at, self.room))
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

    def _goes_along(self) -> bool:
        """Whether the aim follows the subject, and does not hold the whole of its way."""
        if self.words.move == "follow":
            return True
        span = np.ptp(self.path.points_m, axis=0)
        if not self.person:
            goes_m = float(np.hypot(self.path.drift_m[0], self.path.drift_m[1]))
            return FILL[self.words.size] > 1 or goes_m > max(GOES_M, GOES * self.path.size_m)
        width = self.path.size_m * self.form.width / self.form.height
        return self.words.size not in WHOLE or float(np.hypot(span[0], span[1])) > LOOSE * width

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

    @property
    def height_m(self) -> float:
        """How much the picture holds, at the subject's distance."""
        return 2 * self.distance_m * math.tan(math.radians(self.fovy) / 2)

    def _distance(self, height_m: float) -> float:
        """How far away a picture of that height is taken, but never nearer than the size asks."""
        half = math.tan(math.radians(self.fovy) / 2)
        if self.path.picture_m is not None:
            span = 0.0 if self.tracks else float(np.ptp(self.path.points_m[:, 0]))
            across = (span + 0.45 * self.path.picture_m) * self.form.height / self.form.width
            return max(self.path.picture_m, across) / 2 / half
        size = self.words.size
        room = max(CLOSEST, LEAST_SUBJECTS[size] * min(1.0, LARGE_FROM_M / self.path.size_m) ** 0.6)
        least = 2.0 if size == "wide" else 0.06
        return float(max(height_m, self.path.size_m * room, least) / 2 / half)

    def _fit(self) -> None:
        """Moves aim and distance until the whole way takes its share of the picture, in its middle."""
        half = math.tan(math.radians(self.fovy) / 2)
        wide = self.form.width / self.form.height
        for _ in range(4):
            at = self._stand(self.centre_m, self.side_deg, self.distance_m)
            forward = (self.centre_m - at) / np.linalg.norm(self.centre_m - at)
            right = np.cross(forward, (0, 0, 1))
            right /= np.linalg.norm(right)
            up = np.cross(right, forward)
            ray = self.path.points_m - at
            depth = np.maximum(ray @ forward, 0.05)
            x, y = ray @ right / depth / half / wide, ray @ up / depth / half
            middle = (x.max() + x.min()) / 2 * wide * right + (y.max() + y.min()) / 2 * up
            self.centre_m = self.centre_m + middle * half * self.distance_m
            taken = max(float(np.ptp(x)), float(np.ptp(y))) / 2
            self.distance_m = self._distance(self.height_m * taken / FILL[self.words.size])

    def _lean(self) -> None:
        """Comes nearer to what is small, and turns along with it, where the text leaves that open."""
        told = self.words.move_origin.provenance != "default"
        if self.words.size in ("wide", "extreme wide") or (told and self.words.move == "static"):
            return
        across = self.path.points_m @ self._right(self.side_deg)
        narrow = float(np.ptp(across)) * self.form.height / self.form.width
        share = nearer(self.height_m, self.path.size_m, self.path.company_m, narrow)
        if share == 1.0:
            return
        self.distance_m *= share
        off = self._subject_m - self.centre_m
        way = np.stack([off @ self._right(self.side_deg), off[:, 2]], axis=1)
        wide = self.height_m * self.form.width / self.form.height
        across_share, up_share = turning(way, wide, self.height_m)
        self.turning = (0.0 if self.path.company_m > 0 else across_share, up_share)

    def _viewpoint(self) -> tuple[float, float]:
        """Side and, for a low angle, height from which least of the way is hidden by furniture:
        the first that hides next to nothing, or else the best there is."""
        seen = self.path.smooth_m if self.tracks else self.path.points_m
        lows = LOW_CAMERAS_M if self.words.angle == "low" else (0.0,)
        first = self.path.side_deg
        sides = SIDES_DEG if first is None else (first, first * 0.6, first + 14, *SIDES_DEG)
        best, least = (sides[0], lows[0]), 2.0
        for low in lows:
            for side in sides:
                self.low_m = low
                at = self._stand(self.centre_m, side, self.distance_m)
                at = within(self.centre_m, at, self.room)
                share = blocked(at, seen, self.solids) / len(seen)
                if share < least - 0.02:
                    best, least = (side, low), share
            if least <= HIDDEN_IS_FINE:
                break
        return best

    def _aim(self, frame: int) -> Floats:
        """Where it looks: the middle of the way, or the subject itself where the way is too long;
        a little ahead of the motion, so that things fall into the picture and not out of it."""
        aim = self.path.smooth_m[frame] if self.tracks else self._leant(frame)
        width = self.height_m * self.form.width / self.form.height
        span = 0.0 if self.tracks else float(np.ptp(self.path.points_m[:, 0]))
        lead = 0.11 * max(0.0, width - 1.8 * span)
        right = self._right(self.side_deg)
        ahead = self._ahead(right)
        lift = 0.0 if self.person else LIFT[self.words.size] * self.height_m
        level = right * (lead * ahead + self.reframing_m[frame])
        return np.asarray(aim + level + np.array([0, 0, lift]))

    @property
    def _subject_m(self) -> Floats:
        """The subject's centre (frames, 3), as a camera that is near sees it."""
        return self.path.smooth_m if self.path.quick_m is None else self.path.quick_m

    def _leant(self, frame: int) -> Floats:
        """The middle of the way, moved along with the subject by the shares of `turning`."""
        right, off = self._right(self.side_deg), self._subject_m[frame] - self.centre_m
        across = self.turning[0] * float(off @ right) * right
        return np.asarray(self.centre_m + across + [0, 0, self.turning[1] * float(off[2])])

    def _ahead(self, right: Floats) -> float:
        """On which side of the subject the picture has more room: 1 right, -1 left."""
        if self.path.moves:
            return float(np.sign(self.path.drift_m @ right))
        if self.path.side_deg is not None:  # a person looks past the camera into the picture
            return -0.7 if self.path.side_deg > 0 else 0.7
        return 1.0

    def _reframing(self) -> Floats:
        """How far an operator slides along, frame by frame, to keep a subject that runs out of the
        picture; nothing where the text says how the camera moves or that it stands."""
        frames = len(self.path.smooth_m)
        told = self.words.move == "static" and self.words.move_origin.provenance != "default"
        free = self.words.move in ("static", "dolly in", "dolly out") and not told
        if self.tracks or self.laden or not free:
            return np.zeros(frames)
        width = self.height_m * self.form.width / self.form.height
        right = self._right(self.side_deg)
        off = (self.path.smooth_m - self.centre_m) @ right
        return sliding(off, float(self.path.drift_m @ right), width, float(self.form.fps))

    def _stand(self, aim: Floats, side_deg: float, distance_m: float) -> Floats:
        """The camera's place that looks at ``aim`` from that side and distance."""
        rise = math.radians(rise_deg(self.words, self.path.size_m, person=self.person))
        side = math.radians(side_deg)
        back = np.array([math.sin(side), -math.cos(side), 0.0])
        at = aim + distance_m * (back * math.cos(rise) + np.array([0, 0, math.sin(rise)]))
        if self.words.angle == "low" and (not self.person or self.words.size in WHOLE):
            at[2] = self.low_m
        if self.words.height_m is not None:
            at[2] = self.words.height_m
        return np.asarray(at)

    def _moved(self, aim: Floats, swing: float) -> tuple[Floats, Floats]:
        """Aim and place after dolly, truck, crane and orbit; ``swing`` runs from -1 to 1."""
        distance, side = self.distance_m, self.side_deg
        move = self.words.move
        if move in ("dolly in", "dolly out"):
            distance *= 1 - 0.15 * swing * (1 if move == "dolly in" else -1)
        if move in ("orbit left", "orbit right"):
            side += 22 * swing * (-1 if move == "orbit left" else 1)
        at = self._stand(aim, side, distance)
        slide = 0.22 * self.height_m * swing
        if move in ("truck left", "truck right"):
            along = self._right(side) * slide * (-1 if move == "truck left" else 1)
            return aim + along, at + along
        if move in ("crane up", "crane down"):
            return aim, at + np.array([0, 0, 1.6 * slide * (1 if move == "crane up" else -1)])
        return aim, at

    def _outside(self, at: Floats) -> Floats:
        """The nearest place above that is in no furniture."""
        near = 0.10
        for _ in range(60):
            inside = (at > self.solids[:, 0] - near) & (at < self.solids[:, 1] + near)
            if not inside.all(axis=1).any() or at[2] >= self.room.high_m[2]:
                return at
            at = at + np.array([0, 0, 0.04])
        return at

    def _fovy(self, aim: Floats, at: Floats) -> float:
        """Wider than the lens only where the room leaves no way back."""
        near = float(np.linalg.norm(aim - at))
        want = 2 * math.degrees(math.atan(self.height_m / 2 / max(near, 0.05)))
        return self.fovy if want < 1.35 * self.fovy else min(want, 70.0)

    def _right(self, side_deg: float) -> Floats:
        side = math.radians(side_deg)
        return np.array([math.cos(side), math.sin(side), 0.0])
