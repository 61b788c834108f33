"""A notebook's file as a script. In: an .ipynb. Out: its `Shot`s, in order, and their edits; no code of it is run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from flow_nb.errors import ShotError, quote
from flow_nb.notebook.messages import EDIT_KEY, Edit
from flow_nb.plan.shot import DEFAULT_ENGINE, DEFAULT_TIER, EXAMPLE, Shot

MAX_BYTES = 100_000_000


def shots_of(path: Path, *, tier: str | None = None) -> list[Shot]:
    """The shots of a notebook; ``tier`` overrides what their cells say.

    Raises:
        ShotError: the file is no notebook, two cells have one name, or a cell is not a shot.
    """
    return [shot for shot, _ in _shots(path, tier)]


def edits_of(path: Path) -> dict[str, Edit]:
    """How a notebook's shots stand in its film, by their names. Raises ShotError as `shots_of`."""
    edits: dict[str, Edit] = {}
    for shot, cell in _shots(path, None):
        metadata = cell.get("metadata")
        kept = metadata.get(EDIT_KEY) if isinstance(metadata, dict) else None
        with suppress(ValidationError):  # damaged by hand: the shot is whole
            edits |= {} if kept is None else {shot.name: Edit.model_validate(kept)}
    return edits


def _shots(path: Path, tier: str | None) -> list[tuple[Shot, dict[str, Any]]]:
    """The shots of a notebook, each with its cell."""
    from flow_nb.asked import shot_of
    from flow_nb.notebook.magics import ShotMagics
    from flow_nb.notebook.options import read_options

    shots: dict[str, tuple[Shot, dict[str, Any]]] = {}
    for number, cell in enumerate(_code_cells(path), start=1):
        head, _, text = _source(cell).lstrip().partition("\n")
        if head.split()[:1] != ["%%shot"]:
            continue
        try:
            options = read_options(ShotMagics.shot, head.removeprefix("%%shot"))
            name = options.name or f"shot-{len(shots) + 1}"
            if name in shots:
                raise ShotError("another cell has this name.", fix="Rename one.", shot=name)
            options.tier = tier or options.tier or DEFAULT_TIER
            options.engine = options.engine or DEFAULT_ENGINE
            shots[name] = shot_of(options, name=name, text=text), cell
        except ShotError as error:
            raise error.at(cell=number) from None
    if not shots:
        raise ShotError(f'"{quote(path.name)}" has no %%shot cell.', fix=EXAMPLE)
    return list(shots.values())


def _code_cells(path: Path) -> Iterator[dict[str, Any]]:
    """A notebook's code cells."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ShotError(f'"{quote(path.name)}" is larger than {MAX_BYTES // 10**6} MB.')
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        for cell in code:
            _source(cell)
        yield from code
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
