"""A take or a storyboard as a live widget, for hosts without our extension. In: a view, its files. Out: one widget.

It is shown, never saved: what stays in a notebook's file is the durable bundle. Needs the extra
``widget``: VS Code, Colab and marimo have anywidget's other half.
"""

# mypy: disallow_subclassing_any=False

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from pydantic import ValidationError

from flow_nb.notebook.cards import Storyboard
from flow_nb.notebook.messages import PageRequest, TakeView

BUNDLE = Path(__file__).parent.parent / "static" / "anywidget.js"


class FlowWidget(anywidget.AnyWidget):
    """The player, or the storyboard. ``files`` are the bytes of clips and posters by the paths in the
    view; they cross as they are, in one binary message."""

    _esm = BUNDLE
    view = traitlets.Dict().tag(sync=True)
    files = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        view: TakeView | Storyboard,
        files: Mapping[str, bytes],
        asked: Callable[[PageRequest], None] | None = None,
    ) -> None:
        shown = view.model_dump(mode="json", by_alias=True)
        super().__init__(view=shown, files=dict(files))
        self._asked = asked
        self.on_msg(self._receive)

    def _receive(self, _: Any, content: Any, buffers: Any) -> None:
        """What a page says wrongly is not heard."""
        try:
            request = PageRequest.model_validate(content)
        except ValidationError:
            return
        if self._asked is not None:
            self._asked(request)


def files_of(view: TakeView | Storyboard, folder: Path) -> dict[str, bytes]:
    """The files that a view names, as far as they are there."""
    cards = view.cards if isinstance(view, Storyboard) else (view,)
    names = {card.poster for card in cards}
    if isinstance(view, TakeView):
        names.add(view.clip)
    paths = {name: folder / name for name in names if name}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
