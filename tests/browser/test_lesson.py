"""The first lesson as a user runs it, drawn by the stage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flow_nb.engines.stage.vulkan import best_device
from flow_nb.errors import DriverMissing
from tests.browser.pages import opened, plays_with_sound, ready, run_all, save, saved, states

LESSON = Path(__file__).parents[2] / "notebooks" / "01_first_shot.ipynb"
LESSON_MS = 480_000


def test_the_lesson_runs_saves_and_reopens(app, page):
    try:
        best_device()
    except DriverMissing as missing:
        pytest.skip(str(missing))
    # At the sketch tier: `make lessons` and `make demo` render it as it is written.
    text = LESSON.read_text(encoding="utf-8").replace("--tier fast", "--tier sketch")
    (app.folder / LESSON.name).write_text(text, encoding="utf-8")
    source = json.loads(text)
    shots = sum("".join(c["source"]).lstrip().startswith("%%shot") for c in source["cells"])
    ready(page, app, LESSON.name, slates=shots)
    run_all(page)
    page.wait_for_function(
        """n => document.querySelectorAll('.flow-slate[data-state=sealed]').length === n
            || document.querySelector('.flow-slate[data-state=refused]')""",
        arg=shots,
        timeout=LESSON_MS,
    )
    assert page.locator(".flow-remark-refused").all_inner_texts() == []
    page.locator(".flow-player").nth(shots).wait_for(timeout=LESSON_MS)
    for i in range(shots + 1):
        plays_with_sound(page, page.locator(".flow-player").nth(i))
    assert page.locator(".flow-strip .flow-mark").count() >= shots
    save(page)
    saved(app.folder / LESSON.name, lambda nb: all(
        c["outputs"] for c in nb["cells"] if "".join(c["source"]).lstrip().startswith("%%shot")
    ))  # fmt: skip
    app.stop_kernels()
    opened(page, app, LESSON.name, slates=shots)
    assert states(page) == ["sealed"] * shots
    for i in range(shots + 1):
        plays_with_sound(page, page.locator(".flow-player").nth(i))
