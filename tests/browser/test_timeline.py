"""The timeline below the notebook, with a real studio whose engine needs no driver: its films are real."""

from __future__ import annotations

from tests.browser.pages import ready, run_all, save
from tests.browser.prepared import cell, write

HEAD = """import flow_nb.studio
from flow_nb.engines.fake import FakeEngine
flow_nb.studio.engine = lambda name: FakeEngine()
%load_ext flow_nb"""
NAMES = ("glass", "ball", "cup")
FPS = 12


def notebook(app, name: str) -> None:
    texts = [f"%%shot {shot} --duration 2\nA {shot} falls." for shot in NAMES]
    cells = [cell(HEAD, "h"), *(cell(t, shot) for t, shot in zip(texts, NAMES, strict=True))]
    cells.insert(2, cell("between = 1", "x"))
    write(app.folder / name, [*cells, cell("%film", "f")])


def order(page) -> list[str]:
    return page.locator(".flow-tl-clip").evaluate_all("all => all.map(n => n.dataset.id)")


def cells(page) -> list[str]:
    return page.locator(".flow-slate-name").all_inner_texts()


def await_order(page, *names: str) -> None:
    page.wait_for_function(
        "wanted => [...document.querySelectorAll('.flow-tl-clip')].map(n => n.dataset.id).join() === wanted",
        arg=",".join(names),
    )


def sealed(page, count: int) -> None:
    page.wait_for_function(
        "n => document.querySelectorAll('.flow-slate[data-state=sealed]').length === n", arg=count
    )


def film(page, app, path) -> dict:
    """The film that the notebook's %film has made last."""
    page.locator(".jp-Cell", has_text="%film").locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    save(page)
    return {}


def test_a_film_is_ordered_trimmed_and_exported_on_its_timeline(app, page):
    notebook(app, "film.ipynb")
    ready(page, app, "film.ipynb", slates=3)
    page.locator(".flow-tl-clip").nth(2).wait_for()
    assert order(page) == ["glass", "ball", "cup"]
    run_all(page)
    sealed(page, 3)
    page.screenshot(path=f"/tmp/wt/tl-{app.name}.png")
