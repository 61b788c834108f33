"""What a slugline says. In: its pieces. Out: notes of set, time and weather; the rest are gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from flow_nb.director.frame import Note, NoteKind
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.script.slugs import Piece, Slug
from flow_nb.director.script.words import words
from flow_nb.director.vocabulary import Vocabulary
from flow_nb.plan.look import TimeOfDay, Weather
from flow_nb.props.archetypes import sets

NO_SET = (
    "this place is not among the sets",
    'Choose one with a line of its own, as in "set: kitchen".',
)
ONE_SET = ("a shot has one set", "Write it in its own cell.")
SILENT = ("continuous", "later", "moments later", "same", "same time", "establishing")
DAY = "day"


def slug_notes(slugs: Sequence[Slug], vocabulary: Vocabulary, gaps: Gaps) -> tuple[Note, ...]:
    """Notes in the order of the text. A place that is no set leaves only indoors or outdoors."""
    notes: list[Note] = []
    for slug in slugs:
        placed = False
        for piece in slug.pieces:
            found = _note(piece, vocabulary)
            if found is not None:
                notes.append(found)
                placed = placed or found.kind == "set"
            elif piece.words.lower() not in SILENT:
                gaps.say((piece.at, piece.at + len(piece.words)), *NO_SET)
        if not placed and slug.outdoors and slug.pieces:
            first = slug.pieces[0]
            span = (first.at, first.at + len(first.words))
            notes.append(Note(kind="set", value="street", span=span, inferred=True))
    return tuple(notes)


def _note(piece: Piece, vocabulary: Vocabulary) -> Note | None:
    word, span = piece.words.lower(), (piece.at, piece.at + len(piece.words))
    told = words()
    kinds: list[tuple[NoteKind, tuple[str, ...]]] = [
        ("time", get_args(TimeOfDay)),
        ("weather", get_args(Weather)),
    ]
    for kind, options in kinds:
        if word in options or word in told[kind]:
            value = word if word in options else told[kind][word]
            return Note(kind=kind, value=value, span=span, inferred=word == DAY)
    if name := _set(word, vocabulary):
        return Note(kind="set", value=name, span=span)
    first, _, rest = word.partition(" ")
    if rest and first in ("late", "early", "deep", "mid", "dead", "the", "next", "that", "same"):
        inner = _note(
            Piece(words=piece.words[len(first) + 1 :], at=piece.at + len(first) + 1), vocabulary
        )
        return inner if inner is not None and inner.kind == "time" else None
    return None


def _set(word: str, vocabulary: Vocabulary) -> str:
    """By its own words, else by the longest end of the phrase that is a place: "MARA'S KITCHEN"."""
    parts = word.replace("’", "'").split()
    for start in range(len(parts)):
        phrase = " ".join(parts[start:])
        for name, row in sets().items():
            if phrase in (name.replace("-", " "), *row.words):
                return name
        noun = vocabulary.noun(phrase)
        if noun is not None and noun.kind == "place":
            return next((name for name in noun.sets if name in sets()), "")
    return ""
