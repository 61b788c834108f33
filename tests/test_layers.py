"""Imports go down the floors of the house, or stay in their own room."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "flow_nb"

FLOORS = {
    "clock": 0, "errors": 0, "timebase": 0,
    "plan": 1, "props": 1,
    "director": 2, "identity": 2, "physics": 2,
    "engines": 3,
    "shield": 4, "media": 4,
    "film": 5, "making": 5,
    "rehearsal": 4, "store": 4, "studio": 6,
    "auditions": 7, "doctor": 7, "asked": 7, "passes": 7,
    "files": 0,
    "notebook": 8, "verbs": 8, "cli": 9,
}  # fmt: skip

NEIGHBOURS = {
    ("props", "plan"),  # a mesh is a value that motions carry
    ("shield", "media"), ("shield", "store"), ("media", "store"),
    ("verbs", "notebook"),
}  # fmt: skip
"""Rooms of one floor of which the first may look into the second."""


def imports(file: Path) -> set[str]:
    """The rooms that a file imports, wherever in the file it does so."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module]
            if node.module == "flow_nb":
                names = [f"flow_nb.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("flow_nb.")}
    return found - {"__version__"}


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def offending_edges() -> list[str]:
    edges = []
    for file in sorted(PACKAGE.rglob("*.py")):
        room = room_of(file)
        if room == "__init__":
            continue
        for other in sorted(imports(file) - {room}):
            down = FLOORS[other] < FLOORS[room]
            if not down and (room, other) not in NEIGHBOURS:
                edges.append(f"{file.relative_to(PACKAGE)} → {other}: {room} may not look there")
    return edges


def test_imports_go_down_the_floors() -> None:
    edges = offending_edges()
    assert not edges, "\n" + "\n".join(edges)


def test_every_room_has_its_floor() -> None:
    rooms = {room_of(file) for file in PACKAGE.rglob("*.py")} - {"__init__"}
    assert rooms <= FLOORS.keys()
