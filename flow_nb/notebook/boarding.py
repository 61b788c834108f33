"""``%storyboard``. In: where it is to go. Out: the contact sheet under the cell, or a file of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flow_nb.errors import ShotError, quote
from flow_nb.files import write_whole
from flow_nb.notebook.cards import BOARD_MIME, Storyboard
from flow_nb.notebook.desk import Desk
from flow_nb.notebook.storyboard import board_of_desk, html, plain


def show_storyboard(desk: Desk, *, title: str, png: str | None, page: str | None) -> None:
    """Shows the board, or writes it as a PNG, as a page. Raises ShotError: no shot, no such folder."""
    board = board_of_desk(desk, title)
    folder = desk.session.folder
    for path in write_board(board, folder, png=png and folder / png, page=page and folder / page):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
    if png or page:
        return
    from IPython.display import display

    put: Callable[..., Any] = display
    data = {
        BOARD_MIME: board.model_dump(mode="json", by_alias=True),
        "text/html": _frame(html(board, folder)),
        "text/plain": plain(board),
    }
    put(data, raw=True)


def write_board(
    board: Storyboard, folder: Path, *, png: Path | str | None, page: Path | str | None
) -> list[Path]:
    """Writes the files that are named. Raises ShotError: the folder of one does not exist."""
    from flow_nb.notebook.contact_sheet import contact_sheet

    written = []
    for name, data in ((png, contact_sheet), (page, _page)):
        if not name:
            continue
        path = Path(name).resolve()
        if not path.parent.is_dir() or path.is_dir():
            raise ShotError(
                f'"{quote(str(name))}" cannot be written.',
                fix="Name a file in a folder that exists.",
            )
        write_whole(path, data(board, folder))
        written.append(path)
    return written


def _page(board: Storyboard, folder: Path) -> bytes:
    return html(board, folder).encode()


def _frame(page: str) -> str:
    """The page within a page, for readers that do not know our type: its style stays its own."""
    from html import escape

    return (
        f'<iframe sandbox="" title="Storyboard" style="width:100%;height:640px;border:0"'
        f' srcdoc="{escape(page, quote=True)}"></iframe>'
    )
