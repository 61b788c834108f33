"""Who works at a desk. In: drafts, cast, marks. Out: a laptop on a desk, whoever types on it seated behind.

"A woman types on a laptop at a desk" puts the laptop on the desk, not beside it; where no table is told,
one is brought.
"""

from __future__ import annotations

from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.clock import Draft
from flow_nb.director.plotting.marks import INFERRED, Marks
from flow_nb.plan.base import Origin
from flow_nb.props.archetypes import sets

ON_DESKS = ("laptop", "typewriter", "computer", "keyboard")
"""What one works with where it stands."""
DESKS = ("desk", "table", "shelf", "cabinet")
RESTS = ("sofa", "bed", "swing", "rug", "mattress", "log", "bench")
"""Where nobody needs a desk: it lies on the lap."""
AT = ("beside", "on", "in front of", "behind", "")


def set_desks(drafts: list[Draft], cast: Cast, marks: Marks) -> None:
    """Brings thing, desk, chair and worker together for the first work of each; the rest stays."""
    seen: set[str] = set()
    for draft in drafts:
        thing, who = _work(draft, cast)
        if thing is None or who is None or {thing, who} & seen:
            continue
        seen |= {thing, who}
        if any(body.prop in RESTS for body in cast.bodies.values()) or marks.relation(who) == "in":
            continue
        origin = Origin(provenance="inferred", confidence=INFERRED)
        desks = [name for name, body in cast.bodies.items() if body.prop in DESKS]
        outdoors = cast.set_kind in sets() and sets()[cast.set_kind].outdoors
        if not desks and outdoors:
            continue
        desk = desks[0] if desks else cast.bring("desk", "desk", origin)
        if marks.table_of(thing) != desk:
            marks.lay(thing, desk, origin)
        if marks.relation(who) not in AT or _goes(drafts, draft, who):
            continue
        chairs = [name for name, body in cast.bodies.items() if body.prop in ("chair", "stool")]
        chair = chairs[0] if chairs else cast.bring("chair", "chair", origin)
        marks.lay(chair, desk, origin, relation="behind")
        marks.lay(who, chair, origin)
        for other in drafts:
            sits = other.verb == "sit" and who in (other.body, other.fields.get("agent"))
            if sits and other.fields.get("target") == desk:
                other.fields["target"] = chair


def _work(draft: Draft, cast: Cast) -> tuple[str | None, str | None]:
    """What stands on a desk and the person who works on it."""
    if draft.verb != "handle" or draft.fields["expected"]:
        return None, None
    told = (draft.body, draft.fields.get("target"), draft.fields.get("instrument"))
    things = [name for name in told if name in cast.bodies and cast.bodies[name].prop in ON_DESKS]
    agents = (draft.fields.get("agent"), draft.body)
    people = [name for name in agents if name in cast.bodies and cast.kind(name) == "person"]
    return (things[0] if things else None), (people[0] if people else None)


def _goes(drafts: list[Draft], work: Draft, who: str) -> bool:
    """Whether somebody comes there first, so that he does not begin on the chair."""
    before = drafts[: drafts.index(work)]
    return any(
        draft.verb in ("walk", "run", "crawl", "climb")
        and who in (draft.body, draft.fields.get("agent"))
        for draft in before
    )
