"""Edits become frames. In: how long each take is, its `Edit`. Out: `Strip`s on the film's frames.

Frames are integers of the film's rate. What an edit asks beyond a take, or a transition beyond the
shots that it joins, is cut down to what there is, and `Cut.notes` says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from flow_nb.errors import quote
from flow_nb.plan.edit import Edit, Transition


@dataclass(frozen=True, kw_only=True, slots=True)
class Strip:
    """Frames ``first`` to ``last`` (exclusive) of a take, seen from frame ``start`` of the film on.

    ``leaves`` is how it goes over to the next one and takes its last ``tail`` frames; ``comes`` is how
    it is reached and takes its first ``head`` frames. In a dissolve, head and the tail before it
    are the same frames of the film.
    """

    frames: int
    first: int
    last: int
    start: int = 0
    comes: Transition = "cut"
    head: int = 0
    leaves: Transition = "cut"
    tail: int = 0

    @property
    def length(self) -> int:
        """How many frames of it are seen."""
        return self.last - self.first

    @property
    def end(self) -> int:
        """The film's frame after its last one."""
        return self.start + self.length

    @property
    def is_whole(self) -> bool:
        """All of the take, by cuts alone."""
        return self.first == self.head == self.tail == 0 and self.last == self.frames


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """A film before it is made: its strips, and what people should know of them."""

    strips: tuple[Strip, ...]
    notes: tuple[str, ...]


def cut(names: Sequence[str], frames: Sequence[int], edits: Sequence[Edit], fps: Fraction) -> Cut:
    """The strips of takes of so many frames at the film's rate.

    >>> trimmed = Edit(in_s=0.5, out_s=1.5, transition="dissolve", transition_s=0.25)
    >>> a, b = cut("ab", [48, 48], [trimmed, Edit()], Fraction(24)).strips
    >>> (a.first, a.last, a.start, a.tail), (b.first, b.last, b.start, b.head)
    ((12, 36, 0, 6), (0, 48, 18, 6))
    """
    notes: list[str] = []
    strips: list[Strip] = []
    for name, count, edit in zip(names, frames, edits, strict=True):
        strips.append(_trimmed(name, count, edit, fps, notes))
    for place, (name, edit) in enumerate(zip(names, edits, strict=True)):
        wanted = round(Fraction(edit.transition_s) * fps)
        if edit.transition != "cut" and wanted > 0:
            got = _join(strips, place, edit.transition, wanted)
            if 0 < got < wanted:
                notes.append(
                    f'the {edit.transition} after "{quote(name)}" is {got} frames long, not '
                    f"{wanted}: the shots that it joins are no longer."
                )
    return Cut(strips=_placed(strips), notes=tuple(notes))


def _trimmed(name: str, frames: int, edit: Edit, fps: Fraction, notes: list[str]) -> Strip:
    first = round(Fraction(edit.in_s) * fps)
    last = frames if edit.out_s is None else min(frames, round(Fraction(edit.out_s) * fps))
    if not 0 <= first < last:
        notes.append(
            f'"{quote(name)}" is shown whole: its take of {float(frames / fps):.2f} s has nothing '
            f"between {edit.in_s:g} s and {'its end' if edit.out_s is None else f'{edit.out_s:g} s'}."
        )
        first, last = 0, frames
    elif (first, last) != (0, frames):
        notes.append(
            f'"{quote(name)}" was trimmed to {float(first / fps):.2f} to {float(last / fps):.2f} s.'
        )
    return Strip(frames=frames, first=first, last=last)


def _join(strips: list[Strip], place: int, kind: Transition, wanted: int) -> int:
    """Puts a transition behind a strip; the frames that it got. At least one frame stays clear."""
    one = strips[place]
    room = one.length - one.head - 1
    if place + 1 == len(strips):
        got = min(wanted, room) if kind == "fade" else 0
        if got > 0:
            strips[place] = replace(one, leaves=kind, tail=got)
        return got
    other = strips[place + 1]
    if kind == "dissolve":
        tail = head = min(wanted, room, other.length - 1)
    else:
        tail = min(wanted // 2, room)
        head = min(wanted - wanted // 2, other.length - 1)
    if tail <= 0 or head <= 0:
        return 0
    strips[place] = replace(one, leaves=kind, tail=tail)
    strips[place + 1] = replace(other, comes=kind, head=head)
    return tail if kind == "dissolve" else tail + head


def _placed(strips: Sequence[Strip]) -> tuple[Strip, ...]:
    placed: list[Strip] = []
    for strip in strips:
        start = placed[-1].end if placed else 0
        if strip.comes == "dissolve":
            start -= strip.head
        placed.append(replace(strip, start=start))
    return tuple(placed)
