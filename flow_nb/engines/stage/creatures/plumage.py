"""Feathers' colours. In: `Lump`s of a bird's coat, its marks. Out: the same surface in pieces, each with its colour."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.creatures.breeds import Mark
from flow_nb.engines.stage.creatures.coats import kept
from flow_nb.engines.stage.creatures.fowl import Fowl
from flow_nb.engines.stage.figures.clay import Lump
from flow_nb.engines.stage.picture import Singles


def feathered(kind: str, lump: Lump, fowl: Fowl, marks: tuple[Mark, ...]) -> list[tuple[str, Lump]]:
    """The pieces of a lump with their colours: ``#rrggbb``, or ``*0.6`` for a shade of the coat."""
    own = fowl.flock.wing_colour if kind in ("wing", "fold") else "*1.0"
    if kind == "tail":
        told = [str(mark[1]) for mark in marks if mark[0] == "tail"]
        return [(told[0] if told else own, lump)]
    pieces = [(own, lump)]
    for name, colour, *numbers in marks if kind == "coat" else ():
        found = []
        for old, piece in pieces:
            field = _field(str(name), piece, fowl, *numbers)
            parts = ((old, kept(piece, -field)), (str(colour), kept(piece, field)))
            found += [(shade, part) for shade, part in parts if len(part.faces)]
        pieces = found
    return pieces


def _field(name: str, lump: Lump, fowl: Fowl, number: float) -> Singles:
    points, unit = lump.vertices.astype(float), fowl.unit_m
    head = np.linalg.norm(points - fowl.head_m, axis=1)
    found = -np.ones(len(points))
    if name == "face":
        found = number * unit - head
    elif name == "collar":
        found = np.minimum(number * unit - head, head - 0.75 * number * unit)
    elif name == "neck":
        found = (points - fowl.neck_m)[:, 2] + 0.02 * unit
    elif name == "cheek":
        spots = [np.linalg.norm(points - fowl.face(0.05, s * 0.95, -0.35), axis=1) for s in (1, -1)]
        found = number * unit - np.minimum(*spots)
    elif name == "belly":
        flock = fowl.flock
        local = (points - fowl.middle_m) / unit
        breast = fowl.middle_m + unit * (0.18 * fowl.ahead - 0.5 * flock.body[0] * fowl.above)
        away = (points - breast) / unit
        along, side, up = away @ fowl.ahead, away[:, 1], away @ fowl.above
        found = number - np.sqrt((along / 1.25) ** 2 + (side / (1.1 * flock.body[1])) ** 2 + (up / 0.9) ** 2)
        found = np.minimum(found, 0.55 - local @ fowl.ahead)
    return np.asarray(found, np.float32)
