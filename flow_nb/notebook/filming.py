"""A film for the page. In: its takes, their edits. Out: `FilmShot`s, as a timeline shows them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from flow_nb.files import relative
from flow_nb.film.cutting import cut
from flow_nb.notebook.digest import light_text
from flow_nb.notebook.messages import Edit, FilmShot
from flow_nb.plan.take import Take
from flow_nb.timebase import frame_count

if TYPE_CHECKING:
    from flow_nb.notebook.session import Session


def film_shots(session: Session, film: Take, takes: Sequence[Take]) -> list[FilmShot]:
    """The shots of a film in their order, and when each is seen in it."""
    fps = Fraction(*film.fps)
    edits = [session.edits.get(take.shot, Edit()) for take in takes]
    frames = [frame_count(take.frames / Fraction(*take.fps), fps) for take in takes]
    strips = cut([take.shot for take in takes], frames, edits, fps).strips
    return [
        _shot(session, take, edit, float(strip.start / fps), float(strip.end / fps))
        for take, edit, strip in zip(takes, edits, strips, strict=True)
    ]


def _shot(session: Session, take: Take, edit: Edit, start_s: float, end_s: float) -> FilmShot:
    plan, _ = session.plans.get(take.shot, (None, None))
    poster = session.studio.folder / take.poster
    return FilmShot(
        cell=session.cell_of(take.shot) or "",
        shot=take.shot,
        scene=session.scenes.get(take.shot, ""),
        tier=take.tier,
        set=plan.set.kind if plan else "",
        light=light_text(plan.light) if plan else "",
        take=take.id,
        clip=relative(session.studio.path(take), session.folder),
        poster=relative(poster, session.folder) if poster.is_file() else "",
        fps=take.fps,
        frames=take.frames,
        credits=take.credits,
        start_s=round(start_s, 6),
        end_s=round(end_s, 6),
        edit=edit,
    )
