"""Takes become a film. In: takes of one studio, their edits. Out: a sealed film.

The pictures are copied as they are coded, their marks with them. Only a take whose format or coding
differs from the largest one's is drawn anew into that format, with bars where its shape differs, and
one that lacks a label that the film must bear; and the few frames at a trim or in a transition that
cannot be copied: see `flow_nb.film.splice`. The film's notes say which. The sound is coded anew: see
`flow_nb.media.mux`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from flow_nb.engines.base import Format, Progress
from flow_nb.errors import FilmError, quote
from flow_nb.film.conform import conform
from flow_nb.film.cutting import Strip, cut
from flow_nb.film.labels import Wanted, wanted
from flow_nb.film.sounding import sounds
from flow_nb.film.splice import spliced
from flow_nb.media.decode import keyframe
from flow_nb.media.mux import Picture, Piece, join, picture
from flow_nb.media.planes import write_pictures
from flow_nb.plan.edit import WHOLE, Edit
from flow_nb.plan.shown import Shown
from flow_nb.plan.take import Take
from flow_nb.shield.seal import film_key, seal_film
from flow_nb.store import Store

_DRAWN, _JOINED = 0.6, 0.3  # shares of the work


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """A take's clip as it enters the film."""

    take: Take
    clip: Path
    picture: Picture


def assemble(
    takes: Sequence[Take],
    store: Store,
    *,
    name: str,
    progress: Progress,
    profiles: Sequence[str] = (),
    edits: Sequence[Edit] = (),
) -> Take:
    """Joins takes in the order given and seals the film; the same takes give the film at hand.

    ``edits`` are one for each take, or none at all: whole takes, by cuts.
    ``profiles`` are compliance profiles beyond those that the takes were made with.

    Raises FilmError for an empty list and for a clip that is missing or damaged, and whatever
    ``progress`` raises; nothing is left then.
    """
    if not takes:
        raise FilmError("there are no shots to join.", fix="Run a %%shot cell first.")
    edits = edits or [WHOLE] * len(takes)
    want = wanted(_asked_of(takes, edits), profiles)
    asked = [profile.id for profile in want.several]
    key = film_key(name, takes, asked, edits)
    if kept := store.get_take(key):
        return kept
    began_s = time.perf_counter()
    parts = [_part(take, store) for take in takes]
    with ExitStack() as stack:
        parts, notes = _conformed(parts, want, store, stack, progress)
        form = parts[0].picture.format
        frames = [part.picture.frames for part in parts]
        plan = cut([take.shot for take in takes], frames, edits, form.fps)
        pieces = _pieces(plan.strips, parts, store, stack)
        if pieces is None:  # another coder's pictures: what ours draws can be cut by ours
            parts, notes = _conformed(parts, want, store, stack, progress, anew=True)
            pieces = _pieces(plan.strips, parts, store, stack) or []
        clips = [part.clip for part in parts]
        film = stack.enter_context(store.working(".mp4"))
        tell = _steps(progress, _DRAWN, _JOINED, len(pieces))
        length = join(pieces, lambda: sounds(plan.strips, clips, form.fps), film, tell)
        progress("film", _DRAWN + _JOINED)
        return seal_film(
            film,
            store,
            key=key,
            name=name,
            shown=_shown(takes, plan.strips, form),
            tier=_largest(parts).take.tier,
            format=form,
            frames=length,
            poster_frame=keyframe(film, float(length / form.fps) / 2),
            stages_s={"film": round(time.perf_counter() - began_s, 4)},
            notes=(*notes, *plan.notes),
            profiles=asked,
            kept=want.kept(takes, form),
        )


def _asked_of(takes: Sequence[Take], edits: Sequence[Edit]) -> tuple[Shown, ...]:
    """Each take as its edit asks for it, at the earliest at which it can be seen."""
    asked, at_s = [], 0.0
    for take, edit in zip(takes, edits, strict=True):
        rate = Fraction(*take.fps)
        (strip,) = cut([take.shot], [take.frames], [edit], rate).strips
        in_s, out_s = float(strip.first / rate), float(strip.last / rate)
        asked.append(Shown(take=take, in_s=in_s, out_s=out_s, start_s=at_s))
        at_s += out_s - in_s - (edit.transition_s if edit.transition == "dissolve" else 0.0)
    return tuple(asked)


def _shown(takes: Sequence[Take], strips: Sequence[Strip], form: Format) -> tuple[Shown, ...]:
    return tuple(
        Shown(
            take=take,
            in_s=float(strip.first / form.fps),
            out_s=float(strip.last / form.fps),
            start_s=float(strip.start / form.fps),
        )
        for take, strip in zip(takes, strips, strict=True)
    )


def _pieces(
    strips: Sequence[Strip], parts: Sequence[_Part], store: Store, stack: ExitStack
) -> list[Piece] | None:
    """What is joined, with what must be drawn drawn; None where that does not join the rest."""
    target = parts[0].picture
    pieces: list[Piece] = []
    for piece in spliced(strips, [part.clip for part in parts]):
        if isinstance(piece, Piece):
            pieces.append(piece)
            continue
        clip = stack.enter_context(store.working(".mp4"))
        write_pictures(clip, target.format, piece.pictures())
        if not picture(clip).joins(target):
            return None
        pieces.append(Piece(clip=clip, first=0, last=piece.frames))
    return pieces


def _part(take: Take, store: Store) -> _Part:
    clip = store.path(take)
    if not store.is_whole(take):
        what = "is damaged" if clip.is_file() else "is missing"
        raise FilmError(
            f'its clip "{quote(take.clip)}" {what}.',
            fix="Run its %%shot cell again.",
            shot=take.shot,
        )
    return _Part(take=take, clip=clip, picture=picture(clip))


def _largest(parts: Sequence[_Part]) -> _Part:
    """The part with the most pixels, then the most frames a second, then the first."""

    def size(part: _Part) -> tuple[int, float]:
        form = part.picture.format
        return form.width * form.height, float(form.fps)

    return max(parts, key=size)


def _conformed(
    parts: list[_Part],
    want: Wanted,
    store: Store,
    stack: ExitStack,
    progress: Progress,
    *,
    anew: bool = False,
) -> tuple[list[_Part], tuple[str, ...]]:
    """The same parts, all of one kind of picture and labelled, and what had to be done for it;
    ``anew`` does it for all of them."""
    target = _largest(parts).picture
    drawn: dict[str, _Part] = {}
    due = {part.take.id for part, is_due in zip(parts, want.due, strict=True) if is_due}

    def draw(some: Iterable[_Part]) -> None:
        for part in some:
            if part.take.id not in drawn:
                clip = stack.enter_context(store.working(".mp4"))
                start, share = len(drawn) / len(parts), 1 / len(parts)
                tell = _steps(progress, _DRAWN * start, _DRAWN * share, part.take.frames)
                touch = want.touch if part.take.id in due else None
                conform(part.clip, clip, target.format, tell, touch)
                drawn[part.take.id] = replace(part, clip=clip, picture=picture(clip))

    draw(part for part in parts if not part.picture.joins(target) or part.take.id in due)
    if anew or any(not part.picture.joins(target) for part in drawn.values()):
        draw(parts)  # the largest was coded by another encoder: only alike pictures join
    old = {part.take.id: part for part in parts}
    notes = tuple(_note(old[take_id], target, labelled=take_id in due) for take_id in drawn)
    return [drawn.get(part.take.id, part) for part in parts], notes


def _note(part: _Part, target: Picture, *, labelled: bool) -> str:
    old, new = part.picture.format, target.format
    if labelled and old == new:
        return f'"{quote(part.take.shot)}" was coded anew, to burn the label in.'
    return (
        f'"{quote(part.take.shot)}" was coded anew: {old.width}×{old.height} at {old.fps} '
        f"became {new.width}×{new.height} at {new.fps}."
    )


def _steps(progress: Progress, start: float, share: float, steps: int) -> Callable[[int], None]:
    """Tells of every step done in a part of the work that is ``share`` of the whole."""

    def tell(done: int) -> None:
        progress("film", start + share * min(1.0, done / steps))

    return tell
