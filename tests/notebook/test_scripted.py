"""A shot without a cell: a rich object, a live widget, a page that nobody serves."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import flow_nb
from flow_nb.engines.fake import FakeEngine
from flow_nb.notebook import hosts
from flow_nb.notebook.messages import MIME, PageRequest

FALL = "A glass falls off the table."


@pytest.fixture(scope="module")
def glass(tmp_path_factory):
    studio = flow_nb.Studio(tmp_path_factory.mktemp("studio"), engines=[FakeEngine()])
    return flow_nb.shot(FALL, name="glass", studio=studio, engine="fake", duration=1)


def test_a_shot_of_a_script_knows_its_take_plan_and_motion(glass):
    assert glass.path.is_file()
    assert glass.plan.text == FALL
    assert "release" in {event.kind for event in glass.motion.events}
    assert repr(glass) == f"<shot glass: fast, 1 s, {glass.take.clip}>"


def test_it_shows_itself_as_a_cell_does(glass, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "x.ipynb")
    data = glass._repr_mimebundle_()
    assert data[MIME]["clip"] == glass.take.clip
    assert data[MIME]["clip_data"] == ""
    assert data["image/png"]


def test_where_nobody_serves_files_a_small_clip_is_inside(glass, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    assert hosts.serves_files()
    monkeypatch.setenv("VSCODE_PID", "1")
    data = glass._repr_mimebundle_()[MIME]
    assert base64.b64decode(data["clip_data"]) == glass.path.read_bytes()
    page = glass._repr_html_()
    (clip,) = re.findall(r'src="data:video/mp4;base64,([^"]+)"', page)
    assert base64.b64decode(clip) == glass.path.read_bytes()
    assert 'poster="data:image/webp;base64,' in page


def test_the_live_widget_has_the_clip_s_bytes_and_hears_requests(glass):
    pytest.importorskip("anywidget")
    from flow_nb.notebook.widget import FlowWidget

    widget = glass.play()
    assert widget.files[glass.take.clip] == glass.path.read_bytes()
    asked: list[PageRequest] = []
    widget = FlowWidget(glass._view(embed=False)[0], {}, asked.append)
    for content in ({"ask": "pick", "take": "a1", "cells": []}, {"ask": "format c:"}, None, 7):
        widget._receive(widget, content, [])
    assert [request.take for request in asked] == ["a1"]


def test_the_widget_s_bundle_is_built_and_holds_no_address():
    bundle = Path(flow_nb.__file__).parent / "static" / "anywidget.js"
    if not bundle.exists():
        pytest.skip("the JavaScript is not built here")
    code = bundle.read_text(encoding="utf-8")
    assert "export" in code
    assert not [url for url in re.findall(r"https?://[\w./-]+", code) if "www.w3.org" not in url]


def test_nbconvert_shows_poster_text_and_the_embedded_clip(notebook, tmp_path):
    nbformat, nbconvert = pytest.importorskip("nbformat"), pytest.importorskip("nbconvert")
    shown = notebook.run("%%shot glass --duration 1 --embed\nA glass falls.", "c1").shown[-1]
    cell = nbformat.v4.new_code_cell("%%shot glass --embed\nA glass falls.")
    cell.outputs = [nbformat.v4.new_output("display_data", data=shown)]
    page, _ = nbconvert.HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    assert 'src="data:video/mp4;base64,' in page
    assert 'poster="data:image/webp;base64,' in page
    assert "the glass hits the hardwood floor" in page


MARIMO = """
import marimo
app = marimo.App()

@app.cell
def _():
    import flow_nb
    from flow_nb.engines.fake import FakeEngine
    studio = flow_nb.Studio({folder!r}, engines=[FakeEngine()])
    glass = flow_nb.shot("A glass falls off the table.", studio=studio, engine="fake", duration=1)
    glass
    return (glass,)

if __name__ == "__main__":
    outputs, definitions = app.run()
    from marimo._output.formatting import as_html
    print("VIDEO" if "data:video/mp4;base64," in as_html(definitions["glass"]).text else "NOTHING")
"""


def test_a_marimo_script_runs_and_shows_the_clip(tmp_path):
    pytest.importorskip("marimo")
    script = tmp_path / "app.py"
    script.write_text(MARIMO.format(folder=str(tmp_path)))
    done = subprocess.run(
        [sys.executable, script], check=False, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == "VIDEO", done.stderr[-2000:]


def test_importing_the_name_loads_nothing_heavy():
    code = "import sys, flow_nb; print(json.dumps('numpy' in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", f"import json; {code}"], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) is False
