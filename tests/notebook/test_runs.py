"""Cells that are shot in the background, and what may be asked of them, on a real queue."""

from __future__ import annotations

import threading
import time

import pytest

from flow_nb.errors import EngineError
from flow_nb.notebook.messages import FILM_CELL, MIME, PageRequest

WAIT_S = 60
GLASS = "%%shot glass --duration 1 --background\nA glass falls."


@pytest.fixture
def held(notebook, monkeypatch):
    """The stage draws nothing before it is let go."""
    go, shoot = threading.Event(), notebook.studio.shoot

    def slowly(shot, progress, **more):
        while not go.wait(0.01):
            progress("draw", 0.4)
        return shoot(shot, progress, **more)

    monkeypatch.setattr(notebook.studio, "shoot", slowly)
    yield go
    notebook.magics.desk.jobs.close()


def until(notebook, cell: str, state: str):
    """The first patch that says so."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        for patch in list(notebook.patches):
            if (patch.cell_id, patch.digest.state) == (cell, state):
                return patch
        time.sleep(0.01)
    raise AssertionError([(p.cell_id, p.digest.state) for p in notebook.patches])


def test_a_cell_in_the_background_returns_at_once_with_its_plan(notebook, held):
    result = notebook.run(GLASS, "c1")
    assert result.success
    assert result.shown[-1][MIME]["progress"]["stage"] == "in the queue"
    queued = notebook.patches[0]
    assert (queued.digest.state, queued.digest.camera) == (
        "queued",
        "full, low angle, slow dolly in",
    )
    making = until(notebook, "c1", "rendering")
    assert making.background
    held.set()
    done = until(notebook, "c1", "sealed")
    assert done.output[MIME]["clip"].startswith("takes/glass-")


def test_two_wait_for_one_and_the_film_waits_for_all(notebook, held):
    for name in "ab":
        notebook.run(f"%%shot {name} --duration 1 --background\nA glass falls.", name)
    threading.Timer(0.2, held.set).start()
    film = notebook.run("%film", "f")
    assert [s["text"] for s in film.shown[-1][MIME]["digest"]["spans"]] == ["a", "b"]
    assert "a  is shot" in notebook.run("%flow jobs").stdout


def test_a_queued_cell_that_is_run_again_replaces_its_job(notebook, held):
    notebook.run("%%shot first --duration 1 --background\nA glass falls.", "c0")
    notebook.run(GLASS, "c1")
    notebook.run(GLASS.replace("falls", "rolls"), "c1")
    held.set()
    notebook.run("%flow wait")
    assert [job.name for job in notebook.magics.desk.jobs.all] == ["first", "glass"]
    assert notebook.magics.session.plans["glass"][0].text == "A glass rolls."
    told = [p.digest.state for p in notebook.patches if p.cell_id == "c1"]
    assert "draft" not in told


def test_cancel_by_the_page_and_by_name(notebook, held):
    notebook.run("%%shot first --duration 1 --background\nA glass falls.", "c0")
    notebook.run(GLASS, "c1")
    until(notebook, "c0", "rendering")
    assert "glass is cancelled" in notebook.run("%flow cancel glass").stdout
    assert until(notebook, "c1", "draft").output[MIME]["note"].startswith("Cancelled.")
    notebook.magics.page._receive(message(PageRequest(ask="cancel", cells=["c0"])))
    until(notebook, "c0", "draft")
    assert notebook.studio.order == []
    assert 'no open job "glas"' in notebook.line(notebook.run("%flow cancel glas"))


def test_an_error_of_a_job_stands_on_its_cell_and_stops_the_film(notebook, monkeypatch):
    def broken(*_, **__):
        raise EngineError("the renderer's process was ended.", fix="Run the cell again.")

    monkeypatch.setattr(notebook.studio, "shoot", broken)
    notebook.run(GLASS, "c1")
    refused = until(notebook, "c1", "refused")
    assert refused.digest.notes == [
        'shot "glass": the renderer\'s process was ended. Run the cell again.'
    ]
    assert refused.output[MIME]["note"] == refused.digest.notes[0]
    assert '"glass" was not shot' in notebook.line(notebook.run("%film"))


def test_a_text_that_cannot_be_staged_fails_its_cell_and_not_the_queue(notebook):
    result = notebook.run("%%shot glass --background\nnothing", "c1")
    assert "nothing in it can be staged" in notebook.line(result)
    assert notebook.magics.desk.jobs.all == []


def test_a_cell_without_background_goes_after_the_job_at_work(notebook, held):
    notebook.run(GLASS, "c1")
    until(notebook, "c1", "rendering")
    threading.Timer(3, held.set).start()
    result = notebook.run("%%shot cup --duration 1\nA cup falls.", "c2")
    assert result.shown[0][MIME]["progress"]["stage"] == "waiting for glass"
    assert notebook.studio.order == ["glass", "cup"]


def test_the_page_has_a_shot_rendered_again_and_a_film_exported(notebook):
    notebook.run("%%shot glass --duration 1\nA glass falls.", "c1")
    notebook.studio._takes.clear()
    notebook.patches.clear()
    ask = notebook.magics.page._receive
    ask(message(PageRequest(ask="render", cells=["c1", "never ran"])))
    assert until(notebook, "c1", "sealed").output[MIME]["clip"]
    ask(message(PageRequest(ask="export")))
    film = until(notebook, FILM_CELL, "sealed")
    assert film.output[MIME]["clip"].startswith("takes/film-")


def message(request: PageRequest) -> dict:
    return {"content": {"data": request.model_dump()}}
