"""The kernel's end of the wire. In: `CellPatch`es for the page. Out: the cells' order, what it asks for.

Outside of a Jupyter kernel there is no page: everything here then does nothing. A page may speak while a
cell runs, in a thread of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from flow_nb.notebook.messages import COMM_TARGET, CellPatch, PageOrder, PageRequest


class Page:
    """One comm, open from ``%load_ext`` to the kernel's end; every page on the kernel hears it."""

    def __init__(
        self,
        shell: Any,
        ordered: Callable[[PageOrder], None],
        asked: Callable[[PageRequest], None],
    ) -> None:
        self._ordered = ordered
        self._asked = asked
        self._comm: Any = None
        self._last: dict[str, CellPatch] = {}
        if getattr(shell, "kernel", None) is not None:
            from comm import create_comm

            self._comm = create_comm(target_name=COMM_TARGET)
            self._comm.on_msg(self._receive)

    def patch(self, patch: CellPatch) -> None:
        """Tells the page what a cell is now."""
        if self._comm is not None and patch.cell_id:
            self._last[patch.cell_id] = patch
            self._comm.send(patch.model_dump(mode="json", by_alias=True))

    def close(self) -> None:
        """Hangs up."""
        if self._comm is not None:
            self._comm.close()
            self._comm = None

    def _receive(self, message: dict[str, Any]) -> None:
        """A page may be of another version, or not ours: what it says wrongly is not heard."""
        try:
            data = message["content"]["data"]
            if "ask" in data:
                self._asked(PageRequest.model_validate(data))
                return
            order = PageOrder.model_validate(data)
        except (KeyError, TypeError, ValidationError):
            return
        self._ordered(order)
        for cell in order.cells if order.fresh else ():
            if cell in self._last:
                self.patch(self._last[cell])
