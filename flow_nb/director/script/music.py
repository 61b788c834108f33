"""The line ``music: tense strings``. In: its value, or a whole text. Out: `Music`, or one line on what is wrong."""

from __future__ import annotations

import re
from typing import get_args

from flow_nb.director.script.rows import rows_of
from flow_nb.director.script.values import bounded
from flow_nb.director.script.words import words
from flow_nb.errors import PlanError, choices, quote
from flow_nb.plan.base import MAX_ORIGIN_CHARS, Origin
from flow_nb.plan.music import MAX_TEMPO_BPM, MIN_TEMPO_BPM, Feeling, Music, Player

EXAMPLE = 'Write it as in "music: tense strings, 90 bpm, D minor".'
_TEMPO = re.compile(r"(\d{1,4}(?:\.\d+)?) ?bpm\b")
_KEY = re.compile(r"\b(?:in )?([a-g])(#|b| sharp| flat)? ?(major|minor)\b")
_FILLERS = {"music", "score", "with", "and", "a", "an", "the", "of", "in", "some", "on", "solo"}


def read_music(value: str, origin: Origin) -> Music:
    """What the words of the line ask for; with no word but "yes" it follows the beats.

    Raises:
        PlanError: a word that is no feeling and no instrument, a tempo out of bounds.
    """
    rest = value.lower().strip()
    tempo, key = _TEMPO.search(rest), _KEY.search(rest)
    rest = _KEY.sub(" ", _TEMPO.sub(" ", rest))
    asked = [word for word in re.findall(r"[\w-]+", rest) if word not in _FILLERS]
    if asked in (["none"], ["no"], ["off"], ["silence"]):
        return Music(silent=True, origin=origin)
    feelings, players = _sorted([word for word in asked if word not in ("yes", "auto")])
    return Music(
        feeling=feelings[0] if feelings else None,
        players=tuple(dict.fromkeys(players))[:6],
        tempo_bpm=_tempo_bpm(float(tempo[1])) if tempo else None,
        key=_key(key) if key else None,
        origin=origin,
    )


def music_in(text: str) -> Music | None:
    """The music that a text asks for in a line of its own. Raises PlanError."""
    for row in rows_of(text):
        key, colon, value = row.text.partition(":")
        if colon and value.strip() and key.strip().lower() in words()["keys"]["music"]:
            origin = Origin(
                provenance="literal", words=row.text.strip()[:MAX_ORIGIN_CHARS], at=row.at
            )
            return read_music(value, origin)
    return None


def _sorted(asked: list[str]) -> tuple[list[Feeling], list[Player]]:
    table = words()["music"]
    feelings: list[Feeling] = []
    players: list[Player] = []
    for word in asked:
        meant = table.get(word, (word,))
        if set(meant) <= set(get_args(Feeling)):
            feelings += meant
        elif set(meant) <= set(get_args(Player)):
            players += meant
        else:
            known = {*table, *get_args(Feeling), *get_args(Player)}
            raise PlanError(f'there is no music "{quote(word)}".', fix=choices(word, known))
    return feelings, players


def _tempo_bpm(number: float) -> float:
    return bounded("a tempo", number, MIN_TEMPO_BPM, MAX_TEMPO_BPM, "bpm", EXAMPLE)


def _key(found: re.Match[str]) -> str:
    sign = {"#": "#", " sharp": "#", "b": "b", " flat": "b"}.get(found[2] or "", "")
    return f"{found[1].upper()}{sign} {found[3]}"
