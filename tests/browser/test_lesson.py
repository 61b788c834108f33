"""The first lesson as a user runs it, drawn by the stage."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from flow_nb.engines.stage.vulkan import best_device
from flow_nb.errors import DriverMissing
from tests.browser.pages import opened, plays_with_sound, ready, run_all, save, saved, states

LESSON = Path(__file__).parents[2] / "notebooks" / "01_first_shot.ipynb"
LESSON_MS = 480_000


def _bring_what_was_rendered(folder: Path) -> bool:
    """Whether `make lessons` ran before: its takes are found here rather than drawn once more."""
    for kept in (".flow_nb", "takes"):
        if not (LESSON.parent / kept).is_dir():
            return False
        shutil.copytree(LESSON.parent / kept, folder / kept, dirs_exist_ok=True)
    return True


def test_the_lesson_runs_saves_and_reopens(app, page):
    try:
        best_device()
    except DriverMissing as missing:
        pytest.skip(str(missing))
    folder = app.folder / "lesson"
    folder.mkdir()
    text = LESSON.read_text(encoding="utf-8")
    if not _bring_what_was_rendered(folder):
        text = text.replace("--tier fast", "--tier sketch")
    (folder / LESSON.name).write_text(text, encoding="utf-8")
    source = json.loads(text)
    shots = sum("".join(c["source"]).lstrip().startswith("%%shot") for c in source["cells"])
    ready(page, app, f"lesson/{LESSON.name}", slates=shots)
    run_all(page)
    page.wait_for_function(
        """n => document.querySelectorAll('.flow-slate[data-state=sealed]').length === n
            || document.querySelector('.flow-slate[data-state=refused]')""",
        arg=shots,
        timeout=LESSON_MS,
    )
    assert page.locator(".flow-remark-refused").all_inner_texts() == []
    page.locator(".flow-output").nth(shots).wait_for(timeout=LESSON_MS)
    for i in range(shots + 1):
        plays_with_sound(page, page.locator(".flow-output").nth(i))
    assert page.locator(".flow-strip .flow-mark").count() >= shots
    save(page)
    saved(folder / LESSON.name, lambda nb: all(
        c["outputs"] for c in nb["cells"] if "".join(c["source"]).lstrip().startswith("%%shot")
    ))  # fmt: skip
    app.stop_kernels()
    opened(page, app, f"lesson/{LESSON.name}", slates=shots)
    assert states(page) == ["sealed"] * shots
    for i in range(shots + 1):
        plays_with_sound(page, page.locator(".flow-output").nth(i))
