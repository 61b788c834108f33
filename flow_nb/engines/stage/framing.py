"""What a shot must hold. In: a plan, its motion, the instants of the frames. Out: `Path`: the subject's
way through the shot and the points that belong into the picture; and the boxes that could hide it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from flow_nb.engines.base import Format
from flow_nb.engines.stage.figures.people import body_skeleton, is_figure, speaker
from flow_nb.engines.stage.partners import company_m, like, partners_m
from flow_nb.engines.stage.picture import Floats
from flow_nb.engines.stage.portrait import framed
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Body, Plan
from flow_nb.props.archetypes import archetypes
from flow_nb.props.shapes import piece_mesh, prop_bounds_m

AFTERMATH_S = 0.35
"""How long after the first blow of a shot its way still counts: later, things may roll out of it."""
TRACK_SMOOTH_S, QUICK_SMOOTH_S = 0.16, 0.03
SPREAD_M = 0.22
SHARED = ("full", "wide", "extreme wide")
"""Sizes in which a person shares the picture with others."""
NEAR = ("medium close-up", "close-up", "extreme close-up")
"""Sizes at which one watches a face speak."""
PERSON_M = np.array([0.24, 0.20])
"""Half the width and depth of a person that could stand before another."""
ELBOW_M, MOST_APART_M, WIDE = 1.7, 5.0, 16 / 9
AIR_M = 0.12
EMPTY_AIM_M, EMPTY_PICTURE_M = np.array([0.1, 0.4, 0.95]), 2.6
"""Where a camera looks on an empty set, and how much of it it shows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Path:
    """``points_m`` (n, 3) belong into the picture, ``smooth_m`` (frames, 3) is the subject's centre,
    calmed down; ``size_m`` is its largest measure, ``drift_m`` the way from its first place to its
    last, ``company_m`` how large what it meets is, ``quick_m`` the centre less calmed, for a camera
    that is near, ``group`` the subject and those of its kind that it meets. Of a person,
    ``picture_m`` is how high the picture is and ``side_deg`` from where its face is seen."""

    points_m: Floats
    smooth_m: Floats
    size_m: float
    drift_m: Floats
    company_m: float = 0.0
    quick_m: Floats | None = None
    picture_m: float | None = None
    side_deg: float | None = None
    group: tuple[str, ...] = ()

    @property
    def middle_m(self) -> Floats:
        """The middle of what is to be seen."""
        return np.asarray((self.points_m.min(0) + self.points_m.max(0)) / 2)

    @property
    def moves(self) -> bool:
        """Whether it goes anywhere to speak of."""
        return float(np.linalg.norm(self.drift_m[:2])) > 0.05

    def height_m(self, form: Format) -> float:
        """Height of the picture that holds all points, seen from the front."""
        span = np.ptp(self.points_m, axis=0)
        wide = float(np.hypot(span[0], 0.5 * span[1])) * form.height / form.width
        return max(float(span[2]) + 0.35 * float(span[1]), wide, self.size_m)


def subject_path(plan: Plan, motion: Motion, times: Floats) -> Path:
    """The way of the camera's target, by default the first body that acts."""
    name = target(plan, motion)
    if name is None:
        return _set_path(times)
    if is_figure(plan.body(name)):
        return _person_path(plan, motion, name, times)
    column = motion.index(name)
    body = plan.body(name)
    low, high = prop_bounds_m(archetypes()[body.prop], body.scale)
    half = (high - low) / 2
    radius = float(np.linalg.norm(half)) * 0.8
    centres = np.array([_centre(motion, name, column, half[2], time) for time in times])
    until = _until(motion, name, times)
    key = centres[: max(1, int(np.searchsorted(times, until)) + 1)]
    points = [key + offset for offset in _corners(np.minimum(half, radius))]
    points.append(_landing(plan, motion, name, key[-1]))
    points.append(partners_m(plan, motion, name, until))
    smooth = gaussian_filter1d(centres, _frames(TRACK_SMOOTH_S, times), axis=0, mode="nearest")
    quick = gaussian_filter1d(centres, _frames(QUICK_SMOOTH_S, times), axis=0, mode="nearest")
    return Path(
        quick_m=quick,
        points_m=np.concatenate(points),
        smooth_m=smooth,
        size_m=float((high - low).max()),
        drift_m=key[-1] - key[0],
        company_m=company_m(plan, motion, name),
        group=(name, *like(plan, motion, name)),
    )


def _person_path(plan: Plan, motion: Motion, name: str, times: Floats) -> Path:
    aim, height, side = framed(plan, motion, name, times)
    if plan.camera.size in SHARED and plan.camera.angle != "over the shoulder":
        aim, height = _with_others(plan, motion, name, aim, height, times)
        aim, height = _with_mount(plan, motion, name, aim, height)
        aim, height = _with_kite(plan, motion, name, aim, height, times)
    return Path(
        points_m=aim, smooth_m=aim, size_m=height, drift_m=aim[-1] - aim[0], picture_m=height,
        side_deg=side,
    )  # fmt: skip


def _with_others(
    plan: Plan, motion: Motion, name: str, aim: Floats, height: float, times: Floats
) -> tuple[Floats, float]:
    """The picture of a person (aims, height) opened to hold those it has to do with: to whom it throws,
    who chases it, who speaks with it."""
    others = _company(plan, motion, name)
    if not others:
        return aim, height
    columns = [motion.index(other) for other in others]
    places = np.array([motion.at(float(time))[0][columns, :2] for time in times])
    everyone = np.concatenate([aim[:, None, :2], places], axis=1)
    low, high = everyone.min(axis=1), everyone.max(axis=1)
    near = np.clip((low + high) / 2, aim[:, :2] - MOST_APART_M / 2, aim[:, :2] + MOST_APART_M / 2)
    opened = aim.copy()
    opened[:, :2] = gaussian_filter1d(near, _frames(TRACK_SMOOTH_S, times), axis=0, mode="nearest")
    apart = min(float((high - low)[:, 0].max()), MOST_APART_M)
    return opened, max(height, (apart + ELBOW_M) / WIDE)


def _with_mount(
    plan: Plan, motion: Motion, name: str, aim: Floats, height: float
) -> tuple[Floats, float]:
    """The picture opened down to the hooves of what somebody rides."""
    under = [p.anchor for p in plan.placements if p.body == name and p.relation == "on"]
    rides = [b for b in plan.bodies if b.name in under and archetypes()[b.prop].kind == "animal"]
    if not rides or rides[0].name not in motion.names:
        return aim, height
    low = float(motion.positions_m[:, motion.index(rides[0].name), 2].min()) - AIR_M
    top, opened = float(aim[:, 2].max()) + height / 2, aim.copy()
    opened[:, 2] = (low + top) / 2
    return opened, max(height, top - low)


def _with_kite(
    plan: Plan, motion: Motion, name: str, aim: Floats, height: float, times: Floats
) -> tuple[Floats, float]:
    """The picture opened up to the thing that somebody makes fly."""
    flown = [a.body for a in plan.actions if a.verb == "fly" and a.agent == name]
    things = [one for one in flown if f"{one}/line" in motion.strands and one in motion.names]
    if not things:
        return aim, height
    body = plan.body(things[0])
    high = prop_bounds_m(archetypes()[body.prop], body.scale)[1]
    there = np.array([motion.at(float(time))[0][motion.index(body.name)] for time in times])
    low_m, top_m = aim[:, 2] - height / 2, float((there[:, 2] + high[2]).max()) + AIR_M
    opened = aim.copy()
    opened[:, :2] = (aim[:, :2] + there[:, :2].mean(0)) / 2
    opened[:, 2] = (low_m + top_m) / 2
    across = float(np.abs(there[:, 0] - aim[:, 0]).max()) + ELBOW_M
    return opened, max(height, top_m - float(low_m.min()), across / WIDE)


def _company(plan: Plan, motion: Motion, name: str) -> list[str]:
    """Persons and animals that act on or with somebody, or speak."""
    met = {n for action in plan.actions if name in action.names for n in action.names}
    things = {a.body for a in plan.actions if a.agent == name} | {
        a.target for a in plan.actions if name in (a.agent, a.body) and a.target
    }
    met |= {n for a in plan.actions if things & a.names for n in (a.agent, a.body) if n}
    met |= {line.speaker for line in plan.lines}
    alive = ("figure", "animal")
    return [
        body.name for body in plan.bodies
        if body.name in met - {name} and body.name in motion.names
        and archetypes()[body.prop].kind in alive
    ]  # fmt: skip


def _set_path(times: Floats) -> Path:
    """Nobody and nothing is there: the set itself."""
    still = np.tile(EMPTY_AIM_M, (len(times), 1))
    return Path(
        points_m=still, smooth_m=still, size_m=EMPTY_PICTURE_M, drift_m=np.zeros(3),
        picture_m=EMPTY_PICTURE_M,
    )  # fmt: skip


def target(plan: Plan, motion: Motion) -> str | None:
    """The body the camera looks at: the one it was told, near faces that of the first who speaks, the
    first that acts, the first that can; None where there is none."""
    if plan.camera.target and plan.camera.target in motion.names:
        return plan.camera.target
    if plan.camera.size in NEAR:
        speaking = [speaker(plan, line.speaker) for line in plan.lines]
        for name in speaking:
            if name is not None and name in motion.names:
                return name
    acting = [name for action in plan.actions for name in (action.agent, action.body)]
    movers = [name for name in acting if name is not None and name in motion.names]
    there = [body for body in plan.bodies if body.name in motion.names]
    people = [body.name for body in there if is_figure(body)]
    free = [body.name for body in there if not body.fixed]
    return next(iter([*movers, *people, *free, *(body.name for body in there)]), None)


def boxes(plan: Plan, motion: Motion) -> Floats:
    """Low and high corner of every piece of furniture and of every other person where they stand,
    (n, 2, 3); the subject hides nothing from itself."""
    found = [np.zeros((0, 2, 3))]
    place, _ = motion.at(0.0)
    subject = target(plan, motion)
    for body in plan.bodies:
        prop = archetypes()[body.prop]
        if body.name not in motion.names or body.name == subject:
            continue
        if is_figure(body):
            found.append(_standing(body, place[motion.index(body.name)]))
        if not (body.fixed or prop.furniture):
            continue
        at = place[motion.index(body.name)].astype(np.float64)
        for piece in prop.pieces:
            corners = piece_mesh(piece, body.scale, turns=12).vertices.astype(np.float64)
            found.append(np.stack([corners.min(0), corners.max(0)])[None] + at)
    return np.concatenate(found)


def _standing(body: Body, at_m: Floats) -> Floats:
    tall = body_skeleton(body).height_m
    low, high = at_m[:2] - PERSON_M, at_m[:2] + PERSON_M
    return np.array([[[*low, 0.0], [*high, tall]]], dtype=np.float64)


def blocked(at_m: Floats, points_m: Floats, solids: Floats) -> int:
    """How many points cannot be seen from a place because a box is in between."""
    if not len(solids):
        return 0
    ray = points_m - at_m
    with np.errstate(divide="ignore", invalid="ignore"):
        near = (solids[None, :, 0] - at_m) / ray[:, None]
        far = (solids[None, :, 1] - at_m) / ray[:, None]
    enter = np.nanmax(np.minimum(near, far), axis=2)
    leave = np.nanmin(np.maximum(near, far), axis=2)
    return int(((enter < leave) & (enter > 0.0) & (enter < 0.97)).any(axis=1).sum())


def _centre(motion: Motion, name: str, column: int, half_height: float, time: float) -> Floats:
    """The subject's middle; when it is broken, that of its pieces."""
    positions, quaternions = motion.at(float(time))
    if motion.born_s[column] <= time < motion.gone_s[column]:
        return np.asarray(positions[column] + _lifted(quaternions[column], half_height))
    prefix = f"{name}/"
    pieces = [
        i for i, n in enumerate(motion.names)
        if n.startswith(prefix) and motion.born_s[i] <= time < motion.gone_s[i]
    ]  # fmt: skip
    return np.asarray(np.median(positions[pieces], axis=0) if pieces else positions[column])


def _lifted(quaternion: Floats, height: float) -> Floats:
    """The body's own z axis, times a height."""
    w, x, y, z = quaternion
    return np.array([2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)]) * height


def _until(motion: Motion, name: str, times: Floats) -> float:
    """The last instant whose place belongs into the picture."""
    blows = [
        event.time_s for event in motion.events
        if event.kind in ("impact", "break") and name in (event.body, event.other)
    ]  # fmt: skip
    breaks = [e.time_s for e in motion.events if e.kind == "break" and e.body == name]
    if breaks:
        return breaks[0] + AFTERMATH_S
    return blows[min(len(blows) - 1, 2)] + AFTERMATH_S if blows else float(times[-1])


def _landing(plan: Plan, motion: Motion, name: str, last: Floats) -> Floats:
    """The ground around where it ends, so that what is left of it has its place in the picture."""
    broken = any(event.kind == "break" and event.body == name for event in motion.events)
    spread = SPREAD_M if broken else 0.0
    ring = np.array([(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0)]) * spread
    return np.asarray(last + ring)


def _corners(half: Floats) -> Floats:
    signs = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
    return np.asarray(signs * half)


def _frames(seconds: float, times: Floats) -> float:
    return seconds / float(times[1] - times[0]) if len(times) > 1 else 1.0
