"""The engines that are installed. In: a name. Out: the engine behind its entry point."""

from __future__ import annotations

from importlib.metadata import EntryPoints, entry_points
from typing import TYPE_CHECKING

from flow_nb.errors import ShotError, choices, quote

if TYPE_CHECKING:
    from flow_nb.engines.base import Engine

ENGINE_GROUP = "flow_nb.engines"


def installed() -> EntryPoints:
    """All entry points of engines, this package's own and those of others; none of them is loaded."""
    return entry_points(group=ENGINE_GROUP)


def installed_engine(name: str) -> Engine:
    """The engine of that name. Raises ShotError: there is none."""
    found = installed()
    for entry in found:
        if entry.name == name:
            made: Engine = entry.load()()
            return made
    raise ShotError(
        f'there is no engine "{quote(name)}".', fix=choices(name, {entry.name for entry in found})
    )
