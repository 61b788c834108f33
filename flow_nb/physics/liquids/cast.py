"""Who holds what. In: a plan and its `Stand`s. Out: `Cast`: vessels, what fills them, how they are poured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from flow_nb.physics.liquids.tilt import TAKEN_S, Tilt, corners_m
from flow_nb.physics.liquids.vessel import Vessel, vessel
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import WORLD, Action, Plan

DROPS = 900
FULL = 0.8
"""A filled vessel holds this share of what goes in."""
FITS = 0.85
"""What is poured fills at most this share of what it is poured into."""
SMALLEST_M = 0.005
USUAL = "water"
UPSETS = ("knock over", "hit", "kick", "push", "fall", "drop", "throw", "collide")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fill:
    """A liquid in a vessel when the shot begins."""

    vessel: Vessel
    liquid: str
    volume_m3: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """Everything that has to do with liquids; ``spacing_m`` is the side of the cube that is a drop."""

    vessels: tuple[Vessel, ...]
    fills: tuple[Fill, ...]
    tilts: tuple[Tilt, ...]
    spacing_m: float


def cast(plan: Plan, stands: Mapping[str, Stand]) -> Cast:
    """What is filled, what is poured, and what catches it."""
    told = [a for a in plan.actions if not a.expected]
    pours = [a for a in told if a.verb == "pour" and not _tipped(a, told)]
    aims = {a.target for a in pours} | {a.target for a in plan.actions if a.verb == "splash"}
    named = {a.body for a in pours} | {a.source for a in pours} | aims
    named |= {body.name for body in plan.bodies if body.filled}
    vessels = {
        name: found
        for name, stand in stands.items()
        if name in named and (found := vessel(stand)) is not None
    }
    poured = {name: a for a in pours if (name := _poured(a, vessels)) is not None}
    fills = tuple(
        Fill(
            vessel=one,
            liquid=plan.body(name).filled or USUAL,
            volume_m3=_volume_m3(one, poured.get(name), vessels),
        )
        for name, one in vessels.items()
        if plan.body(name).filled or name in poured
    )
    total = sum(fill.volume_m3 for fill in fills)
    tilts = [_tilt(plan, stands, vessels, name, action) for name, action in poured.items()]
    return Cast(
        vessels=tuple(vessels.values()),
        fills=fills,
        tilts=tuple(tilt for tilt in tilts if tilt is not None),
        spacing_m=max((total / DROPS) ** (1 / 3), SMALLEST_M) if fills else SMALLEST_M,
    )


def _tipped(pour: Action, told: Sequence[Action]) -> bool:
    """Whether the vessel has been upset before: then what runs out does so by itself."""
    return any(a.verb in UPSETS and a.body == pour.body and a.start_s <= pour.start_s for a in told)


def _poured(action: Action, vessels: Mapping[str, Vessel]) -> str | None:
    """The vessel that is tipped: what is poured, or what it is poured from."""
    names = (action.body, action.source, action.instrument)
    return next((name for name in names if name in vessels and name != action.target), None)


def _volume_m3(one: Vessel, action: Action | None, vessels: Mapping[str, Vessel]) -> float:
    volume = FULL * one.volume_m3
    catcher = vessels.get(str(action.target)) if action else None
    return volume if catcher is None else min(volume, FITS * catcher.volume_m3)


def _tilt(
    plan: Plan,
    stands: Mapping[str, Stand],
    vessels: Mapping[str, Vessel],
    name: str,
    action: Action,
) -> Tilt | None:
    stand = stands[name]
    if stand.body.fixed:
        return None
    foot = np.array(stand.foot_m, dtype=np.float64)
    target = stands.get(action.target or "") if action.target != WORLD else None
    rim_r = vessels[name].rim_m[0]
    if target is None:
        mouth, wide = foot + [1.5 * rim_r + vessels[name].rim_m[1], 0.0, 0.0], 2 * rim_r
        mouth[2] = 0.0
    elif target.body.name in vessels:
        catcher = vessels[target.body.name]
        mouth = np.array(target.foot_m) + [0.0, 0.0, catcher.rim_m[1]]
        wide = catcher.rim_m[0]
    else:
        mouth = np.array(target.foot_m) + [0.0, 0.0, float(target.bounds_m[1, 2])]
        wide = float(target.bounds_m[1, 0])
    return Tilt(
        vessel=vessels[name],
        corners_m=corners_m(vessels[name]),
        foot_m=foot,
        side=1.0 if mouth[0] >= foot[0] else -1.0,
        mouth_m=mouth,
        wide_m=min(wide, 2 * rim_r),
        start_s=action.start_s + (TAKEN_S if _by_hand(stands, action) else 0.0),
        until_s=plan.duration_s,
    )


def _by_hand(stands: Mapping[str, Stand], action: Action) -> bool:
    agent = stands.get(action.agent or "")
    return agent is not None and agent.prop.kind == "figure"
