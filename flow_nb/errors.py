"""The error tree. In: what went wrong, where, and what mends it. Out: one line a film-maker can act on.

::

    FlowError
    ├── ShotError          the cell: its name, its options, its text
    ├── PolicyError        the policy refuses the text, before anything is spent
    ├── PlanError          the words became a plan that cannot be staged
    ├── VoiceError         a voice that there is not, or a blend of none
    ├── SolveError         the plan could not be solved
    ├── EngineError        an engine cannot make this take
    │   ├── DriverMissing  no Vulkan driver to draw with
    │   └── EngineCrashed  the renderer's process died
    ├── Cancelled          the user stopped it; nothing was spent and nothing is left behind
    ├── MediaError         a media file cannot be read or written
    ├── SealError          a take cannot be signed
    ├── StoreError         the project folder cannot be read or written
    └── FilmError          the shots cannot be joined
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Self

MAX_QUOTED_CHARS = 60


class FlowError(Exception):
    """What happened, in one line: ``cell 7, shot "kite": what. Fix.``

    ``what`` names the value and the limit; ``fix`` is an imperative sentence or a command.
    ``cell`` and ``shot`` are filled in by the floor that knows them, see :meth:`at`.
    """

    def __init__(
        self,
        what: str,
        *,
        fix: str = "",
        cell: str | int | None = None,
        shot: str | None = None,
    ) -> None:
        super().__init__(what)
        self.what = one_line(what)
        self.fix = one_line(fix)
        self.cell = cell
        self.shot = shot

    def at(self, *, cell: str | int | None = None, shot: str | None = None) -> Self:
        """The same error with its place filled in where it was still open."""
        self.cell = self.cell if self.cell is not None else cell
        self.shot = self.shot if self.shot is not None else shot
        return self

    def __str__(self) -> str:
        place = []
        if self.cell is not None:
            place.append(f"cell {self.cell}")
        if self.shot is not None:
            place.append(f'shot "{quote(self.shot)}"')
        head = f"{', '.join(place)}: " if place else ""
        return f"{head}{self.what}{f' {self.fix}' if self.fix else ''}"


class ShotError(FlowError):
    """The cell itself: its name, its options, its text."""


class PolicyError(FlowError):
    """The policy refuses the text, or a studio's policy file makes no sense; nothing was spent."""


class PlanError(FlowError):
    """The words became a plan that cannot be staged."""


class VoiceError(FlowError):
    """A voice that there is not, or a blend of none."""


class SolveError(FlowError):
    """The plan could not be solved."""


class EngineError(FlowError):
    """An engine cannot make this take."""


class DriverMissing(EngineError):
    """There is no Vulkan driver to draw with."""


class EngineCrashed(EngineError):
    """The renderer's process died."""


class Cancelled(FlowError):
    """The user stopped it; nothing was spent and nothing is left behind."""


class MediaError(FlowError):
    """A media file cannot be read or written."""


class SealError(FlowError):
    """A take cannot be signed."""


class StoreError(FlowError):
    """The project folder cannot be read or written."""


class FilmError(FlowError):
    """The shots cannot be joined."""


def one_line(text: str) -> str:
    """Text from anywhere, made safe to print: control characters and line ends become spaces.

    >>> one_line("a\\x1b[31m b\\n c")
    'a [31m b c'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def quote(text: str) -> str:
    """At most 60 printable characters of somebody's text, for use inside a message."""
    line = one_line(text)
    return line if len(line) <= MAX_QUOTED_CHARS else f"{line[: MAX_QUOTED_CHARS - 1]}…"


def choices(word: str, known: Iterable[str]) -> str:
    """The fix for an unknown word: the nearest spelling, then all choices.

    >>> choices("fats", ["sketch", "fast"])
    'Did you mean "fast"? Choose from fast, sketch.'
    """
    options = sorted(known)
    near = difflib.get_close_matches(word.lower(), options, n=1)
    return (f'Did you mean "{near[0]}"? ' if near else "") + f"Choose from {', '.join(options)}."
