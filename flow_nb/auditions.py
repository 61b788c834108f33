"""The cast, to read and to hear. In: a studio's cast, what is asked of it. Out: `VoiceRow`s and notes.

The notebook shows them under a cell, the shell prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flow_nb.errors import VoiceError, choices, quote
from flow_nb.identity.asking import Asked
from flow_nb.identity.cast import Cast
from flow_nb.identity.likeness import likeness
from flow_nb.identity.voice import VoiceTag

if TYPE_CHECKING:
    from flow_nb.engines.stage.voice.speech import Speech

NOBODY = "Nobody is cast yet. Cast a voice as in %voice MARA warm, low, 50s, or write a line."
MUTE = 'To hear voices run: pip install "flow_nb[voice]"'


@dataclass(frozen=True, kw_only=True, slots=True)
class VoiceRow:
    """A voice, the one most like it (name, likeness), and its sound as MP3 (empty: there is none)."""

    tag: VoiceTag
    nearest: tuple[str, float] | None
    sound: bytes = b""


def audition(
    cast: Cast, wanted: Asked, *, forget: bool = False, heard: bool = True
) -> tuple[list[VoiceRow], tuple[str, ...]]:
    """Casts what is asked for; then that voice, or the whole cast where nobody is named, and notes.

    Raises:
        VoiceError: nobody of that name has a voice, or what is asked is none.
    """
    notes: tuple[str, ...] = ()
    if forget:
        cast.forget(wanted.name)
        wanted = Asked()
    elif wanted.words:
        _, notes = cast.give(wanted.name, wanted.words)
    speech = _speech() if heard else None
    known = cast.voices()
    tags = [_one(cast, wanted.name)] if wanted.name else list(known.values())
    rows = [_row(tag, known.values(), speech) for tag in tags]
    return rows, notes + ((MUTE,) if rows and heard and speech is None else ())


def plain(rows: Sequence[VoiceRow], notes: Sequence[str] = ()) -> list[str]:
    """One line a voice."""
    lines = [f"{row.tag.name}  {row.tag.blend}{_alike(row)}" for row in rows]
    return [*(lines or [NOBODY]), *notes]


def _alike(row: VoiceRow) -> str:
    return f"  (most like {row.nearest[0]}: {row.nearest[1]:.2f})" if row.nearest else ""


def _one(cast: Cast, name: str) -> VoiceTag:
    found = cast.find(name)
    if found is None:
        names = [tag.name for tag in cast.voices().values()]
        fix = choices(name, names) if names else "Give it one, as in %voice MARA warm, low."
        raise VoiceError(f'"{quote(name)}" has no voice yet.', fix=fix)
    return found


def _speech() -> Speech | None:
    from flow_nb.engines.stage.engine import default_cache
    from flow_nb.engines.stage.voice.model import installed
    from flow_nb.engines.stage.voice.speech import Speech

    return Speech(default_cache().parent / "speech") if installed() else None


def _row(tag: VoiceTag, known: Iterable[VoiceTag], speech: Speech | None) -> VoiceRow:
    from flow_nb.engines.stage.voice.sample import sample

    alike = [(other.name, likeness(tag, other)) for other in known if other.name != tag.name]
    nearest = max(alike, key=lambda pair: pair[1], default=None)
    return VoiceRow(tag=tag, nearest=nearest, sound=sample(speech, tag) if speech else b"")
