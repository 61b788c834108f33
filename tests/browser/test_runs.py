"""Shots that are run: states, files, kernels that go and pages that come."""

from __future__ import annotations

from flow_nb.notebook.messages import METADATA_KEY, MIME
from tests.browser.pages import (
    BOTH,
    cell_of,
    opened,
    plays_with_sound,
    ready,
    run_all,
    save,
    saved,
    states,
)
from tests.browser.prepared import HEAD, cell, write

TEXT = "A glass slides majestically off the table edge."


@BOTH
def test_a_shot_runs_goes_stale_and_survives_the_kernel(app, page):
    path = app.folder / "run.ipynb"
    cup = "%%shot cup --duration 2\nA cup falls."
    shots = [cell(f"%%shot glass\n{TEXT}", "a"), cell(cup, "b")]
    write(path, [cell(HEAD, "h"), *shots, cell("%film", "f")])
    ready(page, app, "run.ipynb", slates=2)
    assert states(page) == ["draft", "draft"]
    run_all(page)
    page.wait_for_selector('.flow-slate[data-state="rendering"] >> text=/\\d+ %/')
    page.wait_for_function(
        "document.querySelectorAll('.flow-slate[data-state=sealed]').length === 2"
    )
    page.locator(".flow-player").nth(2).wait_for()
    plays_with_sound(page, page.locator(".flow-output").nth(2))
    save(page)
    kept = saved(path, lambda nb: METADATA_KEY in nb["cells"][2]["metadata"])
    assert kept["cells"][1]["metadata"][METADATA_KEY]["state"] == "sealed"
    data = kept["cells"][3]["outputs"][-1]["data"]
    assert [s["text"] for s in data[MIME]["digest"]["spans"]] == ["glass", "cup"]
    assert not [key for c in kept["cells"] for o in c["outputs"] for key in o.get("data", {})
                if "widget" in key]  # fmt: skip

    app.stop_kernels()
    opened(page, app, "run.ipynb", slates=2)
    assert states(page) == ["sealed", "sealed"]
    plays_with_sound(page, cell_of(page, 1).locator(".flow-output"))
    cell_of(page, 2).locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Slowly.")
    page.wait_for_function(
        "document.querySelectorAll('.flow-slate[data-state=stale]').length === 1"
    )
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
