"""Why it did not happen, and what would mend it. In: an expectation that failed. Out: one line."""

from __future__ import annotations

from flow_nb.physics.checks.evidence import Evidence
from flow_nb.physics.words import first, say, the
from flow_nb.plan.plan import WORLD, Action
from flow_nb.props.archetypes import sets
from flow_nb.props.materials import breaking_speed_m_s, materials, pair_friction


def advice(seen: Evidence, action: Action, name: str, would: str) -> str:
    """A sentence that names the limit, and one that names the fix."""
    noun = seen.stands[name].body.noun
    if action.verb == "shatter":
        return _unbroken(seen, name)
    if action.verb == "knock over":
        return f"{first(say(name))} was met but stays up. Give it a faster or heavier blow."
    begin = f"The {noun} does not {would}"
    if action.verb == "fall" and action.direction == "up":
        return f"{begin} upward: {_weight(seen, name)}. Say that it is thrown up."
    if action.verb in ("float", "fly"):
        return f"{begin}: {_weight(seen, name)}. {_carried(seen)}"
    if action.verb == "rise":
        return f"{begin}: {_weight(seen, name)}. Say what lifts or throws it."
    if action.verb in ("collide", "hit"):
        return (
            f"{begin} {_whom(seen, action)}: nothing brings them together. Say what moves it there."
        )
    if action.verb == "bounce":
        return f"{begin}: {_dull(seen, name)}"
    if action.verb == "slide":
        return f"{begin}: {_grip(seen, name)} Push it, or tilt what it stands on."
    fixes = {
        "fall": "it stays where it stands. Say what pushes it, or set it at an edge.",
        "drop": "it stays where it stands. Say what pushes it, or set it at an edge.",
        "roll": "nothing turns it. Push it, or set it on a ramp.",
        "splash": "it meets no liquid. Say what is filled, or set the shot at sea.",
        "sink": "it is not let into a liquid that is lighter than it. Say what it falls into.",
        "swing": "it does not hang. Say what it hangs from.",
        "spin": "nothing turns it. Say who spins it.",
        "rest": "it still moves at the end. Make the shot longer.",
        "open": "nothing moves it. Say who opens it.",
        "close": "nothing moves it. Say who closes it.",
        "explode": "nothing sets it off. Say that it explodes.",
        "catch": "nobody is there in time. Say who catches it.",
    }
    return f"{begin}: {fixes[action.verb]}"


def _whom(seen: Evidence, action: Action) -> str:
    return "" if action.target in seen.stands else "anything"


def _unbroken(seen: Evidence, name: str) -> str:
    stand, story = seen.stands[name], seen.story
    noun = stand.body.noun
    if stand.breaks_at_m_s is None:
        return f"The {noun} does not break: {stand.material.name} does not shatter."
    column = story.names.index(name)
    mine = (story.contacts["a"] == column) | (story.contacts["b"] == column)
    speeds = story.contacts["normal_speed_m_s"][mine]
    if not len(speeds):
        return f"The {noun} does not break: nothing meets it."
    floor = materials()[sets()[seen.plan.set.kind].floor]
    limit = breaking_speed_m_s(stand.breaks_at_m_s, floor)
    return (
        f"The {noun} does not break: its hardest blow is {speeds.max():.1f} m/s and "
        f"{stand.material.name} breaks on {floor.name} from {limit:.1f} m/s. Let it fall further."
    )


def _weight(seen: Evidence, name: str) -> str:
    weight = seen.stands[name].mass_kg * seen.plan.gravity_m_s2
    return f"{weight:.2g} N pull it down and nothing carries it"


def _carried(seen: Evidence) -> str:
    if seen.plan.air.medium == "water":
        return "Make it lighter than water."
    return 'Hang it from something, or add the line "gravity: 0".'


def _dull(seen: Evidence, name: str) -> str:
    if not len(seen.touched_s(name)):
        return "it meets nothing. Drop it on something."
    stand = seen.stands[name]
    return (
        f"{stand.material.name} gives back {stand.material.restitution:.0%}. Let it fall further."
    )


def _grip(seen: Evidence, name: str) -> str:
    floor = materials()[sets()[seen.plan.set.kind].floor]
    friction = pair_friction(seen.stands[name].material, floor)
    return f"friction holds it ({friction:.2f} on {the(seen.plan, WORLD)})."
