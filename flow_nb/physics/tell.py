"""What happened, in a film-maker's words. In: contacts, breaks, flights. Out: `Event`s."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.contacts import UPRIGHT, Blow
from flow_nb.physics.flight import Landings
from flow_nb.physics.roles import ACTORS, CARRIED
from flow_nb.physics.stand import Stand
from flow_nb.physics.words import first, say, the
from flow_nb.plan.motion import POSE_RATE_HZ, Event
from flow_nb.plan.plan import WORLD, Plan

LOUD_M_S = 0.3
MAX_IMPACTS = 16
STILL_M = 0.002
STILL_S = 0.3
SHATTER_S = 0.06


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """A body that broke: when, into how many pieces, by which blow."""

    time_s: float
    body: str
    pieces: int
    blow: Blow
    mass_kg: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Leave:
    """A body that left what it stood on."""

    time_s: float
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """Everything that the events are made from."""

    names: tuple[str, ...]
    contacts: NDArray[np.void]
    breaks: tuple[Break, ...]
    leaves: tuple[Leave, ...]
    landings: Landings
    poses: tuple[dict[str, NDArray[np.float64]], ...]


def tell(plan: Plan, stands: Mapping[str, Stand], story: Story) -> list[Event]:
    """Events in order of time."""
    events = [
        *_releases(stands, {a.body for a in plan.actions if a.verb in CARRIED}),
        *_leaves(plan, stands, story),
        *_impacts(plan, stands, story),
        *_breaks(plan, stands, story),
        *_rests(stands, story),
    ]
    return sorted(events, key=lambda event: event.time_s)


def _releases(stands: Mapping[str, Stand], carried: Set[str]) -> Iterator[Event]:
    """Starts; a dozen marbles let go at once are one event."""
    starts: dict[tuple[float, str, bool], list[Stand]] = {}
    for stand in stands.values():
        if stand.start_s is not None and stand.body.name not in carried:
            key = (stand.start_s, stand.body.noun, stand.held)
            starts.setdefault(key, []).append(stand)
    for (time_s, _, held), group in starts.items():
        name = group[0].body.name
        who = say(name) if len(group) == 1 else f"{say(name)} and {len(group) - 1} more"
        verb = "let go" if held else "set going"
        speed = float(np.linalg.norm(group[0].velocity_m_s))
        how = f" at {speed:.1f} m/s" if speed > LOUD_M_S else ""
        yield Event(
            time_s=time_s,
            kind="release",
            body=name,
            speed_m_s=speed,
            text=f"{first(who)} {'is' if len(group) == 1 else 'are'} {verb}{how}",
        )


def _leaves(plan: Plan, stands: Mapping[str, Stand], story: Story) -> Iterator[Event]:
    """The first flight of everything that stood on something."""
    seen = set()
    for leave in story.leaves:
        if leave.body in seen:
            continue
        seen.add(leave.body)
        source = next((a.source for a in plan.actions if a.body == leave.body and a.source), None)
        if source in (None, WORLD):
            continue
        yield Event(
            time_s=leave.time_s,
            kind="leave",
            body=leave.body,
            other=str(source),
            text=f"{first(say(leave.body))} leaves {say(str(source))}",
        )


def _impacts(plan: Plan, stands: Mapping[str, Stand], story: Story) -> Iterator[Event]:
    """The loudest blows between whole bodies; splinters rattle unnamed."""
    rows = story.contacts[story.contacts["normal_speed_m_s"] > LOUD_M_S]
    whole = np.array([name in stands for name in story.names], dtype=bool)
    rows = rows[whole[rows["a"]] & ((rows["b"] < 0) | whole[rows["b"]])]
    loud = np.argsort(-rows["impulse_n_s"], kind="stable")[:MAX_IMPACTS]
    for row in rows[np.sort(loud)]:
        name = story.names[row["a"]]
        other = story.names[row["b"]] if row["b"] >= 0 else WORLD
        if other in stands and name in stands and stands[name].body.fixed:
            name, other = other, name
        speed = float(row["normal_speed_m_s"])
        wall = other == WORLD and abs(float(row["normal"][2])) < UPRIGHT
        what = "the wall" if wall else the(plan, other)
        yield Event(
            time_s=float(row["time_s"]),
            kind="impact",
            body=name,
            other=other,
            speed_m_s=speed,
            impulse_n_s=float(row["impulse_n_s"]),
            closed_form_s=story.landings.get(name, float(row["time_s"])),
            text=f"{first(say(name))} hits {what} at {speed:.1f} m/s",
        )


def _breaks(plan: Plan, stands: Mapping[str, Stand], story: Story) -> Iterator[Event]:
    for broken in story.breaks:
        blow = broken.blow
        columns = {blow.a, blow.b} - {story.names.index(broken.body)}
        other = columns.pop() if columns else -1
        yield Event(
            time_s=broken.time_s,
            kind="break",
            body=broken.body,
            other=story.names[other] if other >= 0 else WORLD,
            speed_m_s=blow.normal_speed_m_s,
            impulse_n_s=_splinter_impulse(story, broken, other),
            closed_form_s=story.landings.get(broken.body, broken.time_s),
            text=f"{first(say(broken.body))} shatters into {broken.pieces} pieces",
        )


def _splinter_impulse(story: Story, broken: Break, other: int) -> float:
    """What the splinters give to the body that broke them, in the first moments."""
    rows = story.contacts
    mine = np.array([name.startswith(f"{broken.body}/") for name in story.names] + [False])
    a, b = rows["a"], rows["b"]
    hit = (mine[a] & (b == other)) | (mine[b] & (a == other))
    soon = (rows["time_s"] >= broken.time_s) & (rows["time_s"] < broken.time_s + SHATTER_S)
    return float(rows["impulse_n_s"][hit & soon].sum())


def _rests(stands: Mapping[str, Stand], story: Story) -> Iterator[Event]:
    """When each body that moved came to rest, if it did."""
    for name, stand in stands.items():
        track = np.array([poses[name][:3] for poses in story.poses if name in poses])
        if stand.prop.kind in ACTORS:
            continue
        if stand.body.fixed or len(track) < len(story.poses) or stand.pivot_m is not None:
            continue
        away = np.linalg.norm(track - track[-1], axis=1) > STILL_M
        if not away.any():
            continue
        still = int(np.flatnonzero(away)[-1]) + 1
        if (len(track) - still) / POSE_RATE_HZ >= STILL_S:
            yield Event(
                time_s=still / POSE_RATE_HZ,
                kind="rest",
                body=name,
                text=f"{first(say(name))} comes to rest",
            )
