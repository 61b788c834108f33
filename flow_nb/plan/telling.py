"""A shot for those who do not see it. In: a `Plan`, its `Motion`. Out: two plain sentences.

The first says where it is and who does what, the second who speaks, how it is seen and what is heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from flow_nb.errors import one_line
from flow_nb.plan.actions import Action
from flow_nb.plan.events import EventKind
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan

MOST_CLAUSES, MOST_SOUNDS, MOST_WORDS = 4, 3, 160
PLACES: Mapping[str, str] = MappingProxyType(
    {"space": "Outer space", "moon": "The moon", "underwater": "Under water", "sea": "The sea"}
)
TIMES: Mapping[str, str] = MappingProxyType(
    {"morning": "in the morning", "afternoon": "in the afternoon"}
)
WEATHERS: Mapping[str, str] = MappingProxyType(
    {
        "clear": "",
        "cloudy": "under clouds",
        "overcast": "under a grey sky",
        "rain": "in the rain",
        "snow": "in the snow",
        "fog": "in fog",
        "storm": "in a storm",
    }
)
SOUNDS: Mapping[EventKind, str] = MappingProxyType(
    {
        "break": "{} breaking",
        "burst": "{} bursting",
        "splash": "{} splashing",
        "impact": "{} hitting",
    }
)
"""What events sound like, the telling ones first."""

_ANYBODY = ("person", "man", "woman", "boy", "girl", "child", "figure", "puppet")


def told(plan: Plan, motion: Motion | None = None) -> str:
    """One line, at most about 700 characters; the text's own words, where it has them."""
    first = f"{_where(plan)}: {_listed(_clauses(plan)) or 'nobody moves'}."
    second = "; ".join(filter(None, (_speakers(plan), _camera(plan), _heard(plan, motion))))
    return one_line(f"{first} {_capital(second)}.")


def _where(plan: Plan) -> str:
    kind, light = plan.set.kind, plan.light
    name = kind.replace("-", " ")
    place = PLACES.get(kind) or f"{_article(name)} {name}".capitalize()
    time = TIMES.get(light.time_of_day, f"at {light.time_of_day}")
    style = "" if light.style == "natural" else f"{light.style} light"
    return ", ".join(filter(None, (f"{place} {time}", WEATHERS[light.weather], style)))


def _clauses(plan: Plan) -> list[str]:
    """Who does what, each once; whoever goes on doing is not named again."""
    clauses: list[str] = []
    before, said = "", set()
    for action in sorted(plan.actions, key=lambda one: one.start_s):
        words = _short(action.origin.words) or action.verb
        name = action.agent or action.body
        if words in said or len(clauses) == MOST_CLAUSES:
            continue
        said.add(words)
        noun = _noun(plan, name)
        named = noun.lower() in words.lower() or name == before
        clauses.append(words if named else f"{noun} {_verb(action, words)}")
        before = name
    return clauses


def _verb(action: Action, words: str) -> str:
    return words if action.origin.words else f"({action.verb})"


def _noun(plan: Plan, name: str) -> str:
    """A person by name, anything else as the text calls it."""
    body = plan.body(name)
    noun = body.noun or name
    if noun.lower() in _ANYBODY and not name.startswith(noun.lower()):
        return name.replace("-", " ").title()
    many = sum(other.noun == noun for other in plan.bodies)
    words = _short(body.origin.words)
    if noun.lower() in words.lower() or many > 1:
        return _uncapital(words) or f"{many} {noun}"
    return noun if noun[:1].isupper() else f"{_article(noun)} {noun}"


def _speakers(plan: Plan) -> str:
    speaking = {
        line.speaker: f"{line.speaker.title()} speaks {line.manner}".strip() for line in plan.lines
    }
    return _listed([_short(text) for text in speaking.values()][:MOST_SOUNDS])


def _camera(plan: Plan) -> str:
    camera = plan.camera
    pace = "" if camera.pace == "normal" else f"{camera.pace} "
    move = "the camera is still" if camera.move == "static" else f"{pace}{camera.move}"
    angle = "" if camera.angle == "eye level" else f"{camera.angle} angle"
    held = "handheld" if camera.handheld else ""
    return ", ".join(filter(None, (f"{camera.size} shot", angle, held, move)))


def _heard(plan: Plan, motion: Motion | None) -> str:
    """The events that one would hear, those that tell most first."""
    if motion is None:
        return ""
    nouns = {body.name: body.noun for body in plan.bodies}
    found: dict[str, float] = {}
    for kind, words in SOUNDS.items():
        for event in motion.events:
            noun = nouns.get(event.body)
            if event.kind == kind and noun and len(found) < MOST_SOUNDS:
                what = words.format(f"the {noun}")
                other = nouns.get(event.other) or "floor"
                found.setdefault(f"{what} the {other}" if kind == "impact" else what, event.time_s)
    told_s = [f"{what} ({time_s:.1f} s)" for what, time_s in sorted(found.items(), key=_second)]
    return f"one hears {_listed(told_s)}" if told_s else ""


def _second(pair: tuple[str, float]) -> float:
    return pair[1]


def _listed(parts: Sequence[str] | Iterable[str]) -> str:
    some = list(parts)
    return " and ".join(filter(None, (", ".join(some[:-1]), *some[-1:])))


def _article(noun: str) -> str:
    return "an" if noun[:1].lower() in "aeiou" else "a"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _uncapital(text: str) -> str:
    """As in the middle of a sentence; what is in capitals is a name.

    >>> _uncapital("A green bottle"), _uncapital("MARA")
    ('a green bottle', 'MARA')
    """
    first = text.split(" ", maxsplit=1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def _short(text: str) -> str:
    line = one_line(text).rstrip(".,;: ")
    return line if len(line) <= MOST_WORDS else f"{line[: MOST_WORDS - 1]}…"
