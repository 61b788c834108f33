"""The plan strip and the editor's underlines, in real JupyterLab and Notebook 7."""

from __future__ import annotations

from tests.browser.pages import cell_of, opened
from tests.browser.prepared import shot_cell, write

TEXT = "A glass slides majestically off the table edge."
MENDED = "A glass slides off the table edge."


def test_words_that_were_not_understood_are_underlined_and_mended_and_undone(app, page):
    write(app.folder / "mend.ipynb", [shot_cell(app.folder, "glass", TEXT, "c1")])
    opened(page, app, "mend.ipynb", slates=1)
    shot = cell_of(page, 1)
    mark = shot.locator(".cm-content .flow-missed-mark")
    assert mark.inner_text() == "majestically"
    assert "wavy" in mark.evaluate("n => getComputedStyle(n).textDecoration")

    mark.hover()
    card = page.locator(".flow-missed-card")
    card.wait_for()
    assert "no such way to move" in card.inner_text()
    page.mouse.move(5, 5)
    card.wait_for(state="detached")

    fix = shot.locator(".flow-strip").get_by_role("button", name="Leave it out: majestically")
    fix.focus()
    page.keyboard.press("Enter")
    content = shot.locator(".cm-content")
    assert MENDED in content.inner_text()
    assert mark.count() == 0
    page.wait_for_selector(".flow-slate[data-state=stale]")
    page.keyboard.press("Control+z")
    assert TEXT in content.inner_text()
    mark.wait_for()

    mark.click()
    card.wait_for()
    assert "Ctrl ." in card.inner_text()
    page.keyboard.press("Control+.")
    assert MENDED in content.inner_text()
    fix.click()
    assert "not in the text any more" in shot.locator(".flow-readout").inner_text()


def test_a_click_on_an_event_puts_the_player_there(app, page):
    write(app.folder / "mark.ipynb", [shot_cell(app.folder, "glass", TEXT, "c1")])
    opened(page, app, "mark.ipynb", slates=1)
    video = page.locator(".flow-player video")
    page.wait_for_function("v => v.openedState >= 1", arg=video.element_handle())
    hit = page.get_by_role("button", name="Event: 1.20 s · the glass hits")
    hit.hover()
    told = page.locator(".flow-readout")
    assert "3.84 m/s" in told.inner_text()
    assert "N·s" in told.inner_text()
    hit.click()
    assert abs(video.evaluate("v => v.currentTime") - 1.2) < 1.5 / 24
    assert video.evaluate("v => v.paused")
    assert page.locator(".flow-playhead").is_visible()

    page.keyboard.press("End")
    assert "the last piece comes to rest" in told.inner_text()
    page.keyboard.press("Enter")
    assert abs(video.evaluate("v => v.currentTime") - 2.6) < 1.5 / 24
    page.keyboard.press(" ")
    page.wait_for_function("v => !v.paused && v.currentTime > 2.7", arg=video.element_handle())
    assert page.locator(".jp-Notebook.jp-mod-editMode").count() == 0
