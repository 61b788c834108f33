"""The voices of a studio. In: `VoiceTag`s. Out: the same, in every shot and session.

They lie in ``cast.json``, written whole. A speaker who has no voice when a line is to be spoken gets
one by the name, and keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from flow_nb.errors import StoreError, VoiceError
from flow_nb.files import reason, write_whole
from flow_nb.identity.blend import read_blend
from flow_nb.identity.casting import cast_by_name, cast_by_words
from flow_nb.identity.likeness import MOST_ALIKE, likeness, rows
from flow_nb.identity.voice import MAX_SPEED, MIN_SPEED, VoiceTag, same_name
from flow_nb.plan.base import Part
from flow_nb.plan.plan import Plan

SCHEMA: Literal["flow_nb.Cast.1"] = "flow_nb.Cast.1"
MOST_VOICES, MAX_NAME_CHARS = 200, 60


class _Voice(Part):
    name: str = Field(min_length=1, max_length=10_000)
    styles: tuple[tuple[str, Annotated[float, Field(gt=0, le=1)]], ...] = Field(min_length=1)
    speed: float = Field(default=1.0, ge=MIN_SPEED, le=MAX_SPEED)


class _File(Part):
    schema_: Literal["flow_nb.Cast.1"] = Field(default=SCHEMA, alias="schema")
    voices: tuple[_Voice, ...] = ()


class Cast:
    """The cast of one studio."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def voices(self) -> dict[str, VoiceTag]:
        """By the name that all spellings share, in the order in which they were cast.

        Raises:
            StoreError: the file is no cast.
        """
        try:
            data = self.file.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            what, fix = reason(error)
            raise StoreError(f"the cast cannot be read: {what}.", fix=fix) from error
        try:
            found = _File.model_validate_json(data)
        except ValidationError as error:
            raise self._damaged() from error
        if any(style not in rows() for voice in found.voices for style, _ in voice.styles):
            raise self._damaged()
        tags = (VoiceTag(name=v.name, styles=v.styles, speed=v.speed) for v in found.voices)
        return {same_name(tag.name): tag for tag in tags}

    def find(self, speaker: str) -> VoiceTag | None:
        """The voice of a speaker, if there is one."""
        return self.voices().get(same_name(speaker))

    def give(self, name: str, words: str) -> tuple[VoiceTag, tuple[str, ...]]:
        """Casts a voice by words or as a blend (``= 0.7 af_heart + …``), in place of the one before.

        Returns the tag and what there is to say of it.

        Raises:
            VoiceError: the name or the words are none.
        """
        name = _checked(name)
        others = {key: tag for key, tag in self.voices().items() if key != same_name(name)}
        if words.strip().startswith("=") or words.strip().split(",")[0] in rows():
            tag, note = read_blend(name, words.strip().removeprefix("=").strip())
            notes = [note] if note else []
        else:
            tag, wish = cast_by_words(name, words, others.values())
            notes = [f"Not understood: {', '.join(wish.ignored)}."] if wish.ignored else []
        self._put(tag)
        return tag, (*notes, *_alike(tag, others.values()))

    def voice_for(self, speaker: str, *, hint: str = "") -> VoiceTag:
        """The speaker's voice; one who has none gets it by the name and by ``hint``, and keeps it."""
        known = self.voices()
        if found := known.get(same_name(speaker)):
            return found
        tag = cast_by_name(speaker, known.values(), hint=hint)
        self._put(tag)
        return tag

    def forget(self, name: str) -> None:
        """The speaker has no voice any more. Raises VoiceError: had none."""
        known = self.voices()
        if known.pop(same_name(name), None) is None:
            raise VoiceError(f'nobody called "{name}" has a voice.', fix="See %voice.")
        self._save(known)

    def _put(self, tag: VoiceTag) -> None:
        known = self.voices()
        known[same_name(tag.name)] = tag
        if len(known) > MOST_VOICES:
            raise VoiceError(
                f"a studio has at most {MOST_VOICES} voices.",
                fix="Take one away, as in %voice MARA --forget.",
            )
        self._save(known)

    def _save(self, voices: Mapping[str, VoiceTag]) -> None:
        told = [{"name": v.name, "styles": v.styles, "speed": v.speed} for v in voices.values()]
        data = json.dumps({"schema": SCHEMA, "voices": told}, ensure_ascii=False, indent=1)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.file, data.encode())
        except OSError as error:
            what, fix = reason(error)
            raise StoreError(f"the cast cannot be kept: {what}.", fix=fix) from error

    def _damaged(self) -> StoreError:
        return StoreError(
            f'"{self.file.name}" is no cast of flow_nb.',
            fix=f'Remove "{self.file}", then cast the voices again.',
        )


def speaker_hint(plan: Plan, speaker: str) -> str:
    """What a plan shows of a speaker: ``old woman``; empty where the speaker is not in it."""
    name = same_name(speaker).replace(" ", "-")
    for body in plan.bodies:
        if name in (body.name, body.noun.casefold()) or body.name.startswith(f"{name}-"):
            return f"{body.age if body.age != 'adult' else ''} {body.noun}".strip()
    return ""


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME_CHARS:
        raise VoiceError(
            f"a speaker's name has 1 to {MAX_NAME_CHARS} characters.",
            fix="As in %voice MARA warm, low.",
        )
    return name


def _alike(tag: VoiceTag, others: object) -> Iterator[str]:
    assert hasattr(others, "__iter__")
    for other in others:
        alike = likeness(tag, other)
        if alike >= MOST_ALIKE:
            yield f"It sounds much like {other.name} ({alike:.2f}; apart is below {MOST_ALIKE:.2f})."
