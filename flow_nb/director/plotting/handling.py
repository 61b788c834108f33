"""Where things are that somebody handles. In: drafts and marks. Out: marks for what nobody placed."""

from __future__ import annotations

from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.clock import Draft
from flow_nb.director.plotting.desks import set_desks
from flow_nb.director.plotting.marks import Marks
from flow_nb.plan.plan import WORLD

HELD = (
    "throw",
    "drop",
    "hold",
    "carry",
    "handle",
    "pour",
    "put down",
    "shake",
    "lower",
    "swing",
    "point",
    "rest",
)
GOES = ("walk", "run", "jump", "crawl", "climb", "swim", "fly", "carry", "push", "pull")
ON_FOOT = ("walk", "run", "crawl")
FAR = ("look", "wave", "point", "gesture", "throw", "hold", "carry", "handle", "drop", "drive")
"""What is done from where one stands, or with what one has."""
LAID_OUT = ("pick up", "reach", "lift")
PUSHED = ("roll", "slide", "push", "collide", "pull")
SEATS = ("chair", "stool", "sofa", "bench", "bed", "swing")
TUBS = ("bathtub", "bucket", "bowl", "barrel")
HAND_M, POUR_M = 1.3, 0.15
BRINGS = ("carry", "put down", "throw")
RIDDEN = ("bicycle", "motorcycle", "skateboard", "surfboard", "snowboard", "skis", "sled", "horse",
          "elephant", "cow", "dragon")  # fmt: skip


def hand_out(drafts: list[Draft], cast: Cast, marks: Marks) -> None:
    """What is handled starts in the hand that handles it, or within its reach.

    A thrown ball is held by its thrower, a book that is picked up lies on a table if there is one, a
    rider sits on what he rides, a jug that nobody holds hangs above what it fills.
    """
    set_desks(drafts, cast, marks)
    seen: set[str] = set()
    gone: set[str] = set()
    for draft in drafts:
        body, agent = draft.body, draft.fields.get("agent")
        if body not in seen and not draft.fields["expected"]:
            goals = {d.fields.get("target") for d in drafts if d.body == body and d.verb in BRINGS}
            _first(draft, body, agent, cast, marks, gone=agent in gone, goals=goals)
        if draft.verb in GOES and not draft.fields["expected"]:
            gone |= {name for name in (body, agent) if name and cast.acts(name)}
        seen |= draft.names
        tool = draft.fields.get("instrument")
        if tool and tool not in marks.placements and not cast.acts(tool):
            who = agent or body
            if cast.acts(who) and cast.size_m(tool) <= HAND_M:
                marks.default(tool, "held by", who)
    _carry_open(cast, marks)
    _fill_tubs(drafts, cast, marks)
    for draft in drafts:
        _share_table(draft, cast, marks)
    _lead_to(drafts, cast)


def _first(
    draft: Draft,
    body: str,
    agent: str | None,
    cast: Cast,
    marks: Marks,
    *,
    gone: bool,
    goals: set[str | None],
) -> None:
    """The first time that something is done to a body. ``gone``: who does it came there first;
    ``goals`` is where the body is brought, and not yet."""
    verb = draft.verb
    there = marks.placements.get(body)
    if agent is None or not cast.acts(agent) or (there is not None and there.anchor != WORLD):
        if verb == "pour" and body not in marks.placements:
            _above_target(draft, body, marks)
        _seat(draft, cast, marks)
        return
    if verb == "drive" or (
        cast.bodies[body].prop in RIDDEN and verb in ("walk", "run", "jump", "fly")
    ):
        if not gone:
            marks.default(agent, "on" if cast.bodies[body].prop in RIDDEN else "in", body)
    elif cast.acts(body):
        return
    elif verb in HELD and cast.size_m(body) <= HAND_M and not cast.is_furniture(body):
        marks.default(body, "held by", agent)
    elif verb in HELD and not gone:
        behind = cast.is_furniture(body) and verb == "handle"
        relation = "behind" if behind else "beside"
        marks.default(agent, relation, body)
    elif verb in ("lift", "swing", "wave", "spin", "hit") and _his(cast, body):
        marks.default(body, "held by", agent)
    elif verb in LAID_OUT and (table := _table(cast)) and table not in goals:
        marks.default(body, "on", table)


def _carry_open(cast: Cast, marks: Marks) -> None:
    """An umbrella that nobody placed is over somebody's head: "walks in the rain with an umbrella"."""
    people = [name for name in cast.bodies if cast.kind(name) == "person"]
    for name, body in list(cast.bodies.items()):
        if body.prop == "umbrella" and name not in marks.placements and people:
            marks.default(name, "held by", people[0])


def _fill_tubs(drafts: list[Draft], cast: Cast, marks: Marks) -> None:
    """What floats in a tub floats on water, whether the text says so or not."""
    for draft in drafts:
        place = marks.placements.get(draft.body)
        if draft.verb != "float" or place is None or place.relation != "in":
            continue
        tub = place.anchor
        if tub in cast.bodies and cast.bodies[tub].prop in TUBS:
            cast.change(tub, filled=cast.bodies[tub].filled or "water")
            draft.fields["target"] = draft.fields.get("target") or tub


def _his(cast: Cast, body: str) -> bool:
    """ "His sword": he has it with him."""
    own = cast.is_own(body)
    return own and cast.size_m(body) <= HAND_M and not cast.is_furniture(body)


def _above_target(draft: Draft, body: str, marks: Marks) -> None:
    target = draft.fields.get("target")
    if target and target != WORLD:
        marks.default(body, "above", target)
        place = marks.placements[body]
        if place.relation == "above":
            marks.placements[body] = place.model_copy(update={"height_m": POUR_M})


def _seat(draft: Draft, cast: Cast, marks: Marks) -> None:
    """Who sits, lies or stands on something is there already; "sits down" goes there first."""
    target, body = draft.fields.get("target"), draft.body
    if draft.verb not in ("sit", "lie", "stand") or not target or not cast.acts(body):
        return
    goes_first = draft.fields["lemma"].split()[-1:] in (["down"], ["up"])
    goes_first = goes_first and not draft.fields["lemma"].startswith(
        ("curl", "prop", "huddle", "bundle")
    )
    if target != WORLD:
        on = draft.fields.get("how") in ("on", "onto", "in", "into", None)
        inside = draft.fields.get("how") in ("in", "into") and cast.encloses(target)
        there = "in" if inside else "on"
        marks.default(body, "beside" if goes_first or not on else there, target)


def _lead_to(drafts: list[Draft], cast: Cast) -> None:
    """Who walks through a park and sits on a bench walks to that bench."""
    told = [draft for draft in drafts if not draft.fields["expected"]]
    done = [d for d in told if d.verb != "rest" or d.fields.get("target")]
    for i, draft in enumerate(done):
        fields = draft.fields
        aimless = fields.get("target") in (None, WORLD) and not fields.get("direction")
        if draft.verb not in ON_FOOT or not aimless or not cast.acts(draft.body):
            continue
        after = next(
            (d for d in done[i + 1 :] if draft.body in (d.body, d.fields.get("agent"))), None
        )
        if (
            after is None
            or after.start_s <= draft.start_s
            or after.verb in FAR
            or after.verb in ON_FOOT
        ):
            continue
        acts = after.body == draft.body
        goal = after.fields.get("target") if acts else after.body
        if goal and goal != WORLD and goal not in (leg.body for leg in fields["path"]):
            fields |= {"target": goal, "how": "to"}


def _table(cast: Cast) -> str | None:
    return next((name for name in cast.bodies if cast.is_furniture(name)), None)


def _share_table(draft: Draft, cast: Cast, marks: Marks) -> None:
    """Who rolls into something does it on one table: whichever of the two has one."""
    target = draft.fields.get("target")
    if draft.verb not in PUSHED or not target or target == WORLD or draft.fields["expected"]:
        return
    if cast.acts(draft.body) or cast.acts(target):
        return
    marks.follow(draft.body, target)
    if not draft.fields.get("source") and not cast.bodies[target].fixed:
        marks.follow(target, draft.body)
