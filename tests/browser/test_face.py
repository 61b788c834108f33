"""The face in real JupyterLab and real Notebook 7, in real Chromium."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from flow_nb.engines.stage.vulkan import best_device
from flow_nb.errors import DriverMissing
from flow_nb.notebook.bundle import bundle
from flow_nb.notebook.messages import METADATA_KEY, MIME, Digest, Mark, Missed, Span, TakeView
from flow_nb.notebook.source import source_key
from tests.browser.pages import cell_of, plays_with_sound, ready, run_all, save, slate, states
from tests.browser.prepared import HEAD, cell, output, shot_cell, write

LESSON = Path(__file__).parents[2] / "notebooks" / "01_first_shot.ipynb"
LESSON_MS = 480_000
TEXT = "A glass slides majestically off the table edge."
HOSTILE = [
    "<img src=x onerror=window.ran=1>",
    "<script>window.ran=1</script>",
    '"><svg onload=window.ran=1>',
    "javascript:window.ran=1",
    "\u202egnp.exe <b>bold</b>",
    "x" * 10_000,
    "{{constructor.constructor('window.ran=1')()}}",
]


def test_a_saved_notebook_shows_everything_without_running(app, page):
    shots = [shot_cell(app.folder, "glass", TEXT, "c1")]
    shots.append(shot_cell(app.folder, "marble", "A marble rolls.", "c2", embed=True))
    write(app.folder / "saved.ipynb", [cell("%load_ext flow_nb", "c0"), *shots])
    ready(page, app, "saved.ipynb", slates=2)
    assert states(page) == ["sealed", "sealed"]
    assert slate(page, 1).get_attribute("aria-label") == "Shot 1, glass, fast, 4 s"
    for number in (1, 2):
        strip = cell_of(page, number).locator(".flow-strip")
        assert strip.get_by_role("button", name="Event: 1.20 s · the glass hits").is_visible()
        plays_with_sound(page, cell_of(page, number).locator(".flow-player"))
    assert "majestically" in cell_of(page, 1).locator(".flow-remarks").inner_text()


def test_a_click_on_a_mark_plays_from_there(app, page):
    write(app.folder / "mark.ipynb", [shot_cell(app.folder, "glass", TEXT, "c1")])
    ready(page, app, "mark.ipynb", slates=1)
    video = page.locator(".flow-player video")
    page.wait_for_function("v => v.readyState >= 1", arg=video.element_handle())
    page.get_by_role("button", name="it shatters into 38 pieces").click()
    page.wait_for_function("v => v.currentTime > 1.3", arg=video.element_handle())
    assert video.evaluate("v => v.currentTime") < 3.5
    assert page.locator(".flow-playhead").is_visible()


def test_the_player_s_keys_step_frames_and_leave_the_cell_alone(app, page):
    write(app.folder / "keys.ipynb", [shot_cell(app.folder, "glass", TEXT, "c1")])
    ready(page, app, "keys.ipynb", slates=1)
    video = page.locator(".flow-player video")
    page.wait_for_function("v => v.readyState >= 1", arg=video.element_handle())
    page.get_by_role("button", name="One frame on (.)").click()
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


def test_the_strip_is_walked_by_arrows_and_played_by_enter(app, page):
    write(app.folder / "walk.ipynb", [shot_cell(app.folder, "glass", TEXT, "c1")])
    ready(page, app, "walk.ipynb", slates=1)
    video = page.locator(".flow-player video")
    page.wait_for_function("v => v.readyState >= 1", arg=video.element_handle())
    page.get_by_role("button", name="Camera: 0.00 s").focus()
    page.keyboard.press("End")
    assert "the last piece comes to rest" in page.locator(".flow-readout").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_function("v => v.currentTime > 2.5", arg=video.element_handle())
    assert page.locator(".jp-Notebook.jp-mod-editMode").count() == 0


def hostile_digest(words: str, source: str) -> dict:
    digest = Digest(
        shot=words, scene=words, tier=words, state="sealed", duration_s=4, set=words, light=words,
        camera=words, spans=[Span(start_s=0, end_s=2, text=words, kind="line")],
        marks=[Mark(time_s=1, kind="impact", text=words)],
        missed=[Missed(words=words, reason=words, fix=words)], notes=[words],
        source=source_key(source),
    )  # fmt: skip
    return digest.model_dump(mode="json", by_alias=True)


def test_hostile_and_damaged_metadata_run_nothing_and_cost_no_other_cell(app, page):
    cells = []
    for i, words in enumerate(HOSTILE):
        source = f"%%shot {words}\nx"
        digest = hostile_digest(words, source)
        view = TakeView(digest=Digest.model_validate(digest), clip=words, note=words)
        shown = [output({MIME: bundle(view)[MIME]})]
        cells.append(cell(source, f"h{i}", metadata={METADATA_KEY: digest}, outputs=shown))
    damaged = [None, 7, [], "x", {"schema": {}}, {"schema": "flow_nb.Digest.1", "spans": [[]]},
               {"schema": "flow_nb.Digest.9", "shot": "later"}]  # fmt: skip
    for i, value in enumerate(damaged):
        cells.append(cell("%%shot d\nx", f"d{i}", metadata={METADATA_KEY: value}))
    cells.append(shot_cell(app.folder, "glass", TEXT, "last"))
    write(app.folder / "hostile.ipynb", cells)
    ready(page, app, "hostile.ipynb", slates=len(cells))
    assert page.evaluate("window.ran") is None
    inside = ":is(.flow-slate, .flow-strip, .flow-player) :is(script, b, a, iframe, [onload])"
    assert page.locator(inside).count() == 0
    assert states(page)[-1] == "sealed"
    widths = page.locator(".flow-slate, .flow-strip").evaluate_all(
        "all => all.map(n => n.scrollWidth - n.clientWidth)"
    )
    assert max(widths) <= 1
    assert len(page.locator(".flow-readout").first.inner_text()) < 400


def test_a_missing_clip_leaves_its_poster_and_says_what_to_do(app, page):
    prepared = shot_cell(app.folder, "lost", "A glass falls alone.", "c1")
    (app.folder / prepared["outputs"][0]["data"][MIME]["clip"]).unlink()
    write(app.folder / "lost.ipynb", [prepared])
    ready(page, app, "lost.ipynb", slates=1)
    line = page.locator(".flow-line")
    line.wait_for()
    assert "is not here. Run the cell again to render it" in line.inner_text()
    assert page.locator(".flow-poster").evaluate("p => p.naturalWidth") > 0


def test_a_shot_runs_goes_stale_and_survives_the_kernel(app, page):
    path = app.folder / "run.ipynb"
    cup = "%%shot cup --duration 2\nA cup falls."
    shots = [cell(f"%%shot glass\n{TEXT}", "a"), cell(cup, "b")]
    write(path, [cell(HEAD, "h"), *shots, cell("%film", "f")])
    ready(page, app, "run.ipynb", slates=2)
    assert states(page) == ["draft", "draft"]
    run_all(page)
    page.wait_for_selector('.flow-slate[data-state="rendering"] >> text=/\\d+ %/')
    page.wait_for_function("document.querySelectorAll('[data-state=sealed]').length === 2")
    page.locator(".flow-player").nth(2).wait_for()
    plays_with_sound(page, page.locator(".flow-player").nth(2))
    save(page)
    kept = saved(path, lambda nb: METADATA_KEY in nb["cells"][2]["metadata"])
    assert kept["cells"][1]["metadata"][METADATA_KEY]["state"] == "sealed"
    data = kept["cells"][3]["outputs"][-1]["data"]
    assert [s["text"] for s in data[MIME]["digest"]["spans"]] == ["glass", "cup"]
    assert not [key for c in kept["cells"] for o in c["outputs"] for key in o.get("data", {})
                if "widget" in key]  # fmt: skip

    stop_kernels(app)
    ready(page, app, "run.ipynb", slates=2)
    assert states(page) == ["sealed", "sealed"]
    plays_with_sound(page, cell_of(page, 1).locator(".flow-player"))
    cell_of(page, 2).locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Slowly.")
    page.wait_for_function("document.querySelectorAll('[data-state=stale]').length === 1")
    assert states(page) == ["sealed", "stale"]


def test_a_page_opened_during_a_render_hears_the_rest_of_it(app, page):
    path = app.folder / "join.ipynb"
    slow = HEAD + "\nfakes.Studio.pause_s = 0.25"
    write(path, [cell(slow, "h"), cell("%%shot glass --duration 1\nA glass falls.", "a")])
    ready(page, app, "join.ipynb", slates=1)
    run_all(page)
    page.wait_for_selector('.flow-slate[data-state="rendering"]')
    save(page)
    other = page.context.new_page()
    ready(other, app, "join.ipynb", slates=1)
    other.wait_for_selector('.flow-slate[data-state="sealed"]')
    other.close()


def test_a_kernel_that_dies_in_a_render_leaves_a_draft(app, page):
    slow = HEAD + "\nfakes.Studio.pause_s = 5"
    write(app.folder / "dies.ipynb", [cell(slow, "h"), cell("%%shot a\nA glass falls.", "a")])
    ready(page, app, "dies.ipynb", slates=1)
    run_all(page)
    page.wait_for_selector('.flow-slate[data-state="rendering"]')
    kernel = next(s for s in app.sessions() if s["path"] == "dies.ipynb")["kernel"]["id"]
    app.ask(f"api/kernels/{kernel}/restart", "POST")
    page.wait_for_selector('.flow-slate[data-state="draft"]')


@pytest.mark.skipif(not LESSON.exists(), reason="the lesson is not here yet")
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
    stop_kernels(app)
    ready(page, app, LESSON.name, slates=shots)
    assert states(page) == ["sealed"] * shots
    for i in range(shots + 1):
        plays_with_sound(page, page.locator(".flow-player").nth(i))


def saved(path: Path, good) -> dict:
    """The notebook's file, as soon as it is as it should be."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if good(notebook):
            return notebook
        time.sleep(0.2)
    raise AssertionError(f"{path.name} was not saved")


def stop_kernels(app) -> None:
    for session in app.sessions():
        app.ask(f"api/sessions/{session['id']}", "DELETE")
