"""What a text tells without saying it. In: drafts and marks. Out: drafts and marks in which it stands.

"The lid of the chest opens": the chest does. What spills across a table stood on it. What sinks or
floats where one bowl of water is does so in that bowl, and what goes into a vessel is no larger than it.
"""

from __future__ import annotations

from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.clock import Draft
from flow_nb.director.plotting.marks import INFERRED, SMALL_M, Marks
from flow_nb.plan.base import DEFAULT, Origin
from flow_nb.plan.plan import WORLD
from flow_nb.props.archetypes import archetypes, sets
from flow_nb.props.shapes import prop_bounds_m

LEAVES = ("lid", "cover", "door", "flap", "top", "hatch")
"""Parts that turn on what they belong to."""
OPENS = ("open", "close")
SPILLS = ("pour", "knock over")
OVER = ("across", "over", "along")
INTO = ("splash", "sink", "float")
WITHIN, SHARED = 0.7, 0.38
"""What goes into a vessel takes at most this share of its width; less where something is in it."""
TABLE, RAMP = "table", "ramp"
RAMP_SIZES, MOST_RAMP = 3.6, 4.0
"""A ramp is at least so many times as long as what is on it, and at most so many times its usual size."""
WET = ("sea", "underwater")
DRINKS, POND = ("drink", "lap", "drink from"), "pond"


def imply(drafts: list[Draft], cast: Cast, marks: Marks) -> None:
    """Changes drafts, bodies and marks, where a text leaves them open."""
    _lengthen(cast, marks)
    for draft in drafts:
        if draft.verb in OPENS:
            _turn_whole(draft, drafts, cast, marks)
        elif draft.verb in SPILLS:
            _stand_on(draft, cast, marks)
            _set_table(draft, cast, marks)
        elif draft.verb in INTO and cast.set_kind not in WET:
            _go_in(draft, cast, marks)
        elif draft.fields.get("lemma") in DRINKS:
            _give_water(draft, cast, marks)


def _lengthen(cast: Cast, marks: Marks) -> None:
    """A ramp down which something large goes is long enough that one sees it go."""
    for name, place in marks.placements.items():
        ramp = place.anchor
        if ramp == WORLD or cast.bodies[ramp].prop != RAMP or _measured(ramp, cast):
            continue
        share = RAMP_SIZES * cast.size_m(name) / cast.size_m(ramp)
        if place.relation in ("on", "edge of") and share > 1.0:
            cast.change(ramp, scale=round(min(cast.bodies[ramp].scale * share, MOST_RAMP), 4))


def _inferred(origin: Origin) -> Origin:
    return origin.model_copy(update={"provenance": "inferred", "confidence": INFERRED})


def _turn_whole(draft: Draft, drafts: list[Draft], cast: Cast, marks: Marks) -> None:
    """A lid on a chest is the chest's own."""
    part = draft.body
    place = marks.placements.get(part)
    if cast.bodies[part].noun not in LEAVES or place is None or place.anchor == WORLD:
        return
    whole = place.anchor
    row = archetypes().get(cast.bodies[whole].prop)
    alone = not any(part in (p.anchor, p.other) for p in marks.placements.values())
    if row is None or row.hinge is None or not alone:
        return
    for other in drafts:
        for key in ("body", "target", "source", "instrument"):
            if other.fields.get(key) == part:
                other.fields[key] = whole
    marks.forget(part)
    cast.join(part, whole)


def _stand_on(draft: Draft, cast: Cast, marks: Marks) -> None:
    """On the table across which it spills."""
    place = marks.placements.get(draft.body)
    if (place is not None and place.origin != DEFAULT) or cast.acts(draft.body):
        return
    for leg in draft.fields["path"]:
        if leg.way in OVER and leg.body != WORLD and cast.is_furniture(leg.body):
            marks.lay(draft.body, leg.body, _inferred(cast.bodies[leg.body].origin))
            return


def _set_table(draft: Draft, cast: Cast, marks: Marks) -> None:
    """Who pours something small into something small does it on a table."""
    name, agent, target = draft.body, draft.fields.get("agent"), draft.fields.get("target")
    if draft.verb != "pour" or target in (None, WORLD) or not cast.acts(agent or ""):
        return
    both = (name, str(target))
    if any(cast.is_furniture(one) or cast.acts(one) for one in both):
        return
    if max(cast.size_m(one) for one in both) > SMALL_M:
        return
    table = marks.table_of(both[1]) or marks.table_of(name)
    if table is None and any(marks.told(one) for one in both):
        return
    origin = _inferred(cast.bodies[name].origin)
    table = table or next((n for n, b in cast.bodies.items() if b.prop == TABLE), None)
    table = table or cast.bring(TABLE, TABLE, origin)
    for one in both:
        if marks.table_of(one) != table:
            marks.lay(one, table, origin)


def _give_water(draft: Draft, cast: Cast, marks: Marks) -> None:
    """An animal that drinks out of doors, and from nothing that stands there, drinks from a pond."""
    who = draft.fields.get("agent") or draft.body
    outdoors = cast.set_kind in sets() and sets()[cast.set_kind].outdoors
    if draft.fields["expected"] or draft.fields.get("target") or who not in cast.bodies:
        return
    if cast.kind(who) != "animal" or not outdoors or cast.set_kind in WET or who != draft.body:
        return
    origin = _inferred(cast.bodies[who].origin)
    ponds = [name for name, body in cast.bodies.items() if body.prop == POND]
    pond = ponds[0] if ponds else cast.bring(POND, POND, origin)
    draft.fields["target"] = pond
    if marks.relation(who) in ("", "on"):
        marks.lay(who, pond, origin, relation="beside")


def _go_in(draft: Draft, cast: Cast, marks: Marks) -> None:
    """Into the one vessel with something in it, and so small that it fits."""
    name, target = draft.body, draft.fields.get("target")
    if cast.acts(name) or cast.is_furniture(name) or cast.bodies[name].filled:
        return
    full = [other for other, body in cast.bodies.items() if body.filled and other != name]
    if target in (None, WORLD) and len(full) == 1 and draft.verb != "splash":
        target = full[0]
        draft.fields |= {"target": target, "how": "into" if draft.verb == "sink" else "in"}
        origin = _inferred(cast.bodies[target].origin)
        if draft.verb == "float" and marks.relation(name) != "in":
            marks.lay(name, target, origin, relation="in")
        elif draft.verb == "sink" and marks.relation(name) != "in":
            marks.lay(name, target, origin, relation="above")
    if target in full:
        shared = any(p.anchor == target and p.body != name for p in marks.placements.values())
        _fit(name, target, cast, SHARED if shared else WITHIN)


def _fit(name: str, vessel: str, cast: Cast, share: float) -> None:
    """Makes it smaller where the text does not say how large it is."""
    most = share * min(_wide_m(vessel, cast))
    widest = max(_wide_m(name, cast))
    if widest > most and not _measured(name, cast):
        body, by = cast.bodies[name], most / widest
        mass = None if body.mass_kg is None else round(body.mass_kg * by**3, 4)
        cast.change(name, scale=round(body.scale * by, 4), mass_kg=mass)


def _measured(name: str, cast: Cast) -> bool:
    """Whether the text says how large or heavy it is."""
    thing = next((i for i, names in cast.of.items() if name in names and i >= 0), len(cast.things))
    told = cast.things[thing] if thing < len(cast.things) else None
    return told is not None and (
        told.size_m is not None or told.mass_kg is not None or told.scale != 1.0
    )


def _wide_m(name: str, cast: Cast) -> tuple[float, float]:
    body = cast.bodies[name]
    low, high = prop_bounds_m(archetypes()[body.prop], body.scale)
    return float(high[0] - low[0]), float(high[1] - low[1])
