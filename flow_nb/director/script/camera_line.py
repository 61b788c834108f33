"""What ``camera: crane up, 24mm`` says. In: the value of the line. Out: notes; Used by `directives`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from flow_nb.director.frame import NoteKind
from flow_nb.director.script.values import Notes, bounded, choice
from flow_nb.director.script.words import words
from flow_nb.errors import PlanError, choices, quote
from flow_nb.plan.look import Angle, Move, ShotSize

LENSES_MM, HEIGHTS_M = (10.0, 300.0), (0.02, 50.0)

_CAMERA: dict[str, tuple[NoteKind, Iterable[str]]] = {
    "size": ("camera.size", get_args(ShotSize)),
    "angle": ("camera.angle", get_args(Angle)),
    "move": ("camera.move", get_args(Move)),
}


def camera_notes(value: str) -> Notes:
    """The notes of one ``camera:`` line. Raises PlanError, with the nearest choice."""
    for part in re.split(r"[,;]", value):
        if part.strip():
            yield from _camera_part(part.strip())


def _camera_part(part: str) -> Notes:
    for word, pace in words()["camera"]["pace"].items():
        if re.search(rf"\b{word}\b", part):
            yield "camera.pace", pace
            part = re.sub(rf"[ ]?\b{word}\b[ ]?", " ", part).strip()
    part, _, target = part.partition(" on ") if " on " in part else (part, "", "")
    if part.startswith("on "):
        part, target = "", part.removeprefix("on ")
    if target:
        yield "camera.target", _noun(target)
    if part:
        yield from _camera_words(part)


def _noun(words_: str) -> str:
    return re.sub(r"^(the|an?) ", "", words_.strip())


def _camera_words(part: str) -> Notes:
    fix = 'Write it as in "camera: crane up, 24mm".'
    if found := re.fullmatch(r"(?:lens )?([0-9.]+) ?mm(?: lens)?", part):
        yield "camera.lens", bounded("a lens", float(found[1]), *LENSES_MM, "mm", fix)
    elif found := re.fullmatch(r"(?:height |at )?([0-9.]+) ?m(?: high)?", part):
        yield "camera.height", bounded("a height", float(found[1]), *HEIGHTS_M, "m", fix)
    elif part in ("handheld", "hand-held", "hand held", "shaky"):
        yield "camera.handheld", 1.0
    elif found := re.fullmatch(r"(?:rack |pull )?focus (?:to |from )?(?:(.+?) to )?(.+)", part):
        if found[1]:
            yield "camera.focus", _noun(found[1])
        yield ("camera.focus_to" if found[1] or "to " in part else "camera.focus"), _noun(found[2])
    else:
        yield _camera_word(part)


def _camera_word(part: str) -> tuple[NoteKind, str]:
    tables = words()["camera"]
    for name, (kind, options) in _CAMERA.items():
        if part in options or part in tables[name]:
            return kind, choice(name, part, options, tables[name])
    known = [word for _, options in _CAMERA.values() for word in options]
    raise PlanError(f'the camera knows no "{quote(part)}".', fix=choices(part, known))
