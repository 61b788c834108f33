from __future__ import annotations

import subprocess
import sys

import pytest

from flow_nb.errors import Cancelled, ShotError
from flow_nb.notebook import magics as room
from flow_nb.notebook.messages import MIME
from flow_nb.notebook.source import source_key

GLASS = "%%shot glass --tier sketch\nA glass slides off the table."


def test_a_shot_becomes_a_durable_output(notebook):
    result = notebook.run(GLASS, "c1")
    assert result.success
    last = result.shown[-1]
    assert set(last) == {MIME, "text/html", "text/plain", "image/png"}
    view = last[MIME]
    assert view["digest"]["state"] == "sealed"
    assert view["digest"]["tier"] == "sketch"
    assert view["clip"].startswith("takes/glass-")
    assert (notebook.studio.folder / view["clip"]).is_file()
    assert view["clip_data"] == ""


def test_the_slate_goes_from_rendering_to_sealed(notebook):
    notebook.run(GLASS, "c1")
    states = [patch.digest.state for patch in notebook.patches]
    assert states[0] == "rendering"
    assert states[-1] == "sealed"
    assert {patch.cell_id for patch in notebook.patches} == {"c1"}
    assert notebook.patches[-1].digest.source == source_key(GLASS)


def test_the_plan_is_on_the_cell_before_anything_is_drawn(notebook):
    notebook.run(GLASS, "c1")
    assert notebook.patches[0].digest.camera == "full, low angle, slow dolly in"
    assert notebook.patches[0].digest.marks == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("%%shot a --teir fast\nA", 'there is no option "--teir". Did you mean "--tier"?'),
        ("%%shot a --tier fats\nA", 'shot "a": there is no tier "fats". Did you mean "fast"?'),
        ("%%shot a --tier\nA", "expected one argument"),
        ("%%shot a b\nA", "unrecognized arguments: b"),
        ('%%shot a --scene "x\nA', "a quotation mark is not closed."),
        ("%%shot a --duration four\nA", 'a duration of "four" is not between 1 and 30 seconds.'),
        ("%%shot a --duration -1\nA", 'a duration of "-1" is not between'),
        ("%%shot a --seed x\nA", 'the seed "x" is not a whole number'),
        ("%%shot 7\nA", 'the name "7" is not a shot name.'),
        ("%%shot a\n \n", "the cell is empty."),
        ("%%shot", "the cell is empty. Write what happens, for example:"),
        ("%%shot a\nnothing", "nothing in it can be staged. Say what falls."),
        ("%%shot {1+1}\nA", 'the name "{1+1}" is not a shot name.'),
    ],
)
def test_bad_input_is_one_line_and_the_cell_has_failed(notebook, source, line):
    result = notebook.run(source, "c1")
    assert not result.success
    assert line in notebook.line(result)
    assert "\n" not in notebook.line(result)


def test_a_refusal_stands_on_the_slate_with_its_reason(notebook):
    notebook.run("%%shot a --tier fats\nA", "c1")
    refused = notebook.patches[-1].digest
    assert refused.state == "refused"
    assert "Did you mean" in refused.notes[0]


def test_two_cells_with_one_name_are_refused_until_one_is_deleted(notebook):
    notebook.run(GLASS, "c1")
    assert "two cells have this name" in notebook.line(notebook.run(GLASS, "c2"))
    notebook.deleted = ["c1"]
    assert notebook.run(GLASS, "c2").success


def test_an_interrupt_says_stopped_and_leaves_the_slate_a_draft(notebook, monkeypatch):
    def interrupted(shot, progress, **_):
        progress("draw", 0.4)
        raise KeyboardInterrupt

    monkeypatch.setattr(notebook.studio, "shoot", interrupted)
    result = notebook.run(GLASS, "c1")
    assert isinstance(result.error_in_exec, Cancelled)
    assert notebook.line(result).startswith("Cancelled: Stopped.")
    assert result.shown[-1][MIME]["note"] == "Stopped. Run the cell again to shoot it."
    assert result.shown[-1][MIME]["progress"] is None
    assert notebook.patches[-1].digest.state == "draft"


def test_our_own_bug_keeps_its_traceback_and_the_slate_does_not_stay_rendering(
    notebook, monkeypatch
):
    def broken(shot, progress, **_):
        raise ZeroDivisionError

    monkeypatch.setattr(notebook.studio, "shoot", broken)
    result = notebook.run(GLASS, "c1")
    assert isinstance(result.error_in_exec, ZeroDivisionError)
    assert notebook.patches[-1].digest.state == "refused"


def test_the_film_joins_the_shots_in_order(notebook):
    for name in ("a", "b"):
        notebook.run(f"%%shot {name} --duration 1\nA glass falls.", name)
    notebook.magics.session.reorder(["b", "a"])
    view = notebook.run("%film --name two", "f").shown[-1][MIME]
    assert [s["text"] for s in view["digest"]["spans"]] == ["b", "a"]
    assert view["clip"].startswith("takes/two-")


def test_a_film_of_nothing_says_what_to_do(notebook):
    assert "no shot has been rendered yet" in notebook.line(notebook.run("%film"))
    notebook.run("%%shot glass --duration 1\nA glass falls.", "c1")
    assert 'Did you mean "glass"?' in notebook.line(notebook.run("%film glas"))


def test_status_names_the_folder_and_the_takes(notebook):
    assert "Begin a cell with %%shot" in notebook.run("%flow").stdout
    notebook.run(GLASS, "c1")
    assert "glass  sketch, 4 s, takes/glass-" in notebook.run("%flow").stdout


def test_help_is_printed_and_nothing_is_shot(notebook):
    result = notebook.run("%%shot -h\n")
    assert "--tier" in result.stdout
    assert notebook.studio.order == []


def test_config_sets_the_default_tier(notebook):
    assert notebook.run("%config ShotMagics.tier = 'sketch'").success
    notebook.run("%%shot a --duration 1\nA glass falls.", "c1")
    assert notebook.patches[-1].digest.tier == "sketch"
    notebook.run("%%shot a --duration 1 --tier fast\nA glass falls.", "c1")
    assert notebook.patches[-1].digest.tier == "fast"


def test_unload_puts_back_what_was_there(notebook):
    shell = notebook.shell
    room.unload_ipython_extension(shell)
    table = shell.magics_manager.magics
    assert "shot" not in table["cell"]
    table["line"]["film"] = theirs = lambda line: line
    before = len(shell.configurables)
    room.load_ipython_extension(shell)
    assert table["line"]["film"] is not theirs
    room.unload_ipython_extension(shell)
    assert table["line"].pop("film") is theirs
    assert len(shell.configurables) == before


def test_loading_imports_neither_solver_nor_encoder():
    code = (
        "import sys; import flow_nb.notebook.magics;"
        "print([m for m in ('mujoco', 'av', 'cv2', 'numpy', 'c2pa') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_errors_keep_their_type(notebook):
    assert isinstance(notebook.run("%%shot a\n").error_in_exec, ShotError)
