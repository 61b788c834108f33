"""What a body can do of what it is told. In: a verb and a body. Out: the verb that it does, or rest and a gap."""

from __future__ import annotations

from flow_nb.director.frame import Frame
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.kinds import own_way
from flow_nb.director.plotting.tables import tables
from flow_nb.plan.actions import Verb

ACTED: dict[Verb, Verb] = {
    "collide": "hit",
    "pour": "handle",
    "rise": "stand",
    "sink": "crouch",
    "drive": "slide",
}
"""What somebody does where a thing would do that with itself."""
_AFLOAT = ("paddle", "surf", "row", "sail")
_REACHING = ("lead", "run", "wind", "climb", "descend")
"""What a staircase does that leads to a door."""
BY_ACTORS = (
    "look", "point", "reach", "gesture", "handle", "carry", "catch", "kick", "pick up", "put down", "hold",
)  # fmt: skip
AGAIN = ("open", "close", "explode", "pour", "drive", "spin", "stretch", "squash", "flutter")
"""What a thing may do a second time of its own."""
NAME_ONE = 'Name who or what does it, as in "a ball" or "a woman".'


def suited(verb: Verb, name: str, frame: Frame, cast: Cast, gaps: Gaps) -> Verb:
    """What a thing does that is told to act like a person, what flies does that lands, and what somebody
    does who has nothing in his hands; a person who collides hits."""
    kind, told = cast.kind(name), tables()
    if kind == "thing" and verb in ("walk", "run", "push") and _idle(frame):
        return "rest"
    own = own_way(verb, name, frame, cast, cast.set_kind)
    if own != verb:
        return own
    if cast.acts(name):
        if verb in ("shatter", "explode") or frame.lemma in ("let go", "release"):
            return "gesture"
        if verb == "handle":
            return _empty_handed(frame, kind)
        if verb == "splash":
            return _wades(frame)
        if verb == "drive" and frame.lemma in _AFLOAT:
            return "swim"
        return ACTED.get(verb, verb)
    table = told["vehicle_verbs" if kind == "vehicle" else "thing_verbs"]
    if frame.lemma in _REACHING and cast.is_furniture(name):
        return "rest"
    if verb in table:
        return table[verb]  # type: ignore[no-any-return]
    if verb in BY_ACTORS:
        if frame.lemma not in told["resting"]["lemmas"] and verb != "look":
            what = cast.bodies[name].noun
            gaps.say(frame.span, f"a {what} does not act by itself here", NAME_ONE)
        return "rest"
    return verb


def _idle(frame: Frame) -> bool:
    """ "the candle goes out", "the alarm goes off": nothing goes anywhere."""
    led = bool(frame.places) or frame.direction is not None or bool(frame.speed_m_s)
    return not led and frame.lemma.split()[0] in _IDLE and len(frame.lemma.split()) > 1


_IDLE = ("go", "come", "get", "run", "turn", "pass", "set")


def _wades(frame: Frame) -> Verb:
    """Through water one walks, into it one jumps; on the spot it splashes."""
    ways = {place.way for place in frame.places}
    if ways & {"through", "along", "across", "down"}:
        return "walk"
    return "splash"


def _empty_handed(frame: Frame, kind: str) -> Verb:
    told = tables()["empty_handed"]
    if frame.lemma == "play" and frame.patients:
        return "gesture"
    lemma = frame.lemma if kind == "animal" and frame.lemma in told else kind
    return told[lemma]  # type: ignore[no-any-return]
