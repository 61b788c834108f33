"""One notebook, one kernel. In: cells as they run, their order. Out: which shot is whose.

The kernel does not know the notebook: it learns of a cell when it runs, of a deleted one with the
next run, and of their order when a page tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from flow_nb.errors import ShotError, quote
from flow_nb.notebook.messages import Edit, PageOrder

if TYPE_CHECKING:
    from flow_nb.plan.motion import Motion
    from flow_nb.plan.plan import Plan
    from flow_nb.studio import Studio

P = ParamSpec("P")
Result = TypeVar("Result")

MAX_CELLS = 10_000
OPENING_CHARS = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A cell that has a shot's name: its id (None where nobody tells it), how its text begins."""

    cell: str | None
    opening: str


def open_studio(folder: Path) -> Studio:
    """The studio of a folder."""
    from flow_nb.studio import Studio

    return Studio(folder)


def _alone(
    method: Callable[Concatenate[Session, P], Result],
) -> Callable[Concatenate[Session, P], Result]:
    """One thread at a time: a page speaks and jobs end while a cell runs."""

    @wraps(method)
    def held(self: Session, *args: P.args, **kwargs: P.kwargs) -> Result:
        with self._held:
            return method(self, *args, **kwargs)

    return cast("Callable[Concatenate[Session, P], Result]", held)


class Session:
    """The names of the shots of one notebook, and its studio."""

    def __init__(
        self, folder: Path, *, open_studio: Callable[[Path], Studio] = open_studio
    ) -> None:
        self.folder = folder
        self._open_studio = open_studio
        self._claims: dict[str, Claim] = {}
        self._order: list[str] = []
        self._told: dict[str, str] = {}
        self._edits: dict[str, Edit] = {}
        self.scenes: dict[str, str] = {}
        self._studio: Studio | None = None
        self._held = RLock()
        self.plans: dict[str, tuple[Plan, Motion | None]] = {}

    def keep_plan(self, name: str, plan: Plan, motion: Motion | None = None) -> None:
        """Remembers how a shot was read, and last of all this one."""
        self.plans.pop(name, None)
        self.plans[name] = plan, motion

    @property
    def studio(self) -> Studio:
        """The studio in the notebook's folder, opened when it is first needed."""
        if self._studio is None:
            self._studio = self._open_studio(self.folder)
        return self._studio

    def name_for(self, cell: str | None) -> str:
        """The name of a cell that gives none: the one it had, here or in an earlier kernel, or
        ``shot-1`` and so on."""
        for name, claim in self._claims.items():
            if cell is not None and claim.cell == cell:
                return name
        told = self._told.get(cell or "")
        if told and told not in self._claims:
            return told
        known = {*self._claims, *self._told.values()}
        number = 1
        while f"shot-{number}" in known:
            number += 1
        return f"shot-{number}"

    @_alone
    def claim(self, name: str, cell: str | None, text: str) -> None:
        """The cell takes the name and gives back its last one. Raises ShotError: another has it."""
        holder = self._claims.get(name)
        mine = Claim(cell=cell, opening=" ".join(text.split())[:OPENING_CHARS])
        if holder is None and cell:
            holder = next(
                (Claim(cell=c, opening="") for c, n in self._told.items() if n == name), None
            )
        if holder and holder.cell and cell and holder.cell != cell:
            raise ShotError(
                f"two cells have this name: {self._place(holder)} and {self._place(mine)}.",
                fix=f"Call this one something else, as in %%shot {quote(name)}-2.",
                shot=name,
            )
        had = [n for n, c in self._claims.items() if cell and c.cell == cell and n != name]
        for other in had:
            del self._claims[other]
        self._claims[name] = mine
        self.sort()

    @_alone
    def forget(self, cells: Iterable[str]) -> None:
        """Cells that are gone give their names back."""
        gone = set(cells)
        self._told = {cell: name for cell, name in self._told.items() if cell not in gone}
        self._claims = {
            n: c for n, c in self._claims.items() if c.cell not in gone or c.cell is None
        }

    def follow(self, told: PageOrder) -> None:
        """As the page tells it."""
        self.reorder(told.cells, told.names, told.edits)

    @_alone
    def reorder(
        self,
        cells: list[str],
        names: Mapping[str, str] | None = None,
        edits: Mapping[str, Edit] | None = None,
    ) -> None:
        """The page tells which cells are shots, from the top; one that it does not name is gone.
        ``names`` are those of the cells that have one, also where they have not run here; ``edits``
        how they stand in the film."""
        self._order = cells[:MAX_CELLS]
        self._edits = dict(edits or {})
        known = set(self._order)
        self._told = {cell: name for cell, name in (names or {}).items() if cell in known}
        self.forget(c.cell for c in self._claims.values() if c.cell and c.cell not in known)
        self.sort()

    @_alone
    def sort(self, joined: str = "") -> None:
        """Brings the studio's order of shots in line with the notebook's. ``joined`` has a take now: a
        job in another thread may have made it while the order was being changed here."""
        if self._studio is None:
            return
        studio = self._studio
        if joined and joined not in studio.order:
            studio.order.append(joined)
        place = {cell: i for i, cell in enumerate(self._order)}
        ran = [name for name in studio.order if name in self._claims]
        told = [n for n in ran if self._claims[n].cell in place]
        told.sort(key=lambda n: place[str(self._claims[n].cell)])
        rest = [n for n in ran if self._claims[n].cell not in place]
        studio.order = told + rest

    @property
    def edits(self) -> dict[str, Edit]:
        """How the shots stand in the film, by their names; one that is not here is whole."""
        return {
            name: self._edits[claim.cell]
            for name, claim in self._claims.items()
            if claim.cell in self._edits
        }

    def cell_of(self, name: str) -> str | None:
        """The id of a shot's cell."""
        claim = self._claims.get(name)
        return claim.cell if claim else None

    @property
    def order(self) -> list[str]:
        """The ids of the cells that are shots, from the top, as the page told them."""
        return list(self._order)

    @property
    def names(self) -> list[str]:
        """The names in use, in the order in which their cells first ran."""
        return list(self._claims)

    def _place(self, claim: Claim) -> str:
        """``shot 3 ("A cup rolls")``; without its place where no page told it."""
        known = claim.cell in self._order
        number = f"shot {self._order.index(str(claim.cell)) + 1}" if known else ""
        opening = f'("{quote(claim.opening)}")' if claim.opening or not known else ""
        return " ".join(filter(None, (number, opening)))
