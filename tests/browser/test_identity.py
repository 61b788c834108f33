"""Each shot keeps its identity: copies, splits, moves, undo, other names, other pages, a store that is gone."""

from __future__ import annotations

from flow_nb.notebook.messages import METADATA_KEY
from tests.browser.pages import cell_of, opened, ready, save, saved, slate, states
from tests.browser.prepared import HEAD, cell, shot_cell, write

NEWER = {
    "schema": "flow_nb.Digest.2",
    "shot": "later",
    "state": "sealed",
    "dreams": {"kept": [1, 2]},
}
TEXT = "A glass slides off the table edge."


def test_a_copied_and_a_split_cell_never_have_another_s_take(app, page):
    path = app.folder / "copies.ipynb"
    write(path, [cell(HEAD, "h"), shot_cell(app.folder, "glass", f"{TEXT}\nA cup falls.", "a")])
    ready(page, app, "copies.ipynb", slates=1)
    page.locator(".jp-CodeCell").first.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_function("document.querySelector('.jp-InputPrompt').textContent === '[1]:'")
    prompt(page, 1).click()
    page.keyboard.press("c")
    page.keyboard.press("v")
    slate(page, 2).wait_for()
    assert states(page) == ["sealed", "draft"]
    assert "copy of shot 1, needs a name of its own" in slate(page, 2).inner_text()
    page.keyboard.press("Control+Enter")
    error = cell_of(page, 2).locator(".jp-OutputArea-output", has_text="ShotError")
    error.wait_for()
    assert "two cells have this name: shot 1" in error.inner_text()
    assert states(page) == ["sealed", "refused"]

    line = cell_of(page, 2).locator(".cm-line").first
    line.click()
    page.keyboard.press("Home")
    for _ in "%%shot glass":
        page.keyboard.press("ArrowRight")
    page.keyboard.type("-2")
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        "document.querySelectorAll('.flow-slate[data-state=sealed]').length === 2"
    )
    save(page)
    kept = saved(path, lambda nb: len(shots(nb)) == 2 and shots(nb)[1]["shot"] == "glass-2")
    digests = shots(kept)
    assert digests[1]["cell"] == kept["cells"][2]["id"]
    assert digests[0]["take"] != digests[1]["take"]

    cell_of(page, 1).locator(".cm-line").last.click()
    page.keyboard.press("Home")
    page.keyboard.press("Control+Shift+Minus")
    page.wait_for_function("document.querySelectorAll('.jp-CodeCell').length === 4")
    assert states(page) == ["stale", "sealed"]


def test_moves_and_their_undo_a_rename_and_a_second_page_keep_every_shot(app, page):
    path = app.folder / "moves.ipynb"
    named = [("a", "A glass falls."), ("b", "A cup falls."), ("c", "A ball falls.")]
    later = cell("%%shot later\nx", "n", metadata={METADATA_KEY: NEWER})
    write(path, [*(shot_cell(app.folder, name, text, name) for name, text in named), later])
    ready(page, app, "moves.ipynb", slates=4)
    prompt(page, 1).click()
    page.keyboard.press("Control+Shift+ArrowDown")
    page.wait_for_function(f"{NAMES} === 'b a c later'")
    assert states(page)[:3] == ["sealed"] * 3
    page.keyboard.press("z")
    page.wait_for_function(f"{NAMES} === 'a b c later'")
    assert states(page)[:3] == ["sealed"] * 3
    assert "Made by a newer flow_nb" in cell_of(page, 4).locator(".flow-strip").inner_text()
    before = path.stat().st_mtime_ns
    save(page)
    kept = saved(path, lambda nb: path.stat().st_mtime_ns > before)
    assert shots(kept)[3] == NEWER

    app.ask("api/contents/moves.ipynb", "PATCH", {"path": "renamed.ipynb"})
    other = page.context.new_page()
    opened(other, app, "renamed.ipynb", slates=4)
    assert states(other)[:3] == ["sealed"] * 3
    video = other.locator(".flow-player video").first
    other.wait_for_function("v => v.readyState >= 1", arg=video.element_handle())
    other.close()


NAMES = "[...document.querySelectorAll('.flow-slate-name')].map(n => n.textContent).join(' ')"


def prompt(page, number: int):
    return cell_of(page, number).locator(".jp-InputPrompt")


def shots(notebook: dict) -> list[dict]:
    """The digests of a saved notebook."""
    return [c["metadata"][METADATA_KEY] for c in notebook["cells"] if METADATA_KEY in c["metadata"]]
