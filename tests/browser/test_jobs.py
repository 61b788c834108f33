"""Takes in the making in real JupyterLab: the picture while it is drawn, interrupt, background, cancel."""

from __future__ import annotations

from flow_nb.notebook.cards import BOARD_MIME, Card, Storyboard
from flow_nb.notebook.messages import METADATA_KEY, MIME
from tests.browser.pages import cell_of, ready, run_all, save, saved, states
from tests.browser.prepared import HEAD, cell, output, shot_cell, write

SLOW = HEAD + "\nfakes.Studio.pause_s = 1"
SHOT = "%%shot {0} --duration 1{1}\nA glass falls."


def test_a_render_shows_its_picture_and_an_interrupt_leaves_the_notebook_usable(app, page):
    path = app.folder / "watched.ipynb"
    after = cell("print(6 * 7)", "after")
    write(path, [cell(SLOW, "h"), cell(SHOT.format("glass", ""), "a"), after])
    ready(page, app, "watched.ipynb", slates=1)
    run_all(page)
    making = cell_of(page, 1).locator(".flow-making")
    picture = making.get_by_role("img", name="The frame drawn last")
    picture.wait_for()
    page.wait_for_function("p => p.naturalWidth === 320", arg=picture.element_handle())
    first = picture.get_attribute("src")
    page.wait_for_function("([p, s]) => p.src !== s", arg=[picture.element_handle(), first])
    assert "left" in making.inner_text()
    save(page)
    kept = saved(path, lambda nb: nb["cells"][1]["outputs"])
    assert "image/jpeg" not in str(kept)
    making.get_by_role("button", name="Cancel").click()
    page.get_by_text("Stopped. Run the cell again to shoot it.").wait_for()
    assert states(page) == ["draft"]
    page.locator(".jp-CodeCell").last.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.locator(".jp-OutputArea-output", has_text="42").wait_for()


def test_jobs_queue_up_while_the_kernel_answers_and_are_cancelled_in_the_page(app, page):
    path = app.folder / "queue.ipynb"
    shots = [cell(SHOT.format(name, " --background"), name) for name in ("a", "b", "c")]
    faster = cell("fakes.Studio.pause_s = 0.02; print('answered')", "t")
    write(path, [cell(SLOW, "h"), *shots, faster])
    ready(page, app, "queue.ipynb", slates=3)
    for number in range(4):
        run_cell(page, number)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.flow-slate')].map(n => n.dataset.state).join()"
        " === 'rendering,queued,queued'"
    )
    cell_of(page, 1).locator(".flow-making img").wait_for()
    cell_of(page, 3).get_by_role("button", name="Cancel").click()
    page.wait_for_function(
        "document.querySelectorAll('.flow-slate[data-state=draft]').length === 1"
    )
    assert "Cancelled." in cell_of(page, 3).inner_text()
    page.reload()
    ready(page, app, "queue.ipynb", slates=3)
    page.wait_for_selector(".flow-slate[data-state=queued], .flow-slate[data-state=rendering]")
    run_cell(page, 4)
    page.locator(".jp-OutputArea-output", has_text="answered").wait_for()
    page.wait_for_function(
        "document.querySelectorAll('.flow-slate[data-state=sealed]').length === 2"
    )
    for number in (1, 2):
        shot = cell_of(page, number)
        shot.locator(
            ".flow-output"
        ).scroll_into_view_if_needed()  # a player is made as it comes near
        shot.locator(".flow-player video").wait_for()
    save(page)
    kept = saved(
        path, lambda nb: nb["cells"][2]["metadata"].get(METADATA_KEY, {}).get("state") == "sealed"
    )
    for i in (1, 2):
        (output,) = kept["cells"][i]["outputs"]
        view = output["data"][MIME]
        assert (view["progress"], view["digest"]["state"]) == (None, "sealed")


def test_the_storyboard_shows_posters_and_what_is_not_shot_yet(app, page):
    shot = shot_cell(app.folder, "glass", "A glass falls.", "c1")
    view = shot["outputs"][0]["data"][MIME]
    shown = Card(number=1, shot="glass", tier="fast", duration_s=4, slug="INT. KITCHEN", text="A glass falls.",
                 camera="full", lines=["MARA: Oh."], poster=view["poster"], take="a1")  # fmt: skip
    open_ = Card(
        number=2, shot="<b>street</b>", tier="sketch", duration_s=3, text="<i>Rain</i> falls."
    )
    board = Storyboard(title="The fall", cards=[shown, open_])
    data = {BOARD_MIME: board.model_dump(mode="json", by_alias=True), "text/plain": "board"}
    sheet = cell("%storyboard", "s", outputs=[output(data)])
    write(app.folder / "board.ipynb", [shot, sheet])
    ready(page, app, "board.ipynb", slates=1)
    found = page.get_by_role("group", name="Storyboard: The fall")
    picture = found.get_by_role("img", name="Shot 1, glass")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("p => p.naturalWidth > 0", arg=picture.element_handle())
    cards = found.locator("li")
    assert "not shot yet" in cards.nth(1).inner_text()
    assert "<b>street</b>" in cards.nth(1).inner_text()
    assert found.locator("header").inner_text().startswith("The fall")


def run_cell(page, number: int) -> None:
    page.locator(".jp-CodeCell").nth(number).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
