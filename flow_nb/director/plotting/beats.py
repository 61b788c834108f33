"""How it feels, and when. In: words of feeling and the times of what happens. Out: `Beat`s that never overlap."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flow_nb.director.frame import Frame, Reading, Span
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.clock import Draft
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.noted import Noted
from flow_nb.director.plotting.tables import tables
from flow_nb.plan.base import Origin
from flow_nb.plan.look import Light, Pace
from flow_nb.plan.plan import Beat, Line

USUAL, SHOUT = 0.6, 0.15
SHORTEST_S = 0.5
_WORD = re.compile(r"[a-z']+")


@dataclass(frozen=True, slots=True)
class Feeling:
    """A mood that something tells, from when on; ``start_s`` None: over the whole shot."""

    mood: str
    intensity: float
    start_s: float | None
    origin: Origin
    pace: Pace = "normal"


def mood_of(words: str) -> tuple[str, float] | None:
    """The mood that a word or a phrase tells, and how strong it is by itself."""
    moods = tables()["moods"]
    for word in (words.lower(), *_WORD.findall(words.lower())):
        if word in moods:
            mood, intensity = moods[word]
            return str(mood), float(intensity)
    return None


def beats_of(
    reading: Reading,
    noted: Noted,
    cast: Cast,
    drafts: Mapping[int, Sequence[Draft]],
    lines: Sequence[Line],
    light: Light,
    duration_s: float,
    gaps: Gaps,
) -> tuple[Beat, ...]:
    """All moods of a shot in the order of their time; atmosphere only where nobody feels anything."""
    felt = [*_noted(noted, gaps), *_of_bodies(reading, cast, gaps), *_of_lines(lines)]
    for i, frame in enumerate(reading.frames):
        if not frame.negated:
            start = min((d.start_s for d in drafts.get(i, ())), default=None)
            felt += _of_frame(frame, start, gaps)
    if not felt:
        felt = _atmosphere(light)
    return _in_turn(_distinct(felt), duration_s)


def _strength(text: str, span: Span, intensity: float) -> float:
    """Stronger behind "very" and before "!", weaker behind "slightly"."""
    before = " ".join(text[max(0, span[0] - 24) : span[0]].lower().split())
    for word, more in tables()["strength"].items():
        if before.endswith(f" {word}") or before == word:
            intensity += more
    after = re.match(r"[^.!?\n]*([.!?])", text[span[1] :])
    if after and after[1] == "!":
        intensity += SHOUT
    return round(min(max(intensity, 0.1), 1.0), 3)


def _noted(noted: Noted, gaps: Gaps) -> list[Feeling]:
    felt = []
    for note in noted.all:
        if note.kind == "mood":
            mood, intensity = mood_of(str(note.value)) or (str(note.value), USUAL)
            origin = gaps.origin(
                note.span, inferred=note.inferred, confidence=0.7 if note.inferred else 1.0
            )
            felt.append(Feeling(mood, _strength(gaps.text, note.span, intensity), None, origin))
    return felt


def _of_bodies(reading: Reading, cast: Cast, gaps: Gaps) -> list[Feeling]:
    """Somebody who is told to be sad."""
    felt = []
    for i, thing in enumerate(reading.things):
        mood = thing.mood or (thing.row.mood if thing.row else "")
        if mood and cast.names(i):
            name, intensity = mood_of(mood) or (mood, USUAL)
            felt.append(
                Feeling(
                    name, _strength(gaps.text, thing.span, intensity), None, gaps.origin(thing.span)
                )
            )
    return felt


def _of_frame(frame: Frame, start_s: float | None, gaps: Gaps) -> list[Feeling]:
    """By its own mood word, its adverbs, else by what doing it so tells."""
    pace: Pace = frame.pace or (frame.row.pace if frame.row else "") or "normal"
    told = [word for word in (frame.mood, *frame.manners) if word]
    found = next((mood for word in told if (mood := mood_of(word))), None)
    inferred = False
    if found is None and frame.mood:
        found = frame.mood, USUAL
    if found is None and frame.row is not None and frame.row.mood:
        found, inferred = mood_of(frame.row.mood) or (frame.row.mood, USUAL), True
    if found is None:
        return []
    origin = gaps.origin(frame.span, inferred=inferred, confidence=0.7 if inferred else 1.0)
    intensity = _strength(gaps.text, frame.span, found[1])
    if any(word in tables()["strength"] for word in frame.manners):
        intensity = min(1.0, intensity + 0.2)
    return [Feeling(found[0], intensity, start_s, origin, pace)]


def _of_lines(lines: Sequence[Line]) -> list[Feeling]:
    """How something is said; what is said stays the speaker's."""
    felt = []
    for line in lines:
        if found := mood_of(line.manner):
            more = SHOUT if line.text.rstrip().endswith("!") else 0.0
            intensity = round(min(found[1] + more, 1.0), 3)
            felt.append(Feeling(found[0], intensity, line.start_s, line.origin))
    return felt


def _atmosphere(light: Light) -> list[Feeling]:
    told = tables()["atmosphere"]
    for key, value, origin in (
        ("weather", light.weather, light.weather_origin),
        ("grade", light.grade, light.grade_origin),
        ("style", light.style, light.style_origin),
    ):
        if value in told[key] and origin.provenance != "default":
            mood, intensity = told[key][value]
            weak = origin.model_copy(update={"provenance": "inferred", "confidence": 0.5})
            return [Feeling(mood, intensity, None, weak)]
    return []


def _distinct(felt: Sequence[Feeling]) -> list[Feeling]:
    """Each mood once, at the strongest that is told before another one comes."""
    found: list[Feeling] = []
    for one in sorted(felt, key=lambda f: (f.start_s is not None, f.start_s or 0.0)):
        if found and found[-1].mood == one.mood:
            continue
        if one.start_s is None and any(other.mood == one.mood for other in found):
            continue
        found.append(one)
    return found


def _in_turn(felt: Sequence[Feeling], duration_s: float) -> tuple[Beat, ...]:
    """Moods without a time share what is left before the first that has one; each lasts until the next."""
    timed = [one for one in felt if one.start_s is not None and one.start_s < duration_s]
    whole = [one for one in felt if one.start_s is None]
    first = (timed[0].start_s or 0.0) if timed else duration_s
    if whole and first < SHORTEST_S * len(whole):
        first = min(duration_s, SHORTEST_S * len(whole))
    starts = [(round(i * first / len(whole), 3), one) for i, one in enumerate(whole)]
    for one in timed:
        at = max(one.start_s or 0.0, first if whole else 0.0)
        starts.append((round(at if starts else (0.0 if at <= SHORTEST_S else at), 3), one))
    beats = []
    for i, (start, one) in enumerate(starts):
        end = starts[i + 1][0] if i + 1 < len(starts) else duration_s
        if end > start:
            beats.append(
                Beat(
                    mood=one.mood[:60], intensity=one.intensity, pace=one.pace, start_s=start,
                    end_s=round(end, 3), origin=one.origin,
                )
            )  # fmt: skip
    return tuple(beats)
