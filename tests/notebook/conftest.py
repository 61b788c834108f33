from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from flow_nb.notebook import magics as room
from tests.notebook import fakes


@dataclass
class Notebook:
    """A shell with the magics in it. ``run`` plays the part of the page: it names the cell."""

    shell: InteractiveShell
    magics: room.ShotMagics
    studio: fakes.Studio
    patches: list = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)

    def run(self, source: str, cell: str | None = None):
        """The result of a cell, and what it displayed."""
        metadata = {"cellId": cell, "deletedCells": self.deleted} if cell else {}
        self.shell.get_parent = lambda: {"metadata": metadata}
        self.deleted = []
        with capture_output() as captured:
            result = self.shell.run_cell(source)
        result.shown = [output.data for output in captured.outputs]
        result.stdout = captured.stdout
        return result

    def line(self, result) -> str:
        """The one line that stands under a cell that failed."""
        lines = result.error_in_exec._render_traceback_()
        assert len(lines) == 1
        return lines[0]


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    shell = InteractiveShell.instance()
    room.load_ipython_extension(shell)
    magics = shell.magics_manager.registry["ShotMagics"]
    studio = fakes.Studio(tmp_path)
    studio.pause_s = 0
    magics.session._open_studio = lambda _: studio
    made = Notebook(shell, magics, studio)
    monkeypatch.setattr(magics.page, "patch", made.patches.append)
    yield made
    room.unload_ipython_extension(shell)
    InteractiveShell.clear_instance()
