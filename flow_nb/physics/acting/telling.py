"""Actions in words. In: an `Action` and its doer. Out: ``picks up the cup``, ``walks to the door``."""

from __future__ import annotations

from flow_nb.physics.acting.company import say
from flow_nb.physics.acting.figure import Script
from flow_nb.plan.actions import Action
from flow_nb.plan.plan import WORLD

WAY_OF = {"look": "at", "point": "at", "wave": "to", "sit": "on"}


def telling(doer: str, action: Action) -> str:
    """The plan's own verb, then what it is done to, then a target with its preposition."""
    verb, *rest = action.verb.split(" ")
    words = [third(verb), *rest]
    if action.body != doer:
        words.append(say(action.body))
    if action.target and action.target not in (doer, action.body):
        way = action.how or WAY_OF.get(action.verb, "to")
        words += [way, "the floor" if action.target == WORLD else say(action.target)]
    return " ".join(words)


def third(verb: str) -> str:
    """He, she, it.

    >>> third("catch"), third("carry"), third("walk")
    ('catches', 'carries', 'walks')
    """
    if verb.endswith(("ch", "sh", "s", "x", "z")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def over(script: Script) -> bool:
    """Goes a tick on with a script; whether that was its end."""
    try:
        next(script)
    except StopIteration:
        return True
    return False
