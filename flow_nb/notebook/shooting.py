"""A magic's work. In: its options. Out: a film under the cell, a take's durable view, words."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flow_nb import __version__
from flow_nb.errors import FilmError, ShotError, choices
from flow_nb.files import relative
from flow_nb.notebook.bundle import page_poster, small_poster
from flow_nb.notebook.digest import film_digest
from flow_nb.notebook.display import LiveTake
from flow_nb.notebook.extras import with_extras
from flow_nb.notebook.filming import film_shots
from flow_nb.notebook.hosts import serves_files
from flow_nb.notebook.messages import Digest, FilmView, TakeView
from flow_nb.notebook.proving import tell_kept
from flow_nb.notebook.session import Session
from flow_nb.plan.shot import profile_names
from flow_nb.plan.take import Take

if TYPE_CHECKING:
    from flow_nb.plan.motion import Motion
    from flow_nb.plan.plan import Plan

MAX_EMBEDDED_BYTES, MAX_ASKED_BYTES = 2_000_000, 30_000_000


def choose_director(session: Session, name: str) -> str:
    """``%flow director NAME``: who reads the words from here on. Raises PlanError."""
    if not name:
        return f"The director is {session.studio.director.name}."
    if name == "grammar":
        session.studio.direct(None)
        return "The grammar reads the shots: offline, free, the same every time."
    from flow_nb.director.llm import LlmDirector
    from flow_nb.plan.shot import make_shot

    director = LlmDirector(name)
    session.studio.direct(director)
    if director.missing:
        return f"{director.name}: {director.missing} Until then the grammar reads the shots."
    cost = director.quote(make_shot("shot", "A glass falls."))
    return (
        f"{director.name} reads the shots: about {cost.sent:,} tokens sent and at most "
        f"{cost.received:,} received for each new text; numbers come from the solver alone."
    )


def show_film(
    session: Session,
    shots: Sequence[str],
    name: str,
    profile: str | None = None,
    *,
    embed: bool | None = None,
) -> None:
    """Joins the shots and plays the film under the cell."""
    studio = session.studio
    session.sort()
    names = list(shots) or list(studio.order)
    if not names:
        raise FilmError("no shot has been rendered yet.", fix="Run a %%shot cell first.")
    for unknown in (n for n in names if studio.take_of(n) is None):
        known = [n for n in studio.order if studio.take_of(n)]
        fix = choices(unknown, known) if known else "Run its %%shot cell first."
        raise FilmError(f'there is no take of "{unknown}".', fix=fix)
    cutting = Digest(shot=name, tier="film", state="rendering", duration_s=0)
    live = LiveTake(cutting, lambda _: None)
    try:
        asked = profile_names(profile)
        film = studio.film(names, name=name, progress=live, profiles=asked, edits=session.edits)
    except BaseException:
        live.end("The film was not made.")
        raise
    view, poster = film_view(session, film, names, embed=embed)
    live.show(view, poster, subtitles(film))
    tell_kept(film)


def film_view(
    session: Session, film: Take, names: Sequence[str], *, embed: bool | None = None
) -> tuple[TakeView, bytes]:
    """As `take_view`, of the film of these shots."""
    takes = [take for take in map(session.studio.take_of, names) if take]
    shots = film_shots(session, film, takes)
    view, poster = take_view(session, film, film_digest(film, shots), embed=embed)
    return view.model_copy(update={"film": FilmView(shots=shots)}), poster


def subtitles(take: Take) -> str:
    """What is said in a take as WebVTT; empty where nobody speaks."""
    from flow_nb.media.subtitles import vtt

    return vtt(take.cues) if take.cues else ""


def take_view(
    session: Session,
    take: Take,
    done: Digest,
    plan: Plan | None = None,
    motion: Motion | None = None,
    *,
    embed: bool | None = None,
) -> tuple[TakeView, bytes]:
    """The durable view of a take, and its poster for the notebook's file.

    A small clip that no server can serve is embedded, unless ``embed`` says otherwise.

    Raises:
        ShotError: it is to be embedded and is too large for that.
    """
    clip = session.studio.path(take)
    poster = session.studio.folder / take.poster
    inside = relative(clip, session.folder)
    size = clip.stat().st_size if clip.is_file() else 0
    if embed and size > MAX_ASKED_BYTES:
        raise ShotError(
            f"the clip has {size / 1e6:.0f} MB; a notebook takes {MAX_ASKED_BYTES / 1e6:.0f} inside it.",
            fix="Leave --embed out, or choose a smaller tier.",
            shot=take.shot,
        )
    if embed is None:
        embed = size <= MAX_EMBEDDED_BYTES and not (inside and serves_files())
    view = TakeView(
        digest=done,
        poster_data=page_poster(poster),
        clip=inside,
        clip_data=base64.b64encode(clip.read_bytes()).decode("ascii") if embed and size else "",
        poster=relative(poster, session.folder) if poster.is_file() else "",
        width=take.width,
        height=take.height,
        fps=take.fps,
        frames=take.frames,
    )
    whole = with_extras(session.studio, session.folder, view, take, plan, motion)
    return whole, small_poster(poster)


def status(session: Session) -> str:
    """What ``%flow`` prints: the studio's folder, and a line for each shot."""
    lines = [f"flow_nb {__version__} · {session.folder}"]
    names = session.names
    if not names:
        return "\n".join([*lines, "No shot has been run in this kernel. Begin a cell with %%shot."])
    studio = session.studio
    width = max(map(len, names))
    for name in names:
        take = studio.take_of(name)
        state = f"{take.tier}, {take.duration_s:g} s, {take.clip}" if take else "no take yet"
        lines.append(f"  {name:{width}}  {state}")
    return "\n".join(lines)
