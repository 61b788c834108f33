"""How it is seen. In: notes, and who acts. Out: a `Camera`; what nobody says follows from the size of things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from flow_nb.director.frame import Note
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.noted import Noted
from flow_nb.errors import PlanError
from flow_nb.plan.actions import Action
from flow_nb.plan.base import Origin
from flow_nb.plan.look import Angle, Camera, Move, Pace, ShotSize
from flow_nb.plan.plan import WORLD

LENSES_MM, HEIGHTS_M = (10.0, 300.0), (0.02, 50.0)
SMALL_M, LARGE_M, HUGE_M = 0.07, 2.6, 12.0
TOLD_BY: dict[str, tuple[str, ...]] = {
    "size": get_args(ShotSize), "angle": get_args(Angle), "move": get_args(Move), "pace": get_args(Pace),
}  # fmt: skip


def camera_of(
    noted: Noted, cast: Cast, actions: Sequence[Action], duration_s: float, gaps: Gaps
) -> Camera:
    """The finished camera.

    Raises:
        PlanError: a lens or a height that no rig has.
    """
    fields: dict[str, Any] = {}
    for name, options in TOLD_BY.items():
        note = noted.of(f"camera.{name}")  # type: ignore[arg-type]
        if note is not None and note.value in options:
            fields[name] = note.value
    origin = noted.origin(
        "camera.size", "camera.angle", "camera.lens", "camera.height", "camera.target",
        "camera.focus", "camera.focus_to", "camera.handheld", "camera.pace",
    )  # fmt: skip
    move_origin = noted.origin("camera.move")
    target = _named(noted, "camera.target", cast, gaps)
    subject = target or _first_to_act(cast, actions)
    if "size" not in fields and (size := _size(cast, subject, actions, alone=target is not None)):
        fields["size"] = size
        if origin.provenance == "default":
            origin = Origin(provenance="inferred", confidence=0.5)
    fields |= _measured(noted)
    focus, focus_to = (_named(noted, k, cast, gaps) for k in ("camera.focus", "camera.focus_to"))
    if focus_to:
        fields |= {"focus": focus, "focus_to": focus_to, "focus_s": round(duration_s / 2, 3)}
    elif focus:
        fields["focus"] = focus
    if _racks_to_nothing(noted, focus_to):
        fields |= _rack(cast, focus, subject, duration_s)
    return Camera(
        **fields,
        target=subject,
        handheld=noted.of("camera.handheld") is not None,
        origin=origin,
        move_origin=move_origin,
    )


def _measured(noted: Noted) -> dict[str, float]:
    found = {}
    if note := noted.of("camera.lens"):
        found["lens_mm"] = _bounded("lens", float(note.value), LENSES_MM, "mm", '"50mm lens"')
    if note := noted.of("camera.height"):
        found["height_m"] = _bounded(
            "camera height", float(note.value), HEIGHTS_M, "m", '"camera at 1.5 m"'
        )
    return found


def _bounded(
    what: str, value: float, limits: tuple[float, float], unit: str, example: str
) -> float:
    low, high = limits
    if not low <= value <= high:
        raise PlanError(
            f"a {what} of {value:g} {unit} is not between {low:g} and {high:g} {unit}.",
            fix=f"Write another, as in {example}.",
        )
    return value


def _named(noted: Noted, kind: Any, cast: Cast, gaps: Gaps) -> str | None:
    """The body that a note is about: a thing of the reading, or the noun of a directive."""
    note: Note | None = noted.of(kind)
    if note is None:
        return None
    if note.thing is not None:
        names = [name for name in cast.names(note.thing) if name != WORLD]
        return names[0] if names else None
    return (
        body_called(str(note.value), cast) if isinstance(note.value, str) and note.value else None
    )


def body_called(noun: str, cast: Cast) -> str | None:
    """The first body of that name or noun."""
    slug = noun.lower().replace(" ", "-")
    for name, body in cast.bodies.items():
        if name == slug or name.startswith(f"{slug}-") or body.noun.lower() == noun.lower():
            return name
    return None


def _racks_to_nothing(noted: Noted, focus_to: str | None) -> bool:
    return focus_to is None and noted.of("camera.focus_to") is not None


def _rack(cast: Cast, focus: str | None, subject: str | None, duration_s: float) -> dict[str, Any]:
    """ "Racking focus", and nobody says on what: from what is named, else from what else there is, to the
    subject."""
    first = focus or next((name for name in cast.bodies if name != subject), None)
    last = subject if subject != first else next((n for n in cast.bodies if n != first), None)
    if first is None or last is None:
        return {}
    return {"focus": first, "focus_to": last, "focus_s": round(duration_s / 2, 3)}


def _first_to_act(cast: Cast, actions: Sequence[Action]) -> str | None:
    """Who acts first; else what is not furniture; else anything."""
    for action in actions:
        if action.verb != "rest":
            return action.agent if action.agent and cast.acts(action.agent) else action.body
    free = [name for name, body in cast.bodies.items() if not body.fixed]
    return next(iter([*free, *cast.bodies]), None)


def _size(cast: Cast, subject: str | None, actions: Sequence[Action], *, alone: bool) -> str | None:
    """By what is to be seen: a marble from near, a car from far. None: full, as always."""
    if subject is None:
        return "wide"
    acting = {name for action in actions for name in action.names if name in cast.bodies}
    seen = {subject} if alone else acting | {subject}
    largest = max(cast.size_m(name) for name in seen)
    if largest <= SMALL_M and len(cast.bodies) == len(seen):
        return "close-up"
    if cast.size_m(subject) > HUGE_M:
        return "extreme wide"
    return "wide" if cast.size_m(subject) > LARGE_M else None
