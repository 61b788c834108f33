"""Where a camera stands. In: a plan's camera words, the subject's way, the format, the room. Out: a `Rig`: place, aim
and lens before anything moves: on a side from which little is hidden, as near as the size of the shot asks.
"""

from __future__ import annotations

import math

import numpy as np

from flow_nb.engines.base import Format
from flow_nb.engines.stage.framing import Path, blocked, boxes, target
from flow_nb.engines.stage.leaning import coming_m, kept_m, turning, whole_way_m
from flow_nb.engines.stage.picture import Floats
from flow_nb.engines.stage.portrait import LOOSE
from flow_nb.engines.stage.sets.room import Room, within
from flow_nb.engines.stage.silhouette import most_m, shown_m2
from flow_nb.engines.stage.sizes import FILL, LEAST_SUBJECTS, LIFT, LOW_CAMERAS_M, WHOLE, rise_deg
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import WORLD, Camera, Plan

SENSOR_HEIGHT_MM, USUAL_LENS_MM = 24.0, 35.0
HIDDEN_IS_FINE, LOOKS = 0.12, 9
GOES_M, GOES = 3.0, 1.2
"""What goes further than this, and than so many of its lengths, is followed and not held whole."""
LARGE_FROM_M, CLOSEST = 0.45, 1.3
"""What is larger is given less room around it, for its size, but never less than so much."""
STAND_OFF_M, QUICK_BELOW_M = 0.6, 1.2
"""The camera comes no nearer with the usual lens: a longer one does the rest, and nothing bulges.
With a picture so low it follows quickly."""
REACH = 0.46
"""Share of the picture's height from its middle to where nothing is cut off."""

INTO_DEG = 40.0
"""How steeply one looks at what is in a tub, over its rim."""
SIDES_DEG = (14.0, -14.0, 26.0, -26.0, 4.0, -40.0, 40.0, -58.0, 58.0)
"""From where the camera may look, best first: 0 is straight at the back wall."""


def fovy_deg(lens_mm: float) -> float:
    """Height of the picture as an angle on a full frame: 2 atan(12 mm / f).

    >>> round(fovy_deg(35.0), 1)
    37.8
    """
    return math.degrees(2 * math.atan(SENSOR_HEIGHT_MM / 2 / lens_mm))


class Rig:
    """Where the camera stands and looks when it does not move."""

    def __init__(self, plan: Plan, motion: Motion, form: Format, room: Room, path: Path) -> None:
        self.words: Camera = plan.camera
        self.room, self.path, self.form = room, path, form
        self.solids = boxes(plan, motion)
        self.fovy = fovy_deg(plan.camera.lens_mm)
        self.person = path.picture_m is not None
        self.sunken = plan.camera.angle == "eye level" and _in_tub(plan, target(plan, motion))
        self.tracks = self._goes_along()
        self.centre_m = path.smooth_m[0] if self.tracks else path.middle_m
        self.most_m = math.inf if self.person else self._most(plan, motion)
        shown_m = path.size_m * form.height / form.width if self.tracks else path.height_m(form)
        self.distance_m = self._distance(shown_m / FILL[plan.camera.size])
        if self.tracks and not self.person:
            whole_m = min(whole_way_m(path.smooth_m), self.most_m)
            self.distance_m *= max(1.0, whole_m / self.height_m)
        self.low_m = LOW_CAMERAS_M[0]
        self.side_deg, self.low_m = self._viewpoint()
        self.turning = (0.0, 0.0)
        if self.person and not self.tracks:
            self.distance_m += coming_m(path.points_m, self.centre_m, self.side_deg)
        if not self.tracks and not self.person:
            self._fit()
            self._lean()
        if self._hidden(self.side_deg) > HIDDEN_IS_FINE:
            self.side_deg = min(self._sides(), key=self._hidden)
            if not self.tracks and not self.person:
                self._fit()
                self._lean()
        self._stand_off()

    @property
    def lift_m(self) -> float:
        """How far above what it looks at the middle of the picture lies, as far as the way leaves room."""
        if self.person:
            return 0.0
        way_m = 0.0 if self.tracks else float(np.ptp(self.path.points_m[:, 2]))
        spare_m = max(0.0, REACH * self.height_m - way_m * (1 - self.turning[1]) / 2)
        return min(LIFT[self.words.size] * self.height_m, spare_m)

    @property
    def height_m(self) -> float:
        """How much the picture holds, at the subject's distance."""
        return 2 * self.distance_m * math.tan(math.radians(self.fovy) / 2)

    def _goes_along(self) -> bool:
        """Whether the aim follows the subject, and does not hold the whole of its way."""
        if self.words.move == "follow":
            return True
        span = np.ptp(self.path.points_m, axis=0)
        if not self.person:
            goes_m = float(np.hypot(self.path.drift_m[0], self.path.drift_m[1]))
            return FILL[self.words.size] > 1 or goes_m > max(GOES_M, GOES * self.path.size_m)
        width = self.path.size_m * self.form.width / self.form.height
        loose = LOOSE[self.words.size] if self.words.size in WHOLE else 0.0
        return float(np.hypot(span[0], span[1])) > loose * width

    def _distance(self, height_m: float) -> float:
        """How far away a picture of that height is taken, but never nearer than the size asks."""
        half = math.tan(math.radians(self.fovy) / 2)
        if self.path.picture_m is not None:
            span = 0.0 if self.tracks else float(np.ptp(self.path.points_m[:, 0]))
            across = (span + 0.45 * self.path.picture_m) * self.form.height / self.form.width
            return max(self.path.picture_m, across) / 2 / half
        size = self.words.size
        room = max(CLOSEST, LEAST_SUBJECTS[size] * min(1.0, LARGE_FROM_M / self.path.size_m) ** 0.6)
        least = max(self.path.size_m * room, 2.0 if size == "wide" else 0.06)
        return float(max(height_m, min(least, self.most_m)) / 2 / half)

    def _stand_off(self) -> None:
        """From farther away with a longer lens, where the text leaves the lens open."""
        if self.words.lens_mm == USUAL_LENS_MM and self.distance_m < STAND_OFF_M:
            high_m, self.distance_m = self.height_m, STAND_OFF_M
            self.fovy = 2 * math.degrees(math.atan(high_m / 2 / STAND_OFF_M))

    def _most(self, plan: Plan, motion: Motion) -> float:
        """The height of the picture from which on the subject and its like are lost in it."""
        rise = rise_deg(self.words, self.path.size_m, person=False)
        shown = shown_m2(plan, motion, self.path.group, SIDES_DEG[0], rise)
        return max(
            most_m(self.words.size, shown, self.form),
            CLOSEST * self.path.size_m * min(1.0, 1.6 / FILL[self.words.size]),
        )

    def _fit(self) -> None:
        """Moves aim and distance until the whole way takes its share of the picture, in its middle."""
        half = math.tan(math.radians(self.fovy) / 2)
        wide = self.form.width / self.form.height
        for _ in range(4):
            at = self.stand(self.centre_m, self.side_deg, self.distance_m)
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
        across = self.path.points_m @ self.right(self.side_deg)
        narrow = float(np.ptp(across)) * self.form.height / self.form.width
        way_m = self.height_m * min(1.0, FILL[self.words.size])
        if not (told and self.words.move == "static"):
            way_m = kept_m(self.words.size, way_m, narrow, self.path.company_m, self.most_m)
        self.distance_m *= min(1.0, max(way_m, self.most_m) / self.height_m)
        off = self.subject_m - self.centre_m
        way = np.stack([off @ self.right(self.side_deg), off[:, 2]], axis=1)
        wide = self.height_m * self.form.width / self.form.height
        self.turning = turning(way, self.path.size_m, wide, self.height_m)

    def _viewpoint(self) -> tuple[float, float]:
        """Side and, for a low angle, height from which least of the way is hidden by furniture:
        the first that hides next to nothing, or else the best there is."""
        seen = self.path.smooth_m if self.tracks else self.path.points_m
        lows = LOW_CAMERAS_M if self.words.angle == "low" else (0.0,)
        sides = self._sides()
        best, least = (sides[0], lows[0]), 2.0
        for low in lows:
            for side in sides:
                self.low_m = low
                at = self.stand(self.centre_m, side, self.distance_m)
                at = within(self.centre_m, at, self.room)
                share = blocked(at, seen, self.solids) / len(seen)
                if share < least - 0.02:
                    best, least = (side, low), share
            if least <= HIDDEN_IS_FINE:
                break
        return best

    def _sides(self) -> tuple[float, ...]:
        """From where it may look, best first."""
        first = self.path.side_deg
        return SIDES_DEG if first is None else (first, first * 0.6, first + 14, *SIDES_DEG)

    def _hidden(self, side_deg: float) -> float:
        """In what share of the shot the subject is behind something, for a camera that leans after it."""
        before, self.side_deg = self.side_deg, side_deg
        frames = np.linspace(0, len(self.path.smooth_m) - 1, LOOKS).astype(int)
        hidden = 0
        for frame in frames:
            aim = self.subject_m[frame] if self.tracks else self.leant(frame)
            at = self.outside(within(aim, self.stand(aim, side_deg, self.distance_m), self.room))
            hidden += blocked(at, self.subject_m[frame : frame + 1], self.solids)
        self.side_deg = before
        return hidden / LOOKS

    @property
    def subject_m(self) -> Floats:
        """The subject's centre (frames, 3), as a camera that is near sees it."""
        near = self.path.quick_m is not None and self.height_m < QUICK_BELOW_M
        return self.path.quick_m if near and self.path.quick_m is not None else self.path.smooth_m

    def leant(self, frame: int) -> Floats:
        """The middle of the way, moved along with the subject by the shares of `turning`."""
        right, off = self.right(self.side_deg), self.subject_m[frame] - self.centre_m
        across = self.turning[0] * float(off @ right) * right
        return np.asarray(self.centre_m + across + [0, 0, self.turning[1] * float(off[2])])

    def stand(self, aim: Floats, side_deg: float, distance_m: float) -> Floats:
        """The camera's place that looks at ``aim`` from that side and distance."""
        rise = rise_deg(self.words, self.path.size_m, person=self.person)
        rise = math.radians(max(rise, INTO_DEG) if self.sunken else rise)
        side = math.radians(side_deg)
        back = np.array([math.sin(side), -math.cos(side), 0.0])
        at = aim + distance_m * (back * math.cos(rise) + np.array([0, 0, math.sin(rise)]))
        if self.words.angle == "low" and (not self.person or self.words.size in WHOLE):
            at[2] = self.low_m
        if self.words.height_m is not None:
            at[2] = self.words.height_m
        return np.asarray(at)

    def outside(self, at: Floats) -> Floats:
        """The nearest place above that is in no furniture."""
        near = 0.10
        for _ in range(60):
            inside = (at > self.solids[:, 0] - near) & (at < self.solids[:, 1] + near)
            if not inside.all(axis=1).any() or at[2] >= self.room.high_m[2]:
                return at
            at = at + np.array([0, 0, 0.04])
        return at

    def right(self, side_deg: float) -> Floats:
        """What is to the right of a camera on that side."""
        side = math.radians(side_deg)
        return np.array([math.cos(side), math.sin(side), 0.0])


def _in_tub(plan: Plan, name: str | None) -> bool:
    """Whether it is in furniture that one does not see through."""
    return any(
        p.body == name and p.relation == "in" and p.anchor != WORLD and plan.body(p.anchor).fixed
        and plan.body(p.anchor).filled is not None
        for p in plan.placements
    )  # fmt: skip
