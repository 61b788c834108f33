"""The timeline below the notebook, with takes that nothing was rendered for and films that are real."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from flow_nb.media import decode
from flow_nb.notebook.messages import EDIT_KEY
from tests.browser.pages import ready, run_all, save
from tests.browser.prepared import cell, shot_cell, write
from tests.media.clips import bar

HEAD = """import sys, reels
sys.modules["flow_nb.studio"] = reels
%load_ext flow_nb.notebook.magics"""
FRAMES = 24
ORDER = "all => all.map(n => n.dataset.id)"


def film_notebook(path: Path) -> None:
    shots = [cell(f"%%shot {n} --duration 1\nA {n} falls.", n) for n in ("glass", "ball", "cup")]
    write(path, [cell(HEAD, "h"), shots[0], cell("between = 1", "x"), *shots[1:]])


def order(page) -> list[str]:
    return page.locator(".flow-tl-clip").evaluate_all(ORDER)


def stands(page, *ids: str) -> None:
    page.wait_for_function(
        "ids => [...document.querySelectorAll('.flow-tl-clip')].map(n => n.dataset.id).join() === ids",
        arg=",".join(ids),
    )


def clip(page, shot: str):
    return page.locator(f'.flow-tl-clip[data-id="{shot}"]')


def exported(page) -> Path:
    with page.expect_download() as given:
        page.get_by_role("button", name="Export the film").click()
    return given.value.path()


def bars(film: Path) -> list[int]:
    """Which frame of its take each frame of the film is."""
    return [bar(frame) for frame in decode.frames(film)]


def drag(page, shot: str, onto: str) -> None:
    one, other = (clip(page, s).locator(".flow-tl-body").bounding_box() for s in (shot, onto))
    page.mouse.move(one["x"] + 50, one["y"] + 20)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(one["x"] + 50 + (other["x"] + 20 - one["x"]) * step / 8, one["y"] + 22)
    page.mouse.up()


def in_file(path: Path, good) -> list[dict]:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        if good(cells):
            return cells
        time.sleep(0.2)
    raise AssertionError(f"{path.name} was not saved so")


def test_a_film_is_ordered_trimmed_and_exported_on_its_timeline(app, page):
    path = app.folder / "film.ipynb"
    film_notebook(path)
    ready(page, app, "film.ipynb", slates=3)
    stands(page, "glass", "ball", "cup")
    assert page.locator(".flow-tl-clip[data-state=draft]").count() == 3
    run_all(page)
    page.wait_for_function(
        "document.querySelectorAll('.flow-tl-clip[data-state=sealed]').length === 3"
    )
    assert bars(exported(page)) == [*range(FRAMES)] * 3

    clip(page, "cup").locator(".flow-tl-body").focus()
    page.keyboard.press("Alt+ArrowLeft")
    stands(page, "glass", "cup", "ball")
    drag(page, "glass", "ball")
    stands(page, "cup", "ball", "glass")
    assert page.locator(".flow-slate-name").all_inner_texts() == ["cup", "ball", "glass"]

    clip(page, "ball").get_by_role("slider", name="In point").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    clip(page, "glass").get_by_role("slider", name="Out point").focus()
    page.keyboard.press("ArrowLeft")
    clip(page, "cup").locator(".flow-tl-joint").click()
    page.get_by_label("Dissolve").check()
    page.get_by_label("Seconds").fill("0.25")
    page.get_by_role("button", name="Set", exact=True).click()
    film = exported(page)
    assert decode.probe(film).frames == 3 * FRAMES - 4 - 1 - 6
    seen = bars(film)
    assert seen[: FRAMES - 6] == [*range(FRAMES - 6)]
    assert seen[FRAMES:] == [*range(4 + 6, FRAMES), *range(FRAMES - 1)]
    save(page)
    kept = in_file(path, lambda cells: sum(EDIT_KEY in c["metadata"] for c in cells) == 3)
    assert [c["id"] for c in kept] == ["h", "x", "cup", "ball", "glass"]
    assert kept[3]["metadata"][EDIT_KEY] == {
        "schema": "flow_nb.Edit.1", "in_s": 0.166667, "out_s": None,
        "transition": "cut", "transition_s": 0,
    }  # fmt: skip

    clip(page, "glass").locator(".flow-tl-body").focus()
    for _ in range(4 + 1 + 1 + 2):  # the trims, the joint, the moves
        page.keyboard.press("Control+z")
    stands(page, "glass", "ball", "cup")


def test_the_timeline_is_there_without_a_kernel_and_plays_across_its_cuts(app, page):
    shots = [shot_cell(app.folder, n, f"A {n} falls.", n) for n in ("one", "two")]
    for shot in shots:
        shot["metadata"][EDIT_KEY] = {"schema": "flow_nb.Edit.1", "in_s": 1, "out_s": 1.5}
    shots[1]["metadata"][EDIT_KEY]["transition"] = {"damaged": True}
    write(app.folder / "still.ipynb", shots)
    ready(page, app, "still.ipynb", slates=2)
    stands(page, "one", "two")
    assert page.locator(".flow-tl-facts").inner_text() == "2 shots · 1 s · 0 credits"
    page.get_by_role("button", name="Play the film").click()
    page.wait_for_function("document.querySelector('.flow-tl-clock').textContent === '00:00:23'")
    times = page.locator(".flow-tl-video").evaluate_all("all => all.map(v => v.currentTime)")
    assert max(times) == pytest.approx(1.5, abs=0.1)
    clip(page, "one").locator(".flow-tl-body").focus()
    page.keyboard.press("j")
    page.wait_for_function("document.querySelector('.flow-tl-clock').textContent === '00:00:00'")
    page.keyboard.press("l")
    page.keyboard.press("l")
    page.wait_for_function("document.querySelector('.flow-tl-clock').textContent.endsWith(' 2×')")
    page.keyboard.press("k")
    page.get_by_role("button", name="Play the film").wait_for()
    page.get_by_role("button", name="Export the film").click()
    page.get_by_text("No kernel has flow_nb loaded").wait_for()


def test_what_is_rendered_shows_and_stops_on_the_timeline(app, page):
    path = app.folder / "stops.ipynb"
    shots = [cell(f"%%shot {n} --duration 1\nA {n} falls.", n) for n in ("glass", "ball")]
    write(path, [cell(HEAD + "\nreels.Studio.pause_s = 0.3", "h"), *shots])
    ready(page, app, "stops.ipynb", slates=2)
    page.locator(".jp-CodeCell").first.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Render 2 shots").click()
    clip(page, "glass").get_by_text("rendering").wait_for()
    page.get_by_role("button", name="Cancel glass").click()
    page.wait_for_function(
        "document.querySelectorAll('.flow-tl-clip[data-state=draft]').length === 2"
    )
