"""What all tests share: a pool of motions that were solved once, by the real solver, in this run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def motion_pool(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """One folder for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    pool = (base.parent if hasattr(request.config, "workerinput") else base) / "motions"
    pool.mkdir(exist_ok=True)
    return pool


@pytest.fixture
def solved_before(tmp_path: Path, motion_pool: Path) -> Iterator[None]:
    """The studio in ``tmp_path`` finds what others solved before it, and leaves what it solved."""
    kept = tmp_path / ".flow_nb" / "motions"
    shutil.copytree(motion_pool, kept, ignore=shutil.ignore_patterns("*.part"))
    seeded = {file.name for file in kept.iterdir()}
    yield
    for file in kept.iterdir() if kept.is_dir() else ():
        if file.name not in seeded:
            part = motion_pool / f"{file.name}.{tmp_path.name}.part"
            shutil.copyfile(file, part)
            part.replace(motion_pool / file.name)
