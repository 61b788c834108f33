"""``%voice``. In: what is asked of the cast. Out: the voices under the cell, to read and to hear.

All words may come from a user's text: they are escaped.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from flow_nb.auditions import NOBODY, VoiceRow, audition, plain
from flow_nb.identity.asking import Asked
from flow_nb.notebook.session import Session

_CELL = "text-align:left;vertical-align:middle;padding:2px 12px 2px 0"


def show_voices(session: Session, wanted: Asked, *, forget: bool = False) -> None:
    """Casts what is asked for, then shows it; the whole cast where nobody is named. Raises VoiceError."""
    from IPython.display import display

    rows, notes = audition(session.studio.cast, wanted, forget=forget)
    data = {"text/html": html(rows, notes), "text/plain": "\n".join(plain(rows, notes))}
    put: Callable[..., Any] = display
    put(data, raw=True)


def html(rows: Sequence[VoiceRow], notes: Sequence[str] = ()) -> str:
    """A table with a player for each voice."""
    if not rows:
        return f"<p>{escape(NOBODY)}</p>"
    heads = "".join(
        f'<th scope="col" style="{_CELL}">{head}</th>' for head in ("", "voice", "most alike", "")
    )
    said = "".join(f"<p>{escape(note)}</p>" for note in notes)
    body = "".join(map(_row, rows))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{said}"


def _row(row: VoiceRow) -> str:
    nearest = f"{row.nearest[0]} ({row.nearest[1]:.2f})" if row.nearest else ""
    told = (escape(row.tag.blend), escape(nearest), _player(row))
    cells = "".join(f'<td style="{_CELL}">{cell}</td>' for cell in told)
    return f'<tr><th scope="row" style="{_CELL}">{escape(row.tag.name)}</th>{cells}</tr>'


def _player(row: VoiceRow) -> str:
    if not row.sound:
        return ""
    data = base64.b64encode(row.sound).decode("ascii")
    label = escape(f"Hear {row.tag.name}", quote=True)
    source = f"data:audio/mpeg;base64,{data}"
    return f'<audio controls preload="none" aria-label="{label}" src="{source}"></audio>'
