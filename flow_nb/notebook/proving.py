"""Proof under a cell. In: a file or a shot's name, a take. Out: the verdict; rule by rule what was done.

Names, titles and signers may be anybody's words: they are escaped.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from flow_nb.errors import MediaError, choices
from flow_nb.notebook.session import Session
from flow_nb.plan.take import Take

_STYLE = "white-space:pre-wrap;margin:0;color:var(--jp-content-font-color1,inherit)"


def show_verdict(session: Session, name: str | None, *, visible: bool) -> None:
    """``%verify FILE``, or the name of a shot. Raises MediaError."""
    from IPython.display import display

    verdict = session.studio.verify(_path(session, name), visible=visible)
    lines = verdict.lines()
    if visible and not verdict.heat_png:
        lines.append("  No mark was found in the picture: there is nothing to show.")
    head, rest = escape(lines[0]), escape("\n".join(lines[1:]))
    put: Callable[..., Any] = display
    data: dict[str, Any] = {
        "text/html": f'<pre style="{_STYLE}"><b>{head}</b>\n{rest}</pre>',
        "text/plain": "\n".join(lines),
    }
    put(data, raw=True)
    if verdict.heat_png:
        put({"image/png": verdict.heat_png, "text/plain": "where the mark sits"}, raw=True)


def tell_kept(take: Take) -> None:
    """What was done about the profiles of a take, rule by rule; nothing where it has none."""
    if not take.kept:
        return
    from flow_nb.shield.profiles.profile import ADVICE

    print("\n".join([*(line.told for line in take.kept), ADVICE]))


def _path(session: Session, name: str | None) -> Path:
    studio = session.studio
    takes = {shot: take for shot in studio.order if (take := studio.take_of(shot))}
    if not name:
        raise MediaError("no file is named.", fix=f"Write %verify FILE. {choices('', takes)}")
    if name in takes and not (session.folder / name).exists():
        return studio.path(takes[name])
    return session.folder / name
