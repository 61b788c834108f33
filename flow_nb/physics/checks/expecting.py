"""What the text says will happen, held against what did. In: actions, evidence, events. Out: `expected` checks.

A text that promises what the solver did not do is told so, with what would mend it; nothing is made
to happen for the sake of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from flow_nb.physics.checks import happened
from flow_nb.physics.checks.advice import advice
from flow_nb.physics.checks.evidence import Evidence
from flow_nb.physics.checks.happened import Told
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Check, Event
from flow_nb.plan.plan import WORLD, Action

DID: Mapping[str, Callable[[Told], bool | None]] = {
    "shatter": happened.shattered,
    "knock over": happened.fell_over,
    "fall": happened.fell,
    "drop": happened.fell,
    "roll": happened.rolled,
    "slide": happened.slid,
    "bounce": happened.bounced,
    "collide": happened.met,
    "hit": happened.met,
    "splash": happened.told_of("splash"),
    "float": happened.floated,
    "fly": happened.floated,
    "rise": happened.rose,
    "sink": happened.sank,
    "swing": happened.swung,
    "spin": happened.spun,
    "rest": happened.rested,
    "open": happened.told_of("open"),
    "close": happened.told_of("close"),
    "explode": happened.told_of("burst"),
    "catch": happened.told_of("grasp"),
}
"""Whether a verb came true; None: this solver cannot say."""

ALWAYS = ("shatter", "knock over")
"""Verbs that are results even where the text gives them as causes."""

PAST = {
    "shatter": ("shatters", "break"), "knock over": ("goes over", "go over"),
    "fall": ("falls", "fall"), "drop": ("falls", "fall"), "roll": ("rolls", "roll"),
    "slide": ("slides", "slide"), "bounce": ("bounces", "bounce"), "collide": ("meets", "meet"),
    "hit": ("meets", "meet"), "splash": ("splashes", "splash"), "float": ("floats", "float"),
    "fly": ("flies", "fly"), "rise": ("rises", "rise"), "sink": ("sinks", "sink"),
    "swing": ("swings", "swing"), "spin": ("spins", "spin"), "rest": ("comes to rest", "come to rest"),
    "open": ("opens", "open"), "close": ("closes", "close"), "explode": ("bursts", "burst"),
    "catch": ("is caught", "get caught"),
}  # fmt: skip


def expecting(seen: Evidence, events: Sequence[Event]) -> Iterator[Check]:
    """One check for every action that is a result; its text is a warning where it does not hold."""
    done: set[tuple[str, str, str | None]] = set()
    for action in seen.plan.actions:
        key = (action.verb, action.body, action.target)
        if not (action.expected or action.verb in ALWAYS) or key in done:
            continue
        done.add(key)
        name = _subject(action)
        if name not in seen.stands:
            continue
        came = DID[action.verb](Told(seen, events, action, name)) if action.verb in DID else None
        if came is not None:
            yield _check(seen, action, name, came=came)


def _subject(action: Action) -> str:
    """Who is meant: what is knocked over is the one that is aimed at."""
    aimed = action.verb == "knock over" and action.target not in (None, WORLD)
    return str(action.target) if aimed else action.body


def _check(seen: Evidence, action: Action, name: str, *, came: bool) -> Check:
    does, would = PAST[action.verb]
    whom = f" {say(str(action.target))}" if does == "meets" and action.target in seen.stands else ""
    return Check(
        kind="expected",
        body=name,
        time_s=action.start_s,
        law=f"{name} {action.verb}" + (f" {action.target}" if action.target else ""),
        expected=1.0,
        solved=float(came),
        unit="",
        holds=came,
        text=f"{first(say(name))} {does}{whom}, as told."
        if came
        else advice(seen, action, name, f"{would}{whom}"),
    )
