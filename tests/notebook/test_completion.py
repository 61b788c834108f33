from __future__ import annotations

import time

import pytest
from IPython.core.completer import provisionalcompleter

BODY = "%%shot a\nA glass falls.\n"


def offered(notebook, text: str) -> list[str]:
    """What the Tab key offers at the end of a text."""
    with provisionalcompleter():
        completions = list(notebook.shell.Completer.completions(text, len(text)))
    return [made for c in completions if (made := text[: c.start] + c.text) != text]


def words(notebook, text: str) -> list[str]:
    return [line.split()[-1] for line in offered(notebook, text)]


@pytest.fixture
def cast(notebook, tmp_path):
    from flow_nb.identity.cast import Cast

    notebook.studio.cast = Cast(tmp_path / "cast.json")
    notebook.studio.cast.give("MARA", "warm, low")
    return notebook


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%%shot a --tier ", ["fast", "light", "portrait", "sketch", "ultra"]),
        ("%%shot a --tier s", ["sketch"]),
        ("%%shot a --ti", ["--tier"]),
        ("%%shot a --lines ", ["lengthen", "refuse"]),
        ("%%shot a --passes d", ["depth"]),
        ("%%shot a --profile ch", ["china"]),
        ("%%shot a --engine ", ["stage"]),
        ("%%shot a --scene kit", ["kitchen"]),
        ("%film --na", ["--name"]),
        ("%flow ca", ["cancel"]),
        ("%voice MARA war", ["warm"]),
        ("%voice MA", ["MARA"]),
        (BODY + "MA", ["MARA"]),
        (BODY + "pri", []),
        ("%%shot a --duration ", []),
    ],
)
def test_the_tab_key_offers_what_fits_and_nothing_of_python(cast, text, expected):
    assert words(cast, text) == expected


def test_names_of_shots_are_offered_and_scenes_that_were_used(notebook):
    notebook.run("%%shot glass --duration 1 --scene attic\nA glass falls.", "c1")
    assert words(notebook, "%film ") == ["glass"]
    assert words(notebook, "%plan gl") == ["glass"]
    assert words(notebook, "%%shot b --scene at") == ["attic"]


def test_python_keeps_its_own_completion(notebook):
    assert "print" in words(notebook, "pri")


def test_an_answer_takes_less_than_fifty_milliseconds(cast):
    text = "%%shot a --scene k"
    offered(cast, text)
    begun = time.perf_counter()
    for _ in range(5):
        offered(cast, text)
    assert (time.perf_counter() - begun) / 5 < 0.05


def test_a_question_mark_explains_the_shot(notebook):
    pages = []
    notebook.shell.set_hook("show_in_pager", lambda _, data, **more: pages.append(str(data)))
    notebook.run("%%shot?")
    assert "slides off the table edge" in pages[0]
    assert "--background" in pages[0]
