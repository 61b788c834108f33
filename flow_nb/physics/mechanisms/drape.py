"""One cloth before it moves. In: a prop's `Sheet`, its mark, what is asked of it. Out: a `Drape`: a grid
of points in the room, which of them are held, and where those go.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from flow_nb.physics.launch import WAYS
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import WORLD, Action, Plan
from flow_nb.props.archetypes import Sheet

Floats = NDArray[np.float64]

NODES = 200
RADIUS_M = 0.004
GATHER = 0.88
"""Width at which a curtain hangs, as a share of its cloth; drawn aside it keeps `DRAWN` of it."""
DRAWN = 0.3
FOLDS = 6
YANK_M_S = 5.0
SPEED_UP_S = 0.1
DRAW_S = 2.0
PULLS = ("pull", "slide", "throw", "push", "fly")


@dataclass(frozen=True, kw_only=True, slots=True)
class Drape:
    """A cloth of (columns, rows) nodes, spaced ``step_m``; ``points_m`` (n, 3) is where they begin,
    column by column from the left, each from its lower end. ``pins`` are the nodes that are held at
    any time; a cloth that is ``free_s`` late is held whole until then. ``pull`` draws its leading edge
    away, ``draw`` draws a curtain."""

    name: str
    sheet: Sheet
    columns: int
    rows: int
    step_m: tuple[float, float]
    points_m: Floats
    pins: NDArray[np.intp]
    mass_kg: float
    friction: float
    free_s: float = 0.0
    pull: Action | None = None
    draw: Action | None = None
    hook_m: tuple[float, float, float] = (0.0, 0.0, 0.0)

    @property
    def cloth_m(self) -> Floats:
        """Every node's place on the cloth (n, 2), from its lower left corner."""
        u, v = np.meshgrid(
            np.arange(self.columns) * self.step_m[0],
            np.arange(self.rows) * self.step_m[1],
            indexing="ij",
        )
        return np.stack([u.ravel(), v.ravel()], axis=1)

    def held(self, time_s: float) -> tuple[NDArray[np.intp], Floats]:
        """Which nodes are held at an instant, and where (k, 3)."""
        if self.free_s > 0.0 and time_s < self.free_s:
            return np.arange(len(self.points_m)), self.points_m
        if self.pull is not None and time_s >= self.pull.start_s:
            way = self._pulled_m(time_s - self.pull.start_s)
            if way <= 1.6 * self.sheet.size_m[0]:
                edge, ahead = self._leading()
                return edge, self.points_m[edge] + way * ahead + [0, 0, 0.12 * min(way, 0.5)]
            return np.zeros(0, np.intp), np.zeros((0, 3))
        if self.draw is not None:
            return self.pins, self._drawn(time_s)
        return self.pins, self.points_m[self.pins]

    def _leading(self) -> tuple[NDArray[np.intp], Floats]:
        """The nodes of the edge that goes ahead, and the way it goes."""
        assert self.pull is not None
        ahead = np.array(WAYS[self.pull.direction or "right"], dtype=np.float64)
        ahead[2] = 0.0
        if not ahead.any():
            ahead[0] = 1.0
        along = (self.points_m - self.points_m.mean(0)) @ ahead
        return np.flatnonzero(along > along.max() - 0.5 * max(self.step_m)), ahead

    @property
    def pull_m_s(self) -> float:
        """How fast it is pulled; slowly where the text says so."""
        assert self.pull is not None
        slow = any(word in self.pull.manner.lower() for word in ("slow", "gent", "careful"))
        return self.pull.speed_m_s or (0.5 if slow else YANK_M_S)

    def _pulled_m(self, since_s: float) -> float:
        x = min(since_s / SPEED_UP_S, 1.0)
        return self.pull_m_s * (SPEED_UP_S * x**2 / 2 + max(since_s - SPEED_UP_S, 0.0))

    def _drawn(self, time_s: float) -> Floats:
        """The rail's points while the curtain is drawn open or shut."""
        assert self.draw is not None
        x = min(max((time_s - self.draw.start_s) / DRAW_S, 0.0), 1.0)
        share = x**3 * (10 - 15 * x + 6 * x**2)
        share = share if self.draw.verb == "open" else 1 - share
        width = self.sheet.size_m[0] * (GATHER + share * (DRAWN - GATHER))
        return folded(self.sheet, self.columns, width, self.hook_m)


def folded(
    sheet: Sheet, columns: int, width_m: float, hook_m: tuple[float, float, float]
) -> Floats:
    """A line (columns, 3) as long as the cloth is wide, laid in waves between a curtain's ends; the
    left end stays."""
    wide = sheet.size_m[0]
    x = np.linspace(0.0, 1.0, 40 * FOLDS + 1)

    def line(depth: float) -> Floats:
        return np.stack([x * width_m, depth * np.sin(2 * math.pi * FOLDS * x)], axis=1)

    def length(depth: float) -> float:
        return float(np.linalg.norm(np.diff(line(depth), axis=0), axis=1).sum())

    depth = brentq(lambda d: length(d) - wide, 0.0, wide / FOLDS) if width_m < wide else 0.0
    path = line(float(depth))
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    at = np.linspace(0.0, along[-1], columns)
    left = hook_m[0] - GATHER * wide / 2
    return np.stack(
        [
            left + np.interp(at, along, path[:, 0]),
            hook_m[1] + np.interp(at, along, path[:, 1]),
            np.full(columns, hook_m[2]),
        ],
        axis=1,
    )


def drape(plan: Plan, stand: Stand, stands: Mapping[str, Stand], wind_m_s: Floats) -> Drape:
    """The cloth of a body, on its mark."""
    sheet = stand.prop.cloth
    assert sheet is not None
    scale = stand.body.scale
    sheet = Sheet(
        size_m=(sheet.size_m[0] * scale, sheet.size_m[1] * scale),
        pins=sheet.pins,
        hang_m=sheet.hang_m * scale,
        area_kg_m2=sheet.area_kg_m2,
    )
    wide, high = sheet.size_m
    step = math.sqrt(wide * high / NODES)
    columns, rows = max(4, round(wide / step) + 1), max(4, round(high / step) + 1)
    grid = np.stack(
        np.meshgrid(np.linspace(0, wide, columns), np.linspace(0, high, rows), indexing="ij"), -1
    ).reshape(-1, 2)
    hook = (stand.foot_m[0], stand.foot_m[1], stand.foot_m[2] + sheet.hang_m)
    asked = [a for a in plan.actions if a.body == stand.body.name and not a.expected]
    draw = next((a for a in asked if a.verb in ("open", "close")), None)
    pull = next((a for a in asked if a.verb in PULLS), None) if not sheet.pins else None
    if sheet.pins == "top":
        points, pins = _curtain(sheet, grid, columns, rows, hook, draw)
    elif sheet.pins:
        points, pins = _flag(sheet, grid, columns, rows, hook, wind_m_s)
    else:
        points, pins = _flat(stand, stands, plan, grid, sheet), np.zeros(0, np.intp)
    falls = next((a for a in asked if a.verb in ("fall", "drop", "flutter", "throw")), None)
    return Drape(
        name=stand.body.name,
        sheet=sheet,
        columns=columns,
        rows=rows,
        step_m=(wide / (columns - 1), high / (rows - 1)),
        points_m=points,
        pins=pins,
        mass_kg=stand.body.mass_kg or sheet.area_kg_m2 * wide * high,
        friction=stand.material.friction,
        free_s=falls.start_s if falls is not None and not sheet.pins and pull is None else 0.0,
        pull=pull,
        draw=draw if sheet.pins == "top" else None,
        hook_m=hook,
    )


def _flag(
    sheet: Sheet, grid: Floats, columns: int, rows: int, hook_m: tuple[float, ...], wind: Floats
) -> tuple[Floats, NDArray[np.intp]]:
    """Stretched out down the wind, held at its pole; a sail's lower corner is held too."""
    out = np.array([wind[0], wind[1], 0.0])
    long = float(np.linalg.norm(out))
    out = out / long if long > 0.5 and sheet.pins == "left" else np.array([1.0, 0.0, 0.0])
    points = np.asarray(hook_m) + np.outer(grid[:, 0] + 0.03, out)
    points[:, 2] += grid[:, 1] - sheet.size_m[1]
    pins = np.arange(rows)
    if sheet.pins == "mast":
        pins = np.append(pins, (columns - 1) * rows)
    return points, pins


def _curtain(
    sheet: Sheet,
    grid: Floats,
    columns: int,
    rows: int,
    hook_m: tuple[float, float, float],
    draw: Action | None,
) -> tuple[Floats, NDArray[np.intp]]:
    """Hung in folds from its rail."""
    opened = draw is not None and draw.verb == "close"
    rail = folded(sheet, columns, sheet.size_m[0] * (DRAWN if opened else GATHER), hook_m)
    points = np.repeat(rail, rows, axis=0)
    points[:, 2] += grid[:, 1] - sheet.size_m[1]
    return points, np.arange(columns) * rows + rows - 1


def _flat(
    stand: Stand, stands: Mapping[str, Stand], plan: Plan, grid: Floats, sheet: Sheet
) -> Floats:
    """Spread out level where it stands; what covers most of a table lies in its middle."""
    x, y, z = stand.foot_m
    under = next(
        (p.anchor for p in plan.placements if p.body == stand.body.name and p.relation == "on"),
        WORLD,
    )
    if under in stands:
        x, y = stands[under].foot_m[0], stands[under].foot_m[1]
    points = np.zeros((len(grid), 3))
    points[:, :2] = grid - np.asarray(sheet.size_m) / 2 + [x, y]
    ripple = np.sin(7.3 * points[:, 0] + 1.1) * np.sin(5.9 * points[:, 1] + 0.4)
    points[:, 2] = z + 2 * RADIUS_M + 0.004 * (1 + ripple)
    return points
