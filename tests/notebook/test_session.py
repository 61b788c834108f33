from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from flow_nb.errors import ShotError
from flow_nb.notebook.messages import Edit
from flow_nb.notebook.session import Session


@pytest.fixture
def session() -> Session:
    return Session(Path(), open_studio=lambda _: SimpleNamespace(order=[]))


def test_two_cells_with_one_name_are_both_named(session):
    session.reorder(["x", "between", "y"])
    session.claim("glass", "x", "A glass slides off the table.")
    with pytest.raises(ShotError) as caught:
        session.claim("glass", "y", "Another glass falls.")
    assert str(caught.value) == (
        'shot "glass": two cells have this name: shot 1 ("A glass slides off the table.") and '
        'shot 3 ("Another glass falls."). Call this one something else, as in %%shot glass-2.'
    )


def test_a_copy_that_runs_first_does_not_get_the_name_of_a_cell_that_has_not_run_here(session):
    session.reorder(["copy", "x"], {"x": "glass"})
    with pytest.raises(ShotError) as caught:
        session.claim("glass", "copy", "A glass falls.")
    assert str(caught.value) == (
        'shot "glass": two cells have this name: shot 2 and shot 1 ("A glass falls."). '
        "Call this one something else, as in %%shot glass-2."
    )
    session.claim("glass", "x", "A glass falls.")
    session.reorder(["copy"], {"copy": "glass"})
    session.claim("glass", "copy", "A glass falls.")


def test_cells_without_names_keep_those_of_an_earlier_kernel(session):
    session.reorder(["x", "y", "z"], {"x": "shot-1", "y": "shot-2"})
    names = {}
    for cell in ("z", "y", "x"):
        names[cell] = session.name_for(cell)
        session.claim(names[cell], cell, cell)
    assert names == {"x": "shot-1", "y": "shot-2", "z": "shot-3"}


def test_running_a_cell_again_keeps_its_name(session):
    session.claim("glass", "x", "one")
    session.claim("glass", "x", "two")
    assert session.names == ["glass"]


def test_a_cell_that_is_renamed_gives_its_old_name_back(session):
    session.claim("glass", "x", "one")
    session.claim("cup", "x", "one")
    session.claim("glass", "y", "two")
    assert session.names == ["cup", "glass"]


def test_a_deleted_cell_gives_its_name_back(session):
    session.claim("glass", "x", "one")
    session.forget(["x"])
    session.claim("glass", "y", "two")


def test_a_cell_that_the_page_does_not_name_any_more_is_gone(session):
    session.claim("glass", "x", "one")
    session.reorder(["y"])
    session.claim("glass", "y", "two")


def test_without_cell_ids_the_same_name_is_the_same_shot(session):
    session.claim("glass", None, "one")
    session.claim("glass", None, "two")
    session.reorder(["y"])
    assert session.names == ["glass"]


def test_the_film_follows_the_notebook_not_the_order_of_runs(session):
    studio = session.studio
    for name, cell in (("c", "3"), ("a", "1"), ("b", "2")):
        session.claim(name, cell, name)
        studio.order.append(name)
    session.reorder(["1", "2", "3"])
    assert studio.order == ["a", "b", "c"]


def test_a_shot_whose_cell_is_gone_leaves_the_film(session):
    studio = session.studio
    for name, cell in (("a", "1"), ("b", "2")):
        session.claim(name, cell, name)
        studio.order.append(name)
    session.reorder(["2"])
    assert studio.order == ["b"]


def test_a_cell_without_a_name_keeps_the_one_it_was_given(session):
    first = session.name_for("x")
    session.claim(first, "x", "one")
    assert (first, session.name_for("x"), session.name_for("y")) == ("shot-1", "shot-1", "shot-2")


def test_the_page_tells_how_each_shot_is_edited(session):
    session.claim("glass", "x", "one")
    session.claim("cup", "y", "two")
    session.reorder(["x", "y"], edits={"y": Edit(in_s=1.5), "gone": Edit(in_s=2)})
    assert session.edits == {"cup": Edit(in_s=1.5)}
    session.reorder(["x", "y"])
    assert session.edits == {}
