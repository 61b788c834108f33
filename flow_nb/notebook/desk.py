"""What the magics of one notebook share. In: the shell's session, its page. Out: one `Desk`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flow_nb.notebook.jobs import Jobs
from flow_nb.notebook.pace import Pace
from flow_nb.notebook.page import Page
from flow_nb.notebook.session import Session

if TYPE_CHECKING:
    from flow_nb.notebook.runs import CellRun


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """The session, the wire to its page, the queue, what stages take here, and the last run of each
    shot's cell by the shot's name."""

    session: Session
    page: Page
    jobs: Jobs = field(default_factory=Jobs)
    pace: Pace = field(default_factory=Pace)
    runs: dict[str, CellRun] = field(default_factory=dict)

    def run_of(self, cell: str) -> CellRun | None:
        """The last run of a cell in this kernel."""
        return next((run for run in self.runs.values() if run.cell == cell), None)
