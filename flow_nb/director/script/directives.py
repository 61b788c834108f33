"""Lines such as ``gravity: moon``. In: a shot's text. Out: `Directives`: notes that win over prose.

Each key may be given once; a value that is not understood is refused in one line with the nearest choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import get_args

from flow_nb.director.frame import Note, NoteKind, Span
from flow_nb.director.script.camera_line import camera_notes
from flow_nb.director.script.music import read_music
from flow_nb.director.script.rows import rows_of
from flow_nb.director.script.values import Notes, bounded, choice, number_of
from flow_nb.director.script.words import words
from flow_nb.errors import PlanError, choices, quote
from flow_nb.plan.base import MAX_ORIGIN_CHARS, Origin
from flow_nb.plan.look import Grade, LightStyle, Medium, TimeOfDay, Weather
from flow_nb.plan.music import Music
from flow_nb.plan.shot import MAX_DURATION_S, MAX_SEED, MIN_DURATION_S
from flow_nb.props.archetypes import sets

MAX_GRAVITY_M_S2, MAX_WIND_M_S = 100.0, 60.0
WINDS_M_S = {
    "calm": 0.0,
    "none": 0.0,
    "light": 3.0,
    "breeze": 5.0,
    "strong": 14.0,
    "storm": 25.0,
    "gale": 22.0,
}

_LINE = re.compile(
    r"[ \t]*(?P<key>[A-Za-z][A-Za-z ]{0,14}?)[ \t]*:[ \t]*(?P<value>\S[^\n]*?)[ \t.]*"
)
_TO_M_S = {"": 1.0, "m/s": 1.0, "km/h": 1 / 3.6, "kmh": 1 / 3.6, "mph": 0.44704, "knots": 0.5144}


@dataclass(frozen=True, kw_only=True, slots=True)
class Directives:
    """``notes`` in the order of the text; ``seed`` None: the cell's. ``spans`` are what they take."""

    notes: tuple[Note, ...] = ()
    seed: int | None = None
    music: Music | None = None
    spans: tuple[Span, ...] = field(default=())


def directives(text: str) -> Directives:
    """All ``key: value`` lines.

    Raises:
        PlanError: a value that is not one, or a key that is given twice with two values.
    """
    notes, spans, seed, music = [], [], None, None
    given: dict[str, str] = {}
    for row in rows_of(text):
        found = _LINE.fullmatch(row.text)
        key = _key(found["key"]) if found else None
        if found is None or key is None or _is_speech(found):
            continue
        value = found["value"].strip()
        if given.setdefault(key, value.lower()) != value.lower():
            raise PlanError(
                f'"{key}" is given twice: "{quote(given[key])}" and "{quote(value)}".',
                fix="Keep one.",
            )
        span = (row.at, row.end)
        if key == "seed":
            seed = _seed(value)
        elif key == "music":
            said = Origin(
                provenance="literal", words=row.text.strip()[:MAX_ORIGIN_CHARS], at=row.at
            )
            music = read_music(value, said)
        else:
            notes += [Note(kind=k, value=v, span=span) for k, v in _READERS[key](value.lower())]
        spans.append(span)
    return Directives(notes=tuple(notes), seed=seed, music=music, spans=tuple(spans))


def _key(word: str) -> str | None:
    """The key of a line; words of dialogue cues are written in capitals and take a quotation."""
    return next((key for key, names in words()["keys"].items() if word.lower() in names), None)


def _is_speech(found: re.Match[str]) -> bool:
    return found["value"][:1] in "\"“«„「'‘"


def _gravity(value: str) -> Notes:
    named = words()["gravity"]
    value = re.sub(r"^(on|in) |^the |( gravity$)", "", re.sub(r"^(on|in) ", "", value)).strip()
    if value in named:
        yield "gravity", named[value]
    elif not value[:1].isdigit() and value[:1] not in "+-":
        raise PlanError(f'there is no gravity "{quote(value)}".', fix=choices(value, named))
    else:
        number, unit = number_of("gravity", value, 'Write it in m/s², as in "gravity: 3.7".')
        m_s2 = number * 9.81 if unit == "g" else number
        fix = 'Write another, as in "gravity: 3.7" or "gravity: moon".'
        yield "gravity", bounded("a gravity", m_s2, 0.0, MAX_GRAVITY_M_S2, "m/s²", fix)


def _wind(value: str) -> Notes:
    fix = 'Write it as in "wind: 12 m/s from left".'
    speed, _, side = value.partition("from")
    speed = speed.strip()
    sides = words()["sides"]
    if side.strip():
        yield "wind_from", choice("side", re.sub(r"^ *the ", "", side).strip(), [], sides)
    if speed in WINDS_M_S:
        yield "wind", WINDS_M_S[speed]
    elif speed:
        number, unit = number_of("a wind of", speed, fix)
        if unit not in _TO_M_S:
            raise PlanError(
                f'there is no unit "{quote(unit)}" of wind.', fix=choices(unit, list(_TO_M_S)[1:])
            )
        yield (
            "wind",
            bounded("a wind", round(number * _TO_M_S[unit], 4), 0.0, MAX_WIND_M_S, "m/s", fix),
        )


def _light(value: str) -> Notes:
    """A style, a time of day or a look; several stand between commas."""
    tables: list[tuple[NoteKind, Iterable[str], str]] = [
        ("style", get_args(LightStyle), "light"),
        ("time", get_args(TimeOfDay), "time"),
        ("grade", get_args(Grade), "grade"),
    ]
    for part in _parts(value):
        for kind, options, table in tables:
            if part in options or part in words()[table]:
                yield kind, choice(kind, part, options, words()[table])
                break
        else:
            known = [word for _, options, _ in tables for word in options]
            raise PlanError(f'there is no light "{quote(part)}".', fix=choices(part, known))


def _parts(value: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;]| and ", value) if part.strip()]


def _time(value: str) -> Notes:
    if clock := re.fullmatch(r"(\d{1,2})[:.h](\d{2})?", value):
        yield "time", _hour(int(clock[1]), value)
    else:
        yield "time", choice("time of day", value, get_args(TimeOfDay), words()["time"])


def _hour(hour: int, value: str) -> str:
    """Which light an hour has in a temperate May."""
    if hour > 24:
        raise PlanError(f'"{quote(value)}" is no time of day.', fix='Write it as in "time: 18:30".')
    ends = (
        (5, "night"),
        (7, "dawn"),
        (11, "morning"),
        (14, "noon"),
        (18, "afternoon"),
        (20, "golden hour"),
        (22, "dusk"),
    )
    return next((name for end, name in ends if hour < end), "night")


def _weather(value: str) -> Notes:
    yield "weather", choice("weather", value, get_args(Weather), words()["weather"])


def _set(value: str) -> Notes:
    names = {
        word: row.name
        for row in sets().values()
        for word in (*row.words, row.name.replace("-", " "))
    }
    yield "set", choice("set", value.replace("-", " "), [], names)


def _mood(value: str) -> Notes:
    for part in re.split(r"[,;]| then | to ", value):
        if part.strip():
            yield "mood", part.strip()[:60]


def _grade(value: str) -> Notes:
    yield "grade", choice("look", value, get_args(Grade), words()["grade"])


def _medium(value: str) -> Notes:
    yield "medium", choice("medium", value, get_args(Medium), words()["medium"])


def _duration(value: str) -> Notes:
    fix = 'Write it in seconds, as in "duration: 6 s".'
    number, unit = number_of("a duration of", value, fix)
    if unit not in ("", "s", "sec", "second", "seconds"):
        raise PlanError(f'a duration of "{quote(value)}" is not in seconds.', fix=fix)
    yield "duration", bounded("a duration", number, MIN_DURATION_S, MAX_DURATION_S, "s", fix)


def _seed(value: str) -> int:
    fix = 'Write a whole number, as in "seed: 7".'
    if not value.isascii() or not value.isdigit() or int(value) > MAX_SEED:
        raise PlanError(f'a seed of "{quote(value)}" is not between 0 and {MAX_SEED:,}.', fix=fix)
    return int(value)


_READERS = {
    "gravity": _gravity, "camera": camera_notes, "wind": _wind, "light": _light, "time": _time,
    "weather": _weather, "set": _set, "mood": _mood, "grade": _grade, "medium": _medium,
    "duration": _duration,
}  # fmt: skip
