"""Clauses put plainly. In: a reading's frames. Out: frames that say who or what moves, and how.

"Throws himself down" is a fall, "dribbles and throws the ball" bounces the ball, "jumps and lands on a
leaf" is one jump, a spoon that stirs turns in its cup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flow_nb.director.frame import Frame, Place
from flow_nb.director.plotting.at_things import HAND_M, at_thing, cuts_through
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.tables import tables
from flow_nb.director.vocabulary import VerbRow
from flow_nb.plan.actions import Verb
from flow_nb.plan.plan import WORLD
from flow_nb.props.archetypes import archetypes

GONE = (
    "walk", "run", "jump", "crawl", "climb", "swim", "drive", "fly", "roll", "slide", "fall", "bounce",
    "throw", "carry", "push", "pull", "knock over", "float", "rise", "drop", "kick",
)  # fmt: skip
_RECENT = 3
_WAY_OF_TOOL = {"spin": "in", "slide": "across", "lower": "onto", "lift": "off"}
_TO_GROUND = ("to", "on", "onto", "into", "in")


def reworded(frames: Sequence[Frame], cast: Cast) -> list[Frame]:
    """The frames in their order; one that only says how another ends becomes its goal, and is negated
    by nobody: it stays in the list, as a state of nothing."""
    done: list[Frame] = []
    for i, frame in enumerate(frames):
        if frame.row is None or frame.state or frame.negated:
            done.append(frame)
            continue
        fresh = _one(frame, frame.row, done, frames[i + 1 :], cast)
        if (before := _lands(fresh, done, cast)) is not None:
            done[before] = _ends(done[before], fresh, cast)
            cast.shown.append(fresh.span)
            fresh = replace(
                fresh, agents=(), patients=(), places=(), lemma="be", row=None, state=True
            )
        done.append(fresh)
    return done


def _one(
    frame: Frame, row: VerbRow, before: Sequence[Frame], after: Sequence[Frame], cast: Cast
) -> Frame:
    names = [name for thing in frame.agents for name in cast.names(thing) if name != WORLD]
    if not names:
        return frame
    if (inside := _inside(frame, before, cast)) is not None:
        span = cast.things[inside].span
        frame = replace(frame, places=(Place(way="out of", thing=inside, span=span), *frame.places))
    acts = cast.acts(names[0])
    worked = at_thing(frame, row, before, cast) if acts else None
    if (along := worked or _together(frame, row, cast)) is not None:
        return along
    if acts and frame.patients and set(frame.patients) <= set(frame.agents):
        return _to_himself(frame, row)
    if acts and not frame.patients and (thing := _shared(frame, [*after, *reversed(before)], cast)):
        verb = tables()["shared"][frame.lemma]
        return replace(frame, patients=(thing,), row=replace(row, done=verb))
    if acts and row.done in ("hit", "handle", "knock over"):
        frame = _with_tools(frame, cast)
    if acts and frame.patients and (how := _toward(row, frame, cast)):
        gone = tuple(Place(way=how, thing=t, span=cast.things[t].span) for t in frame.patients)
        does: Verb = "reach" if row.done == "reach" else "gesture"
        return replace(
            frame,
            patients=(),
            places=(*gone, *frame.places),
            row=replace(row, does=does, done=None),
        )
    if acts and frame.patients and _moved_by_hand(row, frame, cast):
        goal = any(
            place.way in ("into", "onto", "in", "on", "under", "behind") for place in frame.places
        )
        done: Verb = "put down" if goal else "handle"
        return replace(frame, row=replace(row, does=None, done=done))
    if row.expects == "fall" and _went(frame, before) and acts:
        return replace(frame, row=replace(row, does="fall", expects=None))
    if frame.lemma == "take" and not frame.patients and _flies(names[0], cast):
        return replace(frame, lemma="take off", row=replace(row, lemma="take off", does="rise"))
    if not acts and not cast.goes(names[0]):
        return _thing(frame, row, names[0], before, cast)
    if (
        frame.lemma.split()[0] in _BRAKING
        and row.does == "rest"
        and not acts
        and not _went(frame, before)
    ):
        return replace(frame, row=replace(row, does="drive"))
    return frame


def _at(frame: Frame, way: str, cast: Cast) -> tuple[Place, ...]:
    return tuple(Place(way=way, thing=t, span=cast.things[t].span) for t in frame.patients)


def _together(frame: Frame, row: VerbRow, cast: Cast) -> Frame | None:
    """ "leads six sheep", "chases the cat", "pelts them with snowballs": who goes, and what flies."""
    told, places = tables(), frame.places
    if frame.lemma in told["leading"]["lemmas"] and _alive(frame, cast):
        fresh, along = replace(row, done=None, meets=False), _at(frame, "with", cast)
        return replace(frame, patients=(), places=(*places, *along), row=fresh)
    if frame.lemma in told["pelting"]["lemmas"] and frame.patients and frame.instruments:
        fresh, at = replace(row, does=None, done="throw", meets=False), _at(frame, "at", cast)
        thrown = frame.instruments
        return replace(frame, patients=thrown, instruments=(), places=(*at, *places), row=fresh)
    acts = any(cast.acts(name) for thing in frame.agents for name in cast.names(thing))
    if acts and frame.lemma in told["chases"] and _alive(frame, cast):
        fresh, at = (
            replace(row, does=told["chases"][frame.lemma], done=None),
            _at(frame, "toward", cast),
        )
        return replace(frame, patients=(), places=(*places, *at), row=fresh)
    return None


def _inside(frame: Frame, before: Sequence[Frame], cast: Cast) -> int | None:
    """ "She opens the chest and a bat flies out": what was opened, or reached into, just before."""
    out = "out" in frame.manners or frame.lemma.endswith(" out")
    row, places = frame.row, frame.places
    moves = row is not None and row.does in (*GONE, "swim", "splash") and not frame.patients
    if (
        not out
        or not moves
        or any(place.way in ("out of", "off") or place.begins for place in places)
    ):
        return None
    for other in reversed(before[-_RECENT:]):
        for thing in (*other.patients, *other.agents, *(place.thing for place in other.places)):
            names = cast.names(thing)
            if names and thing not in frame.agents and cast.encloses(names[0]):
                return thing
    return None


def _to_himself(frame: Frame, row: VerbRow) -> Frame:
    verb = tables()["reflexive"].get(row.done or "", row.does or "gesture")
    return replace(frame, patients=(), row=replace(row, does=verb, done=None, expects=None))


def _shared(frame: Frame, others: Sequence[Frame], cast: Cast) -> int | None:
    """What the same person has in hand in a clause near by."""
    if frame.lemma not in tables()["shared"]:
        return None
    for other in others:
        if set(other.agents) & set(frame.agents) and not other.state:
            for thing in other.patients:
                names = cast.names(thing)
                if names and not cast.goes(names[0]):
                    return thing
    return None


def _with_tools(frame: Frame, cast: Cast) -> Frame:
    """What somebody hits "with"."""
    tools = [
        place.thing
        for place in frame.places
        if place.way == "with"
        and all(name != WORLD and not cast.goes(name) for name in cast.names(place.thing))
    ]
    if not tools or (frame.row is not None and frame.row.done == "handle"):
        return frame
    kept = tuple(place for place in frame.places if place.thing not in tools)
    return replace(frame, instruments=(*frame.instruments, *tools), places=kept)


def _toward(row: VerbRow, frame: Frame, cast: Cast) -> str:
    """How somebody works at what he does not move: reaches for a button, feeds a bird."""
    if row.done == "reach":
        return "to"
    alive = any(cast.acts(name) for thing in frame.patients for name in cast.names(thing))
    return "at" if row.done == "handle" and alive else ""


def _moved_by_hand(row: VerbRow, frame: Frame, cast: Cast) -> bool:
    """ "slips the key into the lock", "shuffles papers": who goes by that verb makes a small thing go."""
    names = [name for thing in frame.patients for name in cast.names(thing)]
    small = bool(names) and not any(
        name == WORLD or cast.goes(name) or cast.is_furniture(name) or cast.size_m(name) > HAND_M
        for name in names
    )
    alone = (row.done is None or row.done == row.does in ("walk", "run", "crawl")) and not row.meets
    return alone and row.does in _GOING and small


_BRAKING = ("brake", "screech", "grind", "roll")
"""A car that brakes was going."""
_GOING = ("walk", "run", "crawl", "slide", "fall", "dance", "turn", "fly", "float", "swim")


def _went(frame: Frame, before: Sequence[Frame]) -> bool:
    """Whether the same body went off before."""
    return _going(frame, before) is not None


def _going(frame: Frame, before: Sequence[Frame]) -> int | None:
    for i in range(len(before) - 1, -1, -1):
        other = before[i]
        if other.row is None or other.state or other.negated:
            continue
        moved = other.patients or other.agents
        verb = other.row.done if other.patients else other.row.does
        mine = set(frame.agents) & {*moved, *(other.agents if verb == "carry" else ())}
        if mine and verb in GONE:
            return i
    return None


def _lands(frame: Frame, before: Sequence[Frame], cast: Cast) -> int | None:
    """The clause that a landing ends, where somebody flew or jumped."""
    names = [name for thing in frame.agents for name in cast.names(thing)]
    told = tables()["landing"]
    lemmas = told["lemmas"] if names and cast.acts(names[0]) else told["reached"]
    if not names:
        return None
    first = _going(frame, before)
    ends = frame.lemma in told["lemmas"] and first is not None and not _leaves(before[first])
    return first if frame.lemma in lemmas or ends else None


def _leaves(frame: Frame) -> bool:
    """ "rolls off the table and lands": there is a fall between."""
    return any(place.way in ("off", "out of", "over") for place in frame.places)


def _ends(frame: Frame, landing: Frame, cast: Cast) -> Frame:
    goal = next((place for place in landing.places if cast.names(place.thing)), None)
    if goal is None or any(place.way in ("to", "onto", "into") for place in frame.places):
        return frame
    way = {"on": "onto", "in": "into"}.get(goal.way, goal.way)
    return replace(frame, places=(*frame.places, replace(goal, way=way)))


def _thing(frame: Frame, row: VerbRow, name: str, before: Sequence[Frame], cast: Cast) -> Frame:
    """A thing that works like a tool, lands, or is heard to hit what it falls on."""
    told = tables()
    if row.expects == "fall" and not any(cast.names(p.thing) for p in frame.places):
        return replace(frame, row=replace(row, does="fall", expects=None, starts="above"))
    first = next((i for i in [_going(frame, before)] if i is not None), None)
    frame = cuts_through(frame, row, cast)
    if frame.lemma in told["tools"] and frame.patients and row.done in ("handle", None):
        verb: Verb = told["tools"][frame.lemma]
        way = _WAY_OF_TOOL[verb]
        at = tuple(Place(way=way, thing=t, span=cast.things[t].span) for t in frame.patients)
        fresh = replace(row, does=verb, done=None, lands=way == "onto")
        return replace(frame, patients=(), places=(*at, *frame.places), row=fresh)
    if frame.lemma in told["landing"]["lemmas"] and first is not None and not row.done:
        return replace(frame, row=replace(row, does="fall"))
    heard = frame.lemma in told["impacts"]["lemmas"] and row.does not in ("close", "open")
    if heard and not frame.patients:
        breaks: Verb = "shatter" if cast.breaks(name) else "collide"
        ground = any(p.way in _TO_GROUND and cast.names(p.thing) == (WORLD,) for p in frame.places)
        if first is not None:
            return replace(frame, row=replace(row, does=breaks, done=None, expects=None))
        if ground:
            return replace(frame, row=replace(row, does="fall", expects=breaks, starts="above"))
        return replace(frame, row=replace(row, does="collide" if frame.places else breaks))
    return frame


def _alive(frame: Frame, cast: Cast) -> bool:
    return any(cast.goes(name) for thing in frame.patients for name in cast.names(thing))


def _flies(name: str, cast: Cast) -> bool:
    row = archetypes().get(cast.bodies[name].prop)
    return row is not None and row.flies
