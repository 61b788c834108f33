"""Two people in one document: both see what one shoots, one page writes it, nothing goes to and fro."""

from __future__ import annotations

import pytest

from flow_nb.notebook.messages import METADATA_KEY
from tests.browser.pages import ready, run_all, saved, states
from tests.browser.prepared import HEAD, cell, write
from tests.browser.serving import serving

TEXT = "A glass slides majestically off the table edge."
SEALED = "document.querySelectorAll('.flow-slate[data-state=sealed]').length === 2"


def test_two_people_in_one_document_see_the_same_shots(page, browser, tmp_path):
    pytest.importorskip("jupyter_collaboration")
    root, home = tmp_path / "root", tmp_path / "home"
    root.mkdir()
    home.mkdir()
    shots = [cell(f"%%shot {name} --duration 1\n{TEXT}", name) for name in ("a", "b")]
    write(root / "shared.ipynb", [cell(HEAD, "h"), *shots])
    with serving(root, home, together=True) as app:
        ready(page, app, "shared.ipynb", slates=2)
        other = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
        ready(other, app, "shared.ipynb", slates=2)
        run_all(page)
        for one in (page, other):
            one.wait_for_function(SEALED)
            one.locator(".flow-player").first.wait_for()
        kept = saved(
            root / "shared.ipynb",
            lambda nb: all(METADATA_KEY in c["metadata"] for c in nb["cells"][1:]),
        )
        assert [c["metadata"][METADATA_KEY]["cell"] for c in kept["cells"][1:]] == ["a", "b"]
        page.wait_for_timeout(2500)
        written = (root / "shared.ipynb").stat().st_mtime_ns
        page.wait_for_timeout(2500)
        assert (root / "shared.ipynb").stat().st_mtime_ns == written

        other.locator(".jp-CodeCell").last.locator(".cm-content").click()
        other.keyboard.press("Control+End")
        other.keyboard.type(" Slowly.")
        page.wait_for_selector(".flow-slate[data-state=stale]")
        assert states(page) == states(other) == ["sealed", "stale"]
        other.context.close()
