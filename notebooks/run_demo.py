"""`make demo`. In: a lesson, a folder. Out: the executed lesson and its film there, told in words."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from flow_nb import Studio
from flow_nb.errors import FlowError


def main(lesson: Path, folder: Path) -> int:
    """Executes the lesson inside the folder, then says what came of it."""
    folder.mkdir(parents=True, exist_ok=True)
    executed = folder / lesson.name
    shutil.copyfile(lesson, executed)
    notebook = nbformat.read(executed, as_version=4)
    print(f"Executing {lesson} ...", flush=True)
    begin = time.perf_counter()
    client = NotebookClient(notebook, timeout=1800, resources={"metadata": {"path": str(folder)}})
    client.execute()
    nbformat.write(notebook, executed)
    print(f"The lesson took {time.perf_counter() - begin:.1f} s.\n")
    return tell(Studio(folder), executed)


def tell(studio: Studio, executed: Path) -> int:
    """What each stage took, where the film lies, and what verifying it says."""
    takes = sorted(studio.store.takes(), key=lambda take: take.engine == "film")
    stages = list(dict.fromkeys(stage for take in takes for stage in take.stages_s))
    print("".join(["shot".ljust(12), *(stage.rjust(10) for stage in stages), "   seconds"]))
    for take in takes:
        spent = [f"{take.stages_s.get(stage, 0.0):10.2f}" for stage in stages]
        print("".join([take.shot.ljust(12), *spent]))
    film = takes[-1]
    verdict = studio.verify(studio.path(film))
    print(f"\nNotebook  {executed}\nFilm      {studio.path(film)}  ({film.duration_s:.1f} s)")
    print(f"Verified  {verdict.verdict}")
    return 0 if verdict.verdict == "made here and whole" else 1


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
    except FlowError as error:
        sys.exit(f"flow_nb: {error}")
