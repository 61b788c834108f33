"""Prints the figures that the README and the notes quote. Run alone: other work distorts them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench import shield_audio, shield_files, shield_policy, solver, sound, take
from tests.bench.reading.__main__ import report as report_reading


def main() -> None:
    """All figures, one after the other."""
    report_reading()
    solver.report()
    sound.report()
    shield_audio.report()
    shield_policy.report()
    shield_files.report()
    with tempfile.TemporaryDirectory() as folder:
        take.report(Path(folder))


if __name__ == "__main__":
    main()
