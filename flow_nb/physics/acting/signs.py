"""Telling movements. In: an action without a thing in the hand. Out: scripts of looking, waving, pointing, gestures."""

from __future__ import annotations

from flow_nb.physics.acting.company import Company, wait
from flow_nb.physics.acting.figure import Figure, Script
from flow_nb.physics.acting.going import WAYS, go_up_to
from flow_nb.physics.acting.hands import free_side
from flow_nb.physics.acting.poses import SIDES, Side, only, pose
from flow_nb.physics.acting.turns import Vec, add, heading_rad, scaled, sub, unit, wrapped
from flow_nb.plan.actions import Action
from flow_nb.plan.plan import WORLD

MOODS = {
    "joy": ("happy", "joy", "cheer", "laugh", "celebrat", "excite", "delight", "glad", "proud"),
    "anger": ("angr", "rage", "furious", "shout", "yell", "scold", "storm", "mad"),
    "sadness": ("sad", "cry", "weep", "grie", "mourn", "sob", "lonely", "sigh"),
    "fear": (
        "fear",
        "afraid",
        "scare",
        "shock",
        "terrif",
        "frighten",
        "panic",
        "horror",
        "startle",
    ),
    "calm": ("calm", "peace", "serene", "quiet", "relax", "meditat", "breathe"),
}
"""Words, by their beginnings, and the gestures that go with them."""

VIEWS = frozenset({"rooftop", "beach", "sea", "mountain", "desert"})
OUT_RAD = 2.25
"""Places from which one looks out, and the heading from which one does: away from the camera, to the right."""

WORDS = {
    "nod": ("nod", "agree"), "shake": ("shake", "refus", "deny", "disagree"), "clap": ("clap", "applaud"),
}  # fmt: skip


def look(company: Company, figure: Figure, action: Action) -> Script:
    """Turns head and chest to it and keeps looking, wherever it goes."""
    live = company.live
    target = action.target if action.target not in (None, WORLD, figure.name) else None
    if target is None and action.body != figure.name:
        target = action.body
    if target is None and action.direction is None and company.plan.set.kind in VIEWS:
        yield from wait(figure, figure.turn_to(OUT_RAD))
        at = figure.ahead(3.0, 0.0, 0.9 * figure.height_m)
        figure.looks_at = lambda: at
    elif target is None:
        high = {"up": 1.8, "down": -0.9}.get(action.direction or "", 0.0)
        way = WAYS.get(action.direction or "forward", (0.0, 0.0, 0.0))
        at = add(figure.ahead(2.0 if way == (0.0, 0.0, 0.0) else 0.4, 0.0, 1.5 + high), way, 3.0)
        figure.looks_at = lambda: at
    else:
        figure.looks_at = lambda: live.middle(target)
        turn = wrapped(heading_rad(sub(live.middle(target), figure.at_m)) - figure.heading)
        if abs(turn) > 1.0 and not figure.engaged and figure.upright:
            yield from wait(
                figure, figure.turn_to(figure.heading + turn - 0.35 * (1 if turn > 0 else -1))
            )
    figure.go({"gaze": 1.0}, 0.4)
    yield from wait(figure, 0.6)


def wave(company: Company, figure: Figure, action: Action) -> Script:
    """The arm up beside the head, the forearm to and fro."""
    yield from _face(company, figure, action)
    side = free_side(company, figure)
    figure.busy.add(side)
    end = company.end_s(figure, action, 0.5 + 0.36 * 2 * (action.turns or 3))
    figure.go({f"{side}.swing": 0.0, f"{side}.reach": 0.0}, 0.3)
    i = 0
    while figure.now_s < end - 0.3 and i < 160:
        figure.strike("wave-b" if i % 2 else "wave-a", 0.45 if i == 0 else 0.3, side)
        yield from wait(figure, 0.45 if i == 0 else 0.3)
        i += 1
    figure.let_hang(side, 0.6)
    figure.busy.discard(side)
    yield from wait(figure, 0.5)


def point(company: Company, figure: Figure, action: Action) -> Script:
    """Stretches an arm towards it, and looks there."""
    yield from _face(company, figure, action)
    target = action.target if action.target not in (None, WORLD, figure.name) else None
    if target is None and action.body != figure.name:
        target = action.body
    side = free_side(company, figure, target)
    figure.busy.add(side)
    end = company.end_s(figure, action, 1.8)
    live = company.live
    way = WAYS.get(action.direction or "right", (0.0, 0.0, 1.0))

    def aim() -> Vec:
        shoulder = figure.placed[f"upper-arm-{side}"][0]
        goal = live.middle(target) if target else add(shoulder, way, 3.0)
        return add(shoulder, scaled(unit(sub(goal, shoulder)), 0.36 * figure.height_m))

    figure.reach(side, aim, 0.5)
    yield from wait(figure, max(end - figure.now_s - 0.6, 0.8))
    figure.let_hang(side, 0.6)
    figure.busy.discard(side)
    yield from wait(figure, 0.5)


def gesture(company: Company, figure: Figure, action: Action) -> Script:
    """Hands that talk, by word and mood: joy, anger, sadness, fear, calm; nods, claps; an embrace."""
    words = f"{action.lemma} {action.manner}".lower()
    target = action.target if action.target not in (None, WORLD, figure.name) else None
    if any(word in words for word in ("hug", "embrace", "kiss", "cuddle")) and target:
        yield from _embrace(company, figure, action, target)
        return
    yield from _face(company, figure, action)
    name = gesture_name(words, figure.body.mood.lower())
    side = free_side(company, figure)
    end = company.end_s(figure, action, 2.2)
    head = name in ("nod", "shake")
    busy = {grip.side for grip in company.grips.of(figure)}
    free: tuple[Side, ...] = tuple(s for s in SIDES if s not in busy)
    beat_s = {"clap": 0.16, "nod": 0.28, "shake": 0.26, "sadness": 1.1, "calm": 1.2}.get(name, 0.5)
    figure.go({f"{s}.swing": 0.0 for s in free} | ({"gaze": 0.4} if head else {}), 0.3)
    i = 0
    while figure.now_s < end - 0.3 and i < 200:
        wanted = only(pose(f"{name}-{'b' if i % 2 else 'a'}", side), sides=free)
        figure.go(wanted, max(beat_s, 0.5) if i == 0 else beat_s)
        yield from wait(figure, 0.45 if i == 0 else beat_s)
        i += 1
    rest = only(pose("arms-down"), sides=free) | pose("trunk-up") | pose("head-up")
    figure.go(rest | {f"{s}.swing": 1.0 for s in free} | {"gaze": 1.0}, 0.6)
    yield from wait(figure, 0.4)


def gesture_name(words: str, mood: str) -> str:
    """Which gesture words and a mood ask for.

    >>> gesture_name("nod", ""), gesture_name("talk", "furious"), gesture_name("talk", "")
    ('nod', 'anger', 'gesture')
    """
    for name, parts in WORDS.items():
        if any(part in words for part in parts):
            return name
    for text in (words, mood):
        for name, parts in MOODS.items():
            if any(part in text for part in parts):
                return name
    return "gesture"


def _embrace(company: Company, figure: Figure, action: Action, target: str) -> Script:
    yield from go_up_to(company, figure, target, action, 0.30)
    live = company.live
    for side, sign in (("left", 1.0), ("right", -1.0)):

        def round_it(sign: float = sign) -> Vec:
            x, y, z = live.middle(target)
            out = figure.ahead(1.0, 0.0, 0.0)
            way = unit(sub(out, figure.at_m))
            return (
                x - sign * 0.14 * way[1] + 0.08 * way[0],
                y + sign * 0.14 * way[0] + 0.08 * way[1],
                z,
            )

        figure.reach(side, round_it, 0.7)  # type: ignore[arg-type]
    yield from wait(figure, max(company.end_s(figure, action, 2.0) - figure.now_s, 1.0))
    for side in SIDES:
        figure.let_hang(side, 0.7)
    yield from wait(figure, 0.6)


def _face(company: Company, figure: Figure, action: Action) -> Script:
    """Turns and looks towards whom it is meant for, unless it is on its way or sits."""
    target = action.target if action.target not in (None, WORLD, figure.name) else None
    if target is None:
        return
    figure.looks_at = lambda: company.live.middle(target)
    figure.go({"gaze": 1.0}, 0.4)
    turn = wrapped(heading_rad(sub(company.live.middle(target), figure.at_m)) - figure.heading)
    if abs(turn) > 0.9 and not figure.engaged and figure.upright:
        yield from wait(figure, figure.turn_to(figure.heading + turn * 0.8))
