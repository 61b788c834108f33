"""A shot for the page. In: a shot, its plan, its motion, its take. Out: a small `Digest`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from flow_nb.errors import one_line
from flow_nb.notebook.messages import Digest, FilmShot, Mark, Missed, Span, State
from flow_nb.plan.motion import Event, Motion
from flow_nb.plan.plan import Action, Camera, Light, Line, Plan
from flow_nb.plan.shot import Shot
from flow_nb.plan.speaking import speaking_s
from flow_nb.plan.take import Take

MAX_TEXT_CHARS = 160
MAX_MARKS, MAX_SPANS, MAX_REMARKS = 80, 60, 20
_WRITE = re.compile(r'Write "([^"]{1,120})"(?: or fewer)?\.')


def digest(
    shot: Shot,
    plan: Plan,
    motion: Motion | None = None,
    take: Take | None = None,
    *,
    state: State = "draft",
    source: str = "",
) -> Digest:
    """What slate and strip show. Without a motion there are causes but no events."""
    duration_s = take.duration_s if take else plan.duration_s
    notes = [*plan.notes, *(take.notes if take else ()), *(motion.warnings if motion else ())]
    return Digest(
        shot=shot.name,
        scene=shot.scene or "",
        tier=take.tier if take else shot.tier,
        state=state,
        duration_s=duration_s,
        credits=take.credits if take else 0,
        set=plan.set.kind,
        light=light_text(plan.light),
        camera=camera_text(plan.camera),
        spans=_spans(plan, motion, duration_s)[:MAX_SPANS],
        marks=[_mark(event) for event in motion.events[:MAX_MARKS]] if motion else [],
        missed=[
            Missed(
                words=_short(gap.words),
                reason=_short(gap.reason),
                fix=_short(gap.fix),
                at=gap.at,
                instead=instead(gap.fix),
            )
            for gap in plan.gaps[:MAX_REMARKS]
        ],
        notes=[_short(note) for note in notes[:MAX_REMARKS]],
        take=take.id if take else "",
        source=source,
    )


def picked_digest(done: Digest, take: Take) -> Digest:
    """A shot whose take was made from another text than stands in its cell: what its record knows."""
    spans = [
        Span(
            start_s=cue.start_s,
            end_s=cue.end_s,
            text=_short(f"{cue.speaker}: {cue.text}"),
            kind="line",
        )
        for cue in take.cues[:MAX_SPANS]
    ]
    notes = ["This take was made from an earlier text.", *map(_short, take.notes[:MAX_REMARKS])]
    return done.model_copy(update={"spans": spans, "marks": [], "missed": [], "notes": notes})


def film_digest(take: Take, shots: Sequence[FilmShot]) -> Digest:
    """A film: its shots as spans; those that dissolve into each other overlap."""
    spans = [Span(start_s=s.start_s, end_s=s.end_s, text=s.shot, kind="shot") for s in shots]
    return Digest(
        shot=_short(take.shot),
        tier=_short(take.tier),
        state="sealed",
        duration_s=take.duration_s,
        credits=take.credits,
        spans=spans[:MAX_SPANS],
        notes=[_short(note) for note in take.notes[:MAX_REMARKS]],
        take=take.id,
    )


def camera_text(camera: Camera) -> str:
    """How it is seen, as a camera assistant would say it.

    >>> camera_text(Camera(size="close-up", angle="low", move="dolly in", pace="slow"))
    'close-up, low angle, slow dolly in'
    """
    angle = camera.angle if camera.angle in {"eye level", "overhead"} else f"{camera.angle} angle"
    return ", ".join([camera.size, angle, move_text(camera)])


def instead(fix: str) -> str | None:
    """What a fix would have one write, where it says so in as many words; "" leaves it out.

    >>> instead('Write "falls".'), instead("Leave it out, or say it in other words.")
    ('falls', '')
    >>> instead('Write a smaller one, as in "at 5 m/s".') is None
    True
    """
    if fix.startswith("Leave it out"):
        return ""
    found = _WRITE.fullmatch(fix)
    return found[1] if found else None


def move_text(camera: Camera) -> str:
    """The move with its pace where it is not the usual one."""
    moves = camera.move not in {"static", "handheld", "follow"}
    pace = f"{camera.pace} " if moves and camera.pace != "normal" else ""
    return f"{pace}{camera.move}"


def light_text(light: Light) -> str:
    """When and in which light, as one would order it.

    >>> light_text(Light(time_of_day="dusk", weather="rain", grade="noir"))
    'dusk, rain, noir'
    """
    usual = {"clear", "natural", "neutral"}
    told = (light.time_of_day, light.weather, light.style, light.grade)
    return ", ".join(word for word in told if word not in usual)


def _spans(plan: Plan, motion: Motion | None, duration_s: float) -> list[Span]:
    camera = Span(
        start_s=0, end_s=duration_s, text=move_text(plan.camera), kind="camera",
        source=plan.camera.move_origin.provenance,
    )  # fmt: skip
    light = Span(
        start_s=0, end_s=duration_s, text=light_text(plan.light), kind="light",
        source=plan.light.origin.provenance,
    )  # fmt: skip
    beats = [
        Span(
            start_s=b.start_s,
            end_s=min(b.end_s, duration_s),
            text=_short(b.mood),
            kind="beat",
            source=b.origin.provenance,
        )
        for b in plan.beats
    ]
    told = [_action(action, plan, motion, duration_s) for action in plan.actions]
    actions = list({(span.start_s, span.text): span for span in told}.values())
    lines = [_line(line, duration_s) for line in plan.lines]
    return [s for s in [camera, light, *beats, *actions, *lines] if s.end_s > s.start_s]


def _action(action: Action, plan: Plan, motion: Motion | None, duration_s: float) -> Span:
    """From the cause to what ends it: its own end, the body breaks or rests, or leaves what it slid on,
    or whoever does it does the next thing. It is named by who does it."""
    doer = action.body if action.expected or action.agent is None else action.agent
    noun = plan.body(doer).noun
    words = action.origin.words or f"({action.verb})"
    text = words if noun.lower() in words.lower() else f"{noun} {words}"
    kinds = {"break", "rest", "leave"} if action.verb in _ALONG else {"break", "rest"}
    ends = [e.time_s for e in _events(motion) if e.body == action.body and e.kind in kinds]
    if not action.expected:
        ends += [a.start_s for a in plan.actions if not a.expected and doer in (a.body, a.agent)]
    ends += [] if action.end_s is None else [action.end_s]
    end_s = min((t for t in ends if action.start_s < t < duration_s), default=duration_s)
    source = "expected" if action.expected else action.origin.provenance
    return Span(
        start_s=action.start_s, end_s=end_s, text=_short(text), kind="action", source=source
    )


def _line(line: Line, duration_s: float) -> Span:
    end_s = min(line.end_s or line.start_s + speaking_s(line.text), duration_s)
    text = _short(f"{line.speaker}: {line.text}")
    return Span(start_s=line.start_s, end_s=end_s, text=text, kind="line")


def _mark(event: Event) -> Mark:
    return Mark(
        time_s=round(event.time_s, 4),
        kind=event.kind,
        text=_short(event.text or f"{event.body} {event.kind} {event.other}"),
        speed_m_s=round(event.speed_m_s, 3),
        impulse_n_s=round(event.impulse_n_s, 4),
        closed_form_s=None if event.closed_form_s is None else round(event.closed_form_s, 4),
    )


_ALONG = {"slide", "roll", "push"}
"""What a body does along a surface: it is over when the surface is."""


def _events(motion: Motion | None) -> Iterable[Event]:
    return motion.events if motion else ()


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= MAX_TEXT_CHARS else f"{line[: MAX_TEXT_CHARS - 1]}…"
