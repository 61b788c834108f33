"""What an animal does besides going. In: a plan's actions of one body. Out: `Postures`: how far it sits, lies,
sleeps, eats and calls at every instant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.picture import Floats
from flow_nb.plan.actions import Action
from flow_nb.plan.plan import Plan

TAKES_S = 0.8
SLEEPS = frozenset({"sleep", "nap", "doze", "snooze", "hibernate", "slumber", "snore"})
EATS = frozenset({
    "eat", "drink", "graze", "sniff", "nibble", "lick", "peck", "feed", "lap", "chew", "munch",
    "browse", "forage", "smell",
})  # fmt: skip
CALLS = frozenset({
    "bark", "howl", "roar", "meow", "moo", "neigh", "whinny", "bleat", "growl", "crow", "quack",
    "cluck", "hoot", "chirp", "sing", "screech", "squawk", "trumpet", "bellow", "yelp", "yowl",
})  # fmt: skip
HOWLS = frozenset({"howl", "crow", "roar", "trumpet", "bellow"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Postures:
    """Each (n,), 0 to 1."""

    sits: Floats
    lies: Floats
    sleeps: Floats
    eats: Floats
    calls: Floats
    flies: Floats
    howls: bool

    @property
    def low(self) -> Floats:
        """How far it is down."""
        return np.maximum(self.sits, self.lies)


def postures(plan: Plan, name: str, times: Floats) -> Postures:
    """What the plan says of a body, eased in and out."""
    mine = sorted((a for a in plan.actions if _does(a, name)), key=lambda a: a.start_s)
    already = {p.body: p.anchor for p in plan.placements}.get(name)
    rows = {key: np.zeros(len(times)) for key in ("sits", "lies", "sleeps", "eats", "calls", "flies")}
    for i, action in enumerate(mine):
        lemma = action.lemma.split()[0] if action.lemma else ""
        ends = [a.start_s for a in mine[i + 1 :] if a.start_s > action.start_s]
        until = min(ends, default=np.inf) if action.end_s is None else action.end_s
        begin = action.start_s
        if i == 0 and (action.target is None or action.target == already):
            begin = -TAKES_S
        for key in _keys(action, lemma):
            start = action.start_s if key in ("eats", "calls", "flies") else begin
            rows[key] = np.maximum(rows[key], _between(times, start, until))
    howls = any(a.lemma.split()[0] in HOWLS for a in mine if a.lemma)
    return Postures(**rows, howls=howls)


def _keys(action: Action, lemma: str) -> tuple[str, ...]:
    if lemma in SLEEPS:
        return ("lies", "sleeps")
    if action.verb == "lie" or lemma in ("curl", "lounge"):
        return ("lies",)
    if action.verb == "sit" or lemma in ("sit", "perch"):
        return ("sits",)
    if action.verb in ("fly", "flutter"):
        return ("flies",)
    if lemma in EATS:
        return ("eats",)
    return ("calls",) if lemma in CALLS else ()


def _does(action: Action, name: str) -> bool:
    return not action.expected and (action.agent or action.body) == name


def _between(times: Floats, begin: float, end: float) -> Floats:
    up = np.clip((times - begin) / TAKES_S, 0, 1)
    down = np.clip((end - times) / TAKES_S + 0.5, 0, 1) if np.isfinite(end) else 1.0
    share = np.minimum(up, down)
    return np.asarray(share * share * (3 - 2 * share))
