"""Where actors begin, and with what. In: a plan and its stands. Out: figures on marks from which they can act."""

from __future__ import annotations

import math

import numpy as np

from flow_nb.physics.acting.company import Company
from flow_nb.physics.acting.figure import Figure
from flow_nb.physics.acting.going import WAYS
from flow_nb.physics.acting.grips import needs_both
from flow_nb.physics.acting.handling import STAYS_PUT
from flow_nb.physics.acting.hands import flank, held_point
from flow_nb.physics.acting.marks import footprints
from flow_nb.physics.acting.poses import SIDES, Side
from flow_nb.physics.acting.postures import BEDS, lying, seated
from flow_nb.physics.acting.pushing import push_way
from flow_nb.physics.acting.score import Part, doer_of
from flow_nb.physics.acting.seats import SEATS, seat_mark
from flow_nb.physics.acting.striking import kick_mark
from flow_nb.physics.acting.turns import Vec, heading_rad, sub
from flow_nb.plan.actions import Action, Verb
from flow_nb.plan.plan import WORLD, Placement

AWAY_M: dict[Verb, float] = {
    "walk": 2.1, "run": 2.8, "pick up": 1.1, "lift": 1.1, "carry": 1.1, "hold": 1.0, "push": 1.3,
    "pull": 1.2, "sit": 1.2, "lie": 1.4, "open": 1.3, "close": 1.3, "hit": 1.1, "climb": 1.2,
    "reach": 1.0, "handle": 0.9, "throw": 2.3, "knock over": 1.1, "drop": 0.9, "slide": 1.1,
    "jump": 1.3, "point": 1.8, "look": 1.6, "wave": 2.0, "gesture": 0.95, "put down": 1.2,
}  # fmt: skip
"""How far from what it acts on somebody begins."""
IN_HAND: frozenset[Verb] = frozenset(
    {"throw", "drop", "hold", "handle", "put down", "carry", "roll", "shake", "lower", "bounce"}
)
COMES: frozenset[Verb] = frozenset({"walk", "run", "sit", "lie", "crawl", "climb"})
"""Who begins with these is not yet there, unless the text says so itself."""
STAGE_M = 2.3
QUARTER_RAD = math.radians(32)


def cast(company: Company, parts: list[Part]) -> None:
    """Puts every figure on its mark, as it begins: standing or seated, with what it holds and wears."""
    placements = {p.body: p for p in company.plan.placements}
    for part in parts:
        figure = part.figure
        placement = placements.get(figure.name)
        first = _first(part)
        arrives = first is not None and first.verb in COMES
        arrives = arrives and (not _told(placement) or _sits_later(part, placement))
        if placement is not None and not arrives and _on_seat(company, figure, placement):
            continue
        placement = None if arrives else placement
        if first is not None and first.verb == "stand" and _rises(company, figure, first):
            continue
        at = _mark(company, figure, first, placement)
        heading = _heading(company, figure, at, first)
        figure.stand_at(at, heading)
        if first is not None and first.verb == "kick":
            _behind_ball(company, figure, first, placement)
    _throwers_face_catchers(company, parts, placements)
    _make_room(company)
    for part in parts:
        _equip(company, part, placements)
        part.figure.settle()


def _sits_later(part: Part, placement: Placement | None) -> bool:
    """Whether the seat that the text names is where it only arrives; who "lies in bed" is there."""
    first = _first(part)
    if first is not None and first.verb == "lie" and "down" not in first.lemma and _told(placement):
        return False
    return placement is not None and any(
        cue.verb in ("sit", "lie") and cue.target == placement.anchor for cue in part.cues
    )


def _rises(company: Company, figure: Figure, first: Action) -> bool:
    """Begins on the seat from which it gets up."""
    seat = first.source or first.target
    if seat is None or seat not in company.live.stands:
        return False
    return _on_seat(company, figure, Placement(body=figure.name, relation="on", anchor=seat))


def _first(part: Part) -> Action | None:
    actions = sorted([*part.cues[:1], *part.along[:1]], key=lambda a: a.start_s)
    return part.cues[0] if part.cues else actions[0] if actions else None


def _told(placement: Placement | None) -> bool:
    """Whether the text itself says where it stands."""
    return placement is not None and placement.origin.provenance == "literal"


def _mark(
    company: Company, figure: Figure, first: Action | None, placement: Placement | None
) -> Vec:
    x, y, _ = figure.at_m
    ground = 0.0
    if (
        placement is not None
        and placement.relation in ("on", "edge of")
        and placement.anchor != WORLD
    ):
        ground = (
            company.live.top_m(placement.anchor) if placement.anchor in company.live.stands else 0.0
        )
        return x, y, ground
    if first is None or _told(placement):
        return x, y, ground
    thing = _partner(company, figure, first)
    if thing is None:
        if first.verb in ("walk", "run", "crawl", "swim") and not first.target and not first.path:
            way = WAYS.get(first.direction or "right", (0.0, 0.0, 0.0))
            far = 1.3 if first.verb != "run" else 1.9
            return x * 0.3 - far * way[0], (y * 0.3 if way[1] == 0 else -0.9 * way[1]), ground
        return x, y, ground
    middle = company.live.middle(thing)
    wanted = AWAY_M.get(first.verb, 0.0)
    if thing in company.live.boxes and thing not in company.live.people:
        wanted += min(company.live.boxes[thing].round_m, 0.8) if wanted else 0.0
    far = math.hypot(middle[0] - x, middle[1] - y)
    if not wanted or (wanted - 0.5 < far < wanted + 0.9):
        return x, y, ground
    side = -1.0 if middle[0] > -0.5 else 1.0
    if first.direction == "left":
        side = 1.0
    spot = middle[0] + side * wanted
    if abs(spot) > STAGE_M:
        spot = middle[0] - side * wanted
    return min(max(spot, -STAGE_M - 0.3), STAGE_M + 0.3), middle[1] - 0.25, ground


def _partner(company: Company, figure: Figure, action: Action) -> str | None:
    """What an actor acts on, or goes to."""
    names = [action.body, action.target, *(leg.body for leg in action.path)]
    if action.verb in ("throw", "roll"):
        names = [action.target]
    for name in names:
        if name not in (None, WORLD, figure.name) and name in company.live.stands:
            return name
    return None


def _heading(company: Company, figure: Figure, at: Vec, first: Action | None) -> float:
    """To what it acts on; the way it goes; else three-quarters to the camera, to the middle."""
    thing = _partner(company, figure, first) if first is not None else None
    if thing is not None:
        return heading_rad(sub(company.live.middle(thing), at))
    goes = first is not None and first.verb in ("walk", "run", "crawl", "swim")
    if goes and first is not None and (first.direction in WAYS or first.direction is None):
        return heading_rad(WAYS.get(first.direction or "right", (1.0, 0.0, 0.0)))
    others = [f.at_m for f in company.figures.values() if f is not figure]
    if others:
        near = min(others, key=lambda p: math.hypot(p[0] - at[0], p[1] - at[1]))
        return math.copysign(1.6 * QUARTER_RAD, near[0] - at[0])
    return -QUARTER_RAD if at[0] > 0.05 else QUARTER_RAD


def _behind_ball(
    company: Company, figure: Figure, action: Action, placement: Placement | None
) -> None:
    """A stride behind the kick's mark, on the side away from where the ball is to go."""
    thing = _partner(company, figure, action)
    if thing is None or thing not in company.live.boxes or _told(placement):
        return
    if action.target in (None, WORLD, thing) and action.direction is None:
        ball = company.live.middle(thing)
        figure.stand_at((ball[0] - 1.0, ball[1], figure.at_m[2]), math.pi / 2)
    way = push_way(company, figure, action, thing)
    mark, heading = kick_mark(company, figure, thing, way)
    step = 0.42 * figure.height_m
    at = (mark[0] - step * way[0], mark[1] - step * way[1], figure.at_m[2])
    figure.stand_at(at, heading)


def _throwers_face_catchers(
    company: Company, parts: list[Part], placements: dict[str, Placement]
) -> None:
    """Two who throw and catch stand apart and look at each other."""
    for action in company.plan.actions:
        doer = doer_of(company.plan, action)
        if action.verb != "throw" or doer is None or action.target not in company.figures:
            continue
        one, two = company.figures[doer], company.figures[str(action.target)]
        if _told(placements.get(one.name)) and _told(placements.get(two.name)):
            continue
        away = sub(two.at_m, one.at_m)
        if math.hypot(away[0], away[1]) < 2.0:
            side = -1.0 if one.at_m[0] <= two.at_m[0] else 1.0
            one.stand_at((side * 1.25, one.at_m[1] * 0.3, one.at_m[2]), 0.0)
            two.stand_at((-side * 1.25, two.at_m[1] * 0.3, two.at_m[2]), 0.0)
        for a, b in ((one, two), (two, one)):
            a.stand_at(a.at_m, heading_rad(sub(b.at_m, a.at_m)))


def _make_room(company: Company) -> None:
    """Nobody begins in a table or in somebody else."""
    placed: list[Figure] = []
    for figure in company.figures.values():
        if figure.upright and figure.at_m[2] < 0.05:
            for _ in range(6):
                push = _out_of(company, figure, placed)
                if push is None:
                    break
                x, y, z = figure.at_m
                figure.stand_at((x + push[0], y + push[1], z), figure.heading)
        placed.append(figure)


def _out_of(company: Company, figure: Figure, placed: list[Figure]) -> tuple[float, float] | None:
    x, y, _ = figure.at_m
    for x0, x1, y0, y1 in footprints(company.live):
        room = 0.20
        if x0 - room < x < x1 + room and y0 - room < y < y1 + room:
            moves = [
                (x0 - room - x - 0.01, 0.0),
                (x1 + room - x + 0.01, 0.0),
                (0.0, y0 - room - y - 0.01),
            ]
            return min(moves, key=lambda m: abs(m[0]) + abs(m[1]))
    for other in placed:
        away = (x - other.at_m[0], y - other.at_m[1])
        far = float(np.hypot(*away))
        if far < 0.55:
            way = (1.0, 0.0) if far < 1e-3 else (away[0] / far, away[1] / far)
            return way[0] * (0.58 - far), way[1] * (0.58 - far)
    return None


def _on_seat(company: Company, figure: Figure, placement: Placement) -> bool:
    """Begins seated, or lying, where the text puts it on a seat or a bed."""
    anchor = placement.anchor
    if placement.relation not in ("on", "in") or anchor not in company.live.stands:
        return False
    prop = company.live.stands[anchor].prop.name
    if prop not in SEATS or prop in ("box", "crate", "log"):
        return False
    x, y, _ = figure.at_m
    figure.stand_at((x, y, 0.0), 0.0)
    mark, heading = seat_mark(company, figure, anchor)
    figure.stand_at(mark, heading)
    if prop in BEDS and prop not in ("sofa", "bench"):
        lying(company, figure, anchor)
    else:
        figure.dials.put(seated(company, figure, anchor))
    figure.settle()
    return True


def _equip(company: Company, part: Part, placements: dict[str, Placement]) -> None:
    """What it wears, what it holds as the text says, and what it must have in hand for what it does."""
    figure, live = part.figure, company.live
    for thing, placement in placements.items():
        if placement.anchor != figure.name or not live.free(thing):
            continue
        if placement.relation == "worn by":
            company.grips.give(figure, thing, "right", "head")
        elif placement.relation == "held by":
            _hand(company, figure, thing)
    for action in sorted(part.cues, key=lambda a: a.start_s):
        tools = [action.instrument] if action.verb in ("hit", "handle", "knock over") else []
        if action.verb in IN_HAND and action.body != figure.name:
            tools.append(action.body)
        for tool in tools:
            if tool in (None, WORLD, figure.name) or tool in company.grips.held:
                continue
            if _first_use(company, str(tool)) is action and _loose(company, str(tool), placements):
                _hand(company, figure, str(tool))


def _first_use(company: Company, thing: str) -> Action | None:
    uses = [a for a in company.plan.actions if thing in a.names and not a.expected]
    return min(uses, key=lambda a: a.start_s, default=None)


def _loose(company: Company, thing: str, placements: dict[str, Placement]) -> bool:
    """Whether a thing has no place of its own, and can be held."""
    placement = placements.get(thing)
    stands = placement is not None and placement.origin.provenance != "default"
    stands = stands or (placement is not None and company.live.stands[thing].prop.name in STAYS_PUT)
    return company.live.free(thing) and not stands and thing not in company.live.people


def _hand(company: Company, figure: Figure, thing: str) -> None:
    taken = {grip.side for grip in company.grips.of(figure)}
    if len(taken) > 1:
        return
    side: Side = "left" if "right" in taken else "right"
    both = needs_both(company.live, thing)
    company.grips.give(figure, thing, side, "front" if both else "hand")
    for one in SIDES if both else (side,):
        figure.aim_now(one, flank(company, figure, thing, one) if both else held_point(figure, one))
