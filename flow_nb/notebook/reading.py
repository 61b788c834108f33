"""A notebook's file as a script. In: an .ipynb. Out: its `Shot`s, in order; no code of it is run."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from flow_nb.errors import ShotError, quote
from flow_nb.notebook.messages import EDIT_KEY, Edit
from flow_nb.plan.shot import DEFAULT_ENGINE, DEFAULT_TIER, EXAMPLE, Shot

MAX_BYTES = 100_000_000


def shots_of(path: Path, *, tier: str | None = None) -> list[Shot]:
    """The shots of a notebook; ``tier`` overrides what their cells say. Raises ShotError as `shot_cells`."""
    return list(shot_cells(path, tier=tier).values())


def shot_cells(path: Path, *, tier: str | None = None) -> dict[str, Shot]:
    """The shots of a notebook by the ids of their cells, from the top.

    Raises:
        ShotError: the file is no notebook, two cells have one name, or a cell is not a shot.
    """
    from flow_nb.asked import shot_of
    from flow_nb.notebook.magics import ShotMagics
    from flow_nb.notebook.options import read_options

    shots: dict[str, Shot] = {}
    names: set[str] = set()
    for number, cell in enumerate(_cells(path), start=1):
        head, _, text = cell["source"].lstrip().partition("\n")
        if head.split()[:1] != ["%%shot"]:
            continue
        try:
            options = read_options(ShotMagics.shot, head.removeprefix("%%shot"))
            name = options.name or f"shot-{len(shots) + 1}"
            if name in names:
                raise ShotError("another cell has this name.", fix="Rename one.", shot=name)
            options.tier = tier or options.tier or DEFAULT_TIER
            options.engine = options.engine or DEFAULT_ENGINE
            names.add(name)
            shots[_id(cell) or f"#{number}"] = shot_of(options, name=name, text=text)
        except ShotError as error:
            raise error.at(cell=number) from None
    if not shots:
        raise ShotError(f'"{quote(path.name)}" has no %%shot cell.', fix=EXAMPLE)
    return shots


def edits_of(path: Path) -> dict[str, Edit]:
    """How a notebook's shots stand in its film, by their names. Raises ShotError as `shot_cells`."""
    shots = shot_cells(path)
    edits: dict[str, Edit] = {}
    for number, cell in enumerate(_cells(path), start=1):
        shot = shots.get(_id(cell) or f"#{number}")
        metadata = cell.get("metadata")
        kept = metadata.get(EDIT_KEY) if isinstance(metadata, dict) else None
        with suppress(ValidationError):  # damaged by hand: the shot is whole
            edits |= {shot.name: Edit.model_validate(kept)} if shot and kept is not None else {}
    return edits


def _cells(path: Path) -> list[dict[str, Any]]:
    """A notebook's code cells."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ShotError(f'"{quote(path.name)}" is larger than {MAX_BYTES // 10**6} MB.')
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        return [{**cell, "source": _source(cell)} for cell in code]
    except OSError as error:
        raise ShotError(
            f'"{quote(str(path))}" cannot be read: {error.strerror}.', fix="Name a notebook."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise ShotError(
            f'"{quote(path.name)}" is not a notebook.', fix="Name an .ipynb file of format 4."
        ) from None


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _id(cell: dict[str, Any]) -> str:
    """Empty before nbformat 4.5."""
    return str(cell.get("id", ""))
