"""A notebook as a file: what it shows with no kernel at all."""

from __future__ import annotations

import pytest

from flow_nb.notebook.messages import MIME
from tests.browser.pages import BOTH, cell_of, opened, plays_with_sound, slate, states
from tests.browser.prepared import cell, shot_cell, write

TEXT = "A glass slides majestically off the table edge."


@BOTH
def test_a_saved_notebook_shows_everything_without_running(app, page):
    shots = [shot_cell(app.folder, "glass", TEXT, "c1")]
    shots.append(shot_cell(app.folder, "marble", "A marble rolls.", "c2", embed=True))
    write(app.folder / "saved.ipynb", [cell("%load_ext flow_nb", "c0"), *shots])
    opened(page, app, "saved.ipynb", slates=2)
    assert states(page) == ["sealed", "sealed"]
    assert slate(page, 1).get_attribute("aria-label") == "Shot 1, glass, fast, 4 s"
    for number in (1, 2):
        strip = cell_of(page, number).locator(".flow-strip")
        assert strip.get_by_role("button", name="Event: 1.20 s · the glass hits").is_visible()
        plays_with_sound(page, cell_of(page, number).locator(".flow-output"))
    assert "majestically" in cell_of(page, 1).locator(".flow-remarks").inner_text()


def test_the_player_s_keys_step_frames_and_leave_the_cell_alone(app, page):
    write(app.folder / "keys.ipynb", [shot_cell(app.folder, "glass", TEXT, "c1")])
    opened(page, app, "keys.ipynb", slates=1)
    video = page.locator(".flow-player video")
    page.wait_for_function("v => v.readyState >= 1", arg=video.element_handle())
    page.locator(".flow-player").get_by_role("button", name="One frame on (.)").click()
    for key in (".", ".", ",", "m"):
        page.keyboard.press(key)
    assert page.locator(".flow-clock").inner_text() == "00:00:02"
    assert video.evaluate("v => [v.muted, v.paused]") == [True, True]
    assert video.evaluate("v => v.currentTime") == pytest.approx(2.5 / 24, abs=0.001)
    video.click(position={"x": 20, "y": 20})
    page.wait_for_function("v => !v.paused", arg=video.element_handle())
    page.keyboard.press(" ")
    page.wait_for_function("v => v.paused", arg=video.element_handle())
    page.keyboard.press("Home")
    assert page.locator(".flow-clock").inner_text() == "00:00:00"
    assert page.locator(".jp-MarkdownCell").count() == 0


def test_a_missing_clip_leaves_its_poster_and_says_what_to_do(app, page):
    prepared = shot_cell(app.folder, "lost", "A glass falls alone.", "c1")
    (app.folder / prepared["outputs"][0]["data"][MIME]["clip"]).unlink()
    write(app.folder / "lost.ipynb", [prepared])
    opened(page, app, "lost.ipynb", slates=1)
    line = page.locator(".flow-line")
    line.wait_for()
    assert "is not here. Run the cell again to render it" in line.inner_text()
    assert page.locator(".flow-poster").evaluate("p => p.naturalWidth") > 0
