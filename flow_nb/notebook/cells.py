"""Which cell is this. In: the message that made the kernel run it. Out: its nbformat id, or None.

Jupyter's pages send the id; nbclient and a terminal do not.
"""

from __future__ import annotations

from typing import Any

MAX_ID_CHARS = 200


def cell_id(shell: Any) -> str | None:
    """The id of the cell that is running now."""
    found = _metadata(shell).get("cellId")
    return found[:MAX_ID_CHARS] if isinstance(found, str) and found else None


def deleted_cells(shell: Any) -> list[str]:
    """The ids of the cells that were deleted since the last run; JupyterLab sends them along."""
    found = _metadata(shell).get("deletedCells")
    return [cell for cell in found if isinstance(cell, str)] if isinstance(found, list) else []


def _metadata(shell: Any) -> dict[str, Any]:
    parent = shell.get_parent() if hasattr(shell, "get_parent") else None
    metadata = parent.get("metadata") if isinstance(parent, dict) else None
    return metadata if isinstance(metadata, dict) else {}
