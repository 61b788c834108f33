"""The plan on the picture. In: a plan, its motion, the tier of its take. Out: an `Overlay` of at most 8 kB.

Places are told in the world and the camera beside them, frame by frame: the way of a body is seen from
where the camera is now, so that it stays where it was in a picture that moves. The page projects them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from flow_nb.engines.base import Format
from flow_nb.engines.stage.atmosphere import weathered
from flow_nb.engines.stage.camera import camera_track
from flow_nb.engines.stage.hours import HOURS
from flow_nb.engines.stage.sets.catalogue import stage_set
from flow_nb.engines.stage.tiers import TIERS
from flow_nb.notebook.curves import coded
from flow_nb.notebook.messages import Blow, Overlay, Way
from flow_nb.notebook.ways import Course, Hit, courses, hits
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan

Floats = NDArray[np.float64]

MAX_BYTES = 8000
POINTS_PER_S = 48
"""How finely a way is told: a ball that bounces at 5 m/s still touches the floor on it."""
STEPS_PX, CAMERA_SHARE = (0.25, 1.0), 0.75
"""To how many pixels places are rounded; to more where the camera alone would take this share."""
FINEST_PX, NEAREST_M = 1080, 0.3
"""A picture higher than this is not told more finely, nor what comes nearer to the camera."""
LEAST_SUN = 0.1
"""A sun weaker than this throws no shadow to speak of."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sight:
    """The camera of every frame: its place (f, 3), its right, up and back as columns (f, 3, 3), the
    height (f,) of its picture at one metre."""

    at_m: Floats
    axes: Floats
    tall: Floats

    def nearest_m(self, course: Course, fine: int) -> float:
        """How near a body comes to the camera, counted along where it looks."""
        frames = np.minimum(
            (course.first + np.arange(len(course.points_m))) // fine, len(self.tall) - 1
        )
        away = course.points_m - self.at_m[frames]
        depth = -np.einsum("fi,fi->f", away, self.axes[frames, :, 2])
        return max(NEAREST_M, float(depth.min()))

    def curves(self, unit_m: float, unit_turn: float, origin_m: Floats) -> list[str]:
        """As `Overlay.camera` says."""
        turns = Rotation.from_matrix(self.axes).as_quat(scalar_first=True)
        flips = np.sign(np.einsum("fi,fi->f", turns[1:], turns[:-1]))
        turns[1:] *= np.cumprod(np.where(flips < 0, -1.0, 1.0))[:, None]
        rows = [*((self.at_m - origin_m) / unit_m).T, *turns.T / unit_turn, self.tall / unit_turn]
        return [coded(np.rint(row).astype(np.int64)) for row in rows]


def overlay(plan: Plan, motion: Motion, tier: str) -> Overlay | None:
    """What can be drawn over a take of the stage; None for a tier that the stage has not.

    What has no room is left out from the end: pieces, then what moves least.
    """
    if tier not in TIERS:
        return None
    form = TIERS[tier].format
    sight = _sight(plan, motion, form)
    fine = max(1, math.ceil(POINTS_PER_S / float(form.fps)))
    ways = courses(plan, motion, np.arange(len(sight.tall) * fine) / float(form.fps * fine))
    met, light = hits(motion), _light(plan)
    px = float(sight.tall.min()) / min(form.height, FINEST_PX)
    near_m = min((sight.nearest_m(way, fine) for way in ways), default=1.0)
    around = [way.points_m.mean(axis=0) for way in ways] or [sight.at_m.mean(axis=0)]
    origin_m = np.mean(around, axis=0).round(3)
    for step_px in STEPS_PX:
        unit_m, unit_turn = near_m * px * step_px, px * step_px / 2
        told = Overlay(
            unit_m=unit_m,
            unit_turn=unit_turn,
            origin_m=_triple(origin_m),
            frames=len(sight.tall),
            fine=fine,
            camera=sight.curves(unit_m, unit_turn, origin_m),
            blows=[_blow(hit, unit_m, origin_m) for hit in met],
            light=light,
        )
        if len(told.model_dump_json()) < CAMERA_SHARE * MAX_BYTES:
            break
    return _filled(told, [_way(way, unit_m, origin_m) for way in ways])


def _sight(plan: Plan, motion: Motion, form: Format) -> _Sight:
    views = camera_track(plan, motion, form, stage_set(plan).room)
    forward, up = (np.array([getattr(view, name) for view in views]) for name in ("forward", "up"))
    right = np.cross(forward, up)
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    axes = np.stack([right, np.cross(right, forward), -forward], axis=2)
    fovy = np.radians([view.fovy_deg for view in views])
    return _Sight(
        at_m=np.array([view.at_m for view in views]), axes=axes, tall=2 * np.tan(fovy / 2)
    )


def _light(plan: Plan) -> tuple[float, float, float] | None:
    hour = weathered(HOURS[plan.light.time_of_day], plan.light)
    sun = stage_set(plan).sun(hour)
    return None if sun is None or hour.strength < LEAST_SUN else _triple(np.round(sun, 4))


def _filled(told: Overlay, ways: list[Way]) -> Overlay:
    """With as many ways as there is room for."""
    left = MAX_BYTES - len(told.model_dump_json())
    kept = []
    for way in ways:
        left -= len(way.model_dump_json()) + 1
        if left < 0:
            break
        kept.append(way)
    return told.model_copy(update={"ways": kept})


def _way(course: Course, unit_m: float, origin_m: Floats) -> Way:
    steps = np.rint((course.points_m - origin_m) / unit_m).astype(np.int64)
    x, y, z = (coded(row) for row in steps.T)
    return Way(
        name=course.name, first=course.first, points=len(steps), x=x, y=y, z=z, piece=course.piece
    )


def _blow(hit: Hit, unit_m: float, origin_m: Floats) -> Blow:
    x, y, z = (round(float(value)) for value in (hit.point_m - origin_m) / unit_m)
    return Blow(
        time_s=round(hit.time_s, 4),
        kind=hit.kind,
        text=hit.text,
        at=(x, y, z),
        speed_m_s=round(hit.speed_m_s, 3),
        impulse_n_s=float(f"{hit.impulse_n_s:.3g}"),
    )


def _triple(values: Floats | tuple[float, ...]) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z
