"""Prints the figures that the README and the notes quote. Run alone: other work distorts them.

`python -m tests.bench [PART ...]`; without a part, all of them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.bench import (
    face,
    figures,
    jobs,
    mix,
    players,
    shield_audio,
    shield_files,
    shield_others,
    shield_policy,
    solver,
    sound,
    take,
    voice,
)
from tests.bench.reading.__main__ import report as report_reading

PARTS: Mapping[str, Callable[[Path], None]] = {
    "reading": lambda folder: report_reading(),
    "solver": lambda folder: solver.report(),
    "sound": lambda folder: sound.report(),
    "mix": lambda folder: mix.report(),
    "voice": voice.report,
    "shield-audio": lambda folder: shield_audio.report(),
    "shield-policy": lambda folder: shield_policy.report(),
    "shield-files": shield_files.report,
    "shield-others": lambda folder: shield_others.report(),
    "players": players.report,
    "take": take.report,
    "face": face.report,
    "jobs": jobs.report,
    "figures": lambda folder: figures.report(),
}


def main(arguments: Sequence[str]) -> None:
    """The figures of some parts, or of all, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    chosen = parser.parse_args(arguments).parts or list(PARTS)
    if unknown := [part for part in chosen if part not in PARTS]:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    for part in chosen:
        print(f"\n== {part}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            PARTS[part](Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
