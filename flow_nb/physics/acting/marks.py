"""Where to stand and which way to go. In: who goes to what, and the furniture. Out: a mark, and a line to it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from flow_nb.physics.acting.lines import Line, straight
from flow_nb.physics.acting.live import Live
from flow_nb.physics.acting.turns import Vec, facing, heading_rad, sub
from flow_nb.physics.room import box_m

ARM_M = 0.44
"""Between the root of an adult and the near side of what it takes."""
BODY_M = 0.22
LOW_M = 0.22
"""What is lower than this is stepped over, not walked round."""

Footprint = tuple[float, float, float, float]


def footprints(live: Live, *, but: frozenset[str] = frozenset()) -> list[Footprint]:
    """The ground that furniture and big things take: x from, x to, y from, y to."""
    found = []
    for name, stand in live.stands.items():
        if name in but or name in live.people or not live.exists(name):
            continue
        (x0, y0, z0), (x1, y1, z1) = box_m(stand)
        if z0 < 1.0 and z1 > LOW_M and (stand.body.fixed or x1 - x0 > 0.5):
            found.append((float(x0), float(x1), float(y0), float(y1)))
    return found


def mark_at(live: Live, thing: str, begin: Vec, *, gap_m: float | None = None) -> tuple[Vec, float]:
    """Where somebody from ``begin`` stands to have a thing at hand, and with which heading."""
    x, y, _ = live.middle(thing)
    half = 0.1 if thing in live.people else live.boxes[thing].round_m
    base = (ARM_M if gap_m is None else gap_m) + min(half, 0.6)
    boxes = footprints(live, but=frozenset({thing}) if gap_m is not None else frozenset())
    home = math.atan2(begin[1] - y, begin[0] - x)
    best, mark = math.inf, (x + base * math.cos(home), y + base * math.sin(home), begin[2])
    for radius in (base, base + 0.1, base + 0.2, base + 0.3):
        for i in range(16):
            angle = home + i * math.tau / 16
            spot = (x + radius * math.cos(angle), y + radius * math.sin(angle), begin[2])
            if any(_inside(spot, box, BODY_M) for box in boxes):
                continue
            cost = math.hypot(spot[0] - begin[0], spot[1] - begin[1]) + 2 * (radius - base)
            cost += 0.25 * max(0.0, -math.sin(angle))
            if cost < best:
                best, mark = cost, spot
        if best < math.inf:
            break
    return mark, heading_rad(sub((x, y, 0.0), (mark[0], mark[1], 0.0)))


def line_to(live: Live, begin: Vec, end: Vec, *, but: frozenset[str] = frozenset()) -> Line:
    """A line that goes round the furniture by its corners, where it can."""
    boxes = [
        box
        for box in footprints(live, but=but)
        if not _inside(begin, box, BODY_M * 0.5) and not _inside(end, box, BODY_M * 0.5)
    ]
    if not _crosses(begin, end, boxes):
        return straight(begin, end)
    corners = [(x, y, begin[2]) for box in boxes for x, y in _corners(box, BODY_M + 0.08)]
    ways = [[c] for c in corners if _open([begin, c, end], boxes)]
    if not ways:
        ways = [[c, d] for c in corners for d in corners if _open([begin, c, d, end], boxes)]
    if not ways:
        return straight(begin, end)
    return min((straight(begin, end, way) for way in ways), key=lambda line: line.length_m)


def beyond(live: Live, thing: str, begin: Vec, way_m: float) -> Vec:
    """A point on the other side of something."""
    x, y, _ = live.middle(thing)
    way = facing(heading_rad((x - begin[0], y - begin[1], 0.0)))
    half = live.boxes[thing].round_m if thing in live.boxes else 0.2
    return x + way[0] * (way_m + half), y + way[1] * (way_m + half), begin[2]


def _open(points: list[Vec], boxes: list[Footprint]) -> bool:
    return all(not _crosses(a, b, boxes) for a, b in pairwise(points))


def _crosses(a: Vec, b: Vec, boxes: list[Footprint]) -> bool:
    n = max(2, int(math.hypot(b[0] - a[0], b[1] - a[1]) / 0.06))
    return any(
        _inside((a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n, 0.0), box, BODY_M)
        for box in boxes
        for i in range(n + 1)
    )


def _inside(spot: Vec, box: Footprint, room: float) -> bool:
    return box[0] - room < spot[0] < box[1] + room and box[2] - room < spot[1] < box[3] + room


def _corners(box: Footprint, room: float) -> Iterator[tuple[float, float]]:
    for x in (box[0] - room, box[1] + room):
        for y in (box[2] - room, box[3] + room):
            yield x, y
