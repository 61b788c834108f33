from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from flow_nb import Studio, cli
from flow_nb.engines.fake import FakeEngine
from flow_nb.notebook.cards import BOARD_MIME, Card, Storyboard
from flow_nb.notebook.contact_sheet import contact_sheet
from flow_nb.notebook.storyboard import html, plain, storyboard
from flow_nb.plan.shot import make_shot

KITCHEN = """INT. KITCHEN - GOLDEN HOUR
A glass slides off the table edge and shatters.
MARA (quietly)
That was my grandmother's.
Slow dolly in."""
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e' + "x" * 3000


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("board")


@pytest.fixture(scope="module")
def board(folder: Path) -> Storyboard:
    studio = Studio(folder, engines=[FakeEngine()])
    shots = [
        make_shot("glass", KITCHEN, engine="fake", scene="kitchen"),
        make_shot("ball", "A ball rolls.", engine="fake", duration=2),
        make_shot("nothing", "Justice prevails over melancholy.", engine="fake"),
    ]
    studio.shoot(shots[1])
    return storyboard(studio, shots, title="The fall", folder=folder)


def test_a_card_says_place_text_camera_and_lines_apart(board):
    glass = board.cards[0]
    assert glass.slug == "INT. KITCHEN - GOLDEN HOUR"
    assert glass.text == "A glass slides off the table edge and shatters. Slow dolly in."
    assert glass.lines == ["MARA: That was my grandmother's."]
    assert "slow dolly in" in glass.camera
    assert glass.scene == "kitchen"


def test_what_is_shot_has_its_poster_and_what_is_not_says_so(board, folder):
    assert [bool(card.take) for card in board.cards] == [False, True, False]
    assert (folder / board.cards[1].poster).is_file()
    assert board.cards[2].note
    assert "2 not shot yet" in plain(board)
    page = html(board, folder)
    assert page.count("not shot yet") == 3
    assert page.count("data:image/jpeg") == 1


def test_the_picture_has_a_row_for_three_cards(board, folder):
    one = Image.open(io.BytesIO(contact_sheet(board, folder)))
    many = board.model_copy(update={"cards": [*board.cards, *board.cards]})
    two = Image.open(io.BytesIO(contact_sheet(many, folder)))
    assert one.width == two.width == 1800
    assert two.height > 1.6 * one.height - 200


def test_hostile_texts_are_words_on_the_page_and_in_the_picture(folder):
    card = Card(number=1, shot=HOSTILE, tier=HOSTILE, duration_s=1, slug=HOSTILE, text=HOSTILE,
                camera=HOSTILE, lines=[HOSTILE], poster="../../x", note=HOSTILE)  # fmt: skip
    board = Storyboard(title=HOSTILE, cards=[card])
    page = html(board, folder)
    assert "<script" not in page
    assert "<img" not in page
    assert contact_sheet(board, folder)


def test_the_magic_shows_the_notebook_s_order_and_writes_files(notebook):
    for name in ("a", "b"):
        notebook.run(f"%%shot {name} --duration 1\nA glass falls.", name)
    notebook.magics.session.reorder(["b", "a"])
    shown = notebook.run("%storyboard --title Reel").shown[-1]
    assert [card["shot"] for card in shown[BOARD_MIME]["cards"]] == ["b", "a"]
    assert shown[BOARD_MIME]["cards"][0]["poster"]
    assert len(json.dumps(shown[BOARD_MIME])) < 2000
    assert "sheet.png: " in notebook.run("%storyboard --png sheet.png --html page.html").stdout
    assert (notebook.studio.folder / "page.html").read_text().startswith("<!DOCTYPE html>")
    assert "cannot be written" in notebook.line(notebook.run("%storyboard --png no/such/a.png"))


def test_cells_that_never_ran_here_come_from_the_notebook_s_file(notebook, monkeypatch):
    assert "no shot to put" in notebook.line(notebook.run("%storyboard"))
    cells = [
        {"cell_type": "code", "id": name, "source": f"%%shot {name}\nA glass falls."}
        for name in "ab"
    ]
    file = notebook.studio.folder / "film.ipynb"
    file.write_text(json.dumps({"cells": cells}))
    monkeypatch.setenv("JPY_SESSION_NAME", str(file))
    notebook.run("%%shot b --duration 1\nA glass falls.", "b")
    cards = notebook.run("%storyboard").shown[-1][BOARD_MIME]["cards"]
    assert [(card["shot"], bool(card["take"])) for card in cards] == [("a", False), ("b", True)]


def test_the_shell_writes_it_without_shooting(tmp_path, capsys):
    file = tmp_path / "film.ipynb"
    source = "%%shot glass\nA glass falls."
    file.write_text(json.dumps({"cells": [{"cell_type": "code", "source": source}]}))
    png = tmp_path / "board.png"
    assert cli.main(["storyboard", str(file), "--png", str(png), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == [str(png)]
    assert told["cards"][0]["take"] == ""
    assert png.read_bytes().startswith(b"\x89PNG")
