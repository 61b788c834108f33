"""Lines of dialogue in time, and who of the speakers is seen. In: what is said, the cast. Out: `Line`s."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.gaps import MAX_ORIGIN_CHARS
from flow_nb.director.script.dialogue import Said
from flow_nb.plan.base import Origin
from flow_nb.plan.plan import MAX_BODIES, Line
from flow_nb.plan.shot import MAX_DURATION_S

FIRST_LINE_S, PAUSE_S, CHARS_PER_S = 0.5, 0.4, 14.0
_FEMALE = (
    "woman",
    "girl",
    "lady",
    "mother",
    "grandmother",
    "queen",
    "princess",
    "wife",
    "sister",
    "actress",
)
_MALE = (
    "man",
    "boy",
    "father",
    "grandfather",
    "king",
    "prince",
    "husband",
    "brother",
    "actor",
    "guy",
)


def lines_of(said: Sequence[Said], cast: Cast, text: str) -> tuple[tuple[Line, ...], float]:
    """Lines one after the other at the pace of speech, and when the last one ends."""
    lines: list[Line] = []
    start_s = FIRST_LINE_S
    for one in said:
        speaker = _speaker(one.speaker, lines, cast)
        manner = ", ".join(part for part in ("off screen" if one.off else "", one.manner) if part)
        words = text[one.at : one.end][:MAX_ORIGIN_CHARS]
        lines.append(
            Line(
                speaker=speaker,
                text=one.text,
                manner=manner,
                start_s=round(min(start_s, MAX_DURATION_S), 3),
                origin=Origin(provenance="literal", words=words, at=one.at),
            )
        )
        start_s += len(one.text) / CHARS_PER_S + PAUSE_S
    return tuple(lines), start_s if lines else 0.0


def _speaker(name: str, lines: Sequence[Line], cast: Cast) -> str:
    """A pronoun is the one it can mean: who spoke before, else who is here."""
    if name.lower() not in ("he", "she", "they"):
        return name
    nouns = {"she": _FEMALE, "he": _MALE}.get(name.lower(), ())
    people = [n for n in cast.bodies if cast.kind(n) == "person"]
    fitting = [n for n in people if cast.bodies[n].noun.split()[-1] in nouns]
    if found := (fitting or people):
        body = cast.bodies[found[-1]]
        return (
            body.noun
            if body.name.startswith(body.noun.replace(" ", "-"))
            else body.name.replace("-", " ").title()
        )
    return lines[-1].speaker if lines else name


def bring_speakers(said: Sequence[Said], cast: Cast, text: str) -> None:
    """Who speaks in the picture stands in it, where people or nothing else are to be seen.

    A shot of things alone keeps its voices off: "a glass falls", and somebody says whose it was.
    """
    people = any(cast.kind(name) == "person" for name in cast.bodies)
    if cast.bodies and not people:
        return
    for one in said:
        named = re.sub(r"[^a-z0-9]+", "-", one.speaker.lower()).strip("-")
        known = not named or named in ("he", "she", "they") or _is_here(named, cast)
        if one.off or known or len(cast.bodies) >= MAX_BODIES:
            continue
        words = text[one.at : one.at + len(one.speaker)]
        origin = Origin(
            provenance="inferred", words=words[:MAX_ORIGIN_CHARS], at=one.at, confidence=0.8
        )
        cast.bring("person", "person", origin, kind="person", name=one.speaker)


def _is_here(named: str, cast: Cast) -> bool:
    """By name, or by the last word of it: OLD MAN is the man."""
    last = named.rpartition("-")[2]
    return any(
        named in (name, name.rpartition("-")[2])
        or name.startswith(f"{named}-")
        or body.noun.split()[-1].lower() == last
        for name, body in cast.bodies.items()
    )
