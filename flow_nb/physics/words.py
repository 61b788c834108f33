"""Bodies as they are spoken of. In: names of a plan. Out: words for events, checks and warnings."""

from __future__ import annotations

from flow_nb.plan.plan import WORLD, Plan
from flow_nb.props.archetypes import sets


def say(name: str) -> str:
    """A body as it is spoken: ``marble-3`` is ``marble 3``, ``glass`` is ``the glass``.

    >>> say("marble-3"), say("wine-glass")
    ('marble 3', 'the wine glass')
    """
    noun, _, number = name.rpartition("-")
    spoken = noun.replace("-", " ")
    return f"{spoken} {number}" if number.isdigit() else f"the {name.replace('-', ' ')}"


def first(words: str) -> str:
    """With a capital, to begin a sentence."""
    return words[:1].upper() + words[1:]


def the(plan: Plan, name: str) -> str:
    """A body or the set's floor, as it is spoken."""
    if name != WORLD:
        return say(name)
    floor = sets()[plan.set.kind].floor
    return "the bottom" if floor == "water" else f"the {floor} floor"
