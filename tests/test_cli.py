"""The shell's verbs as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flow_nb import cli

FALL = "A glass falls off the table and shatters on the hardwood floor."

pytestmark = pytest.mark.usefixtures("solved_before")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(arguments)
    out = capsys.readouterr()
    return status, out.out, out.err


def test_plan_prints_one_json_value_with_theory_beside_the_solver(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, out, _ = run(capsys, "plan", FALL, "--json", "--studio", str(tmp_path))
    value = json.loads(out)
    assert status == 0
    assert value["plan"]["schema"] == "flow_nb.Plan.1"
    hit = next(e for e in value["events"] if e["kind"] == "impact")
    assert abs(hit["time_s"] - hit["closed_form_s"]) < 3e-3


def test_the_same_text_gives_the_same_plan(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first = run(capsys, "plan", FALL, "--json", "--studio", str(tmp_path))[1]
    assert first == run(capsys, "plan", FALL, "--json", "--studio", str(tmp_path))[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["shot", FALL, "--tier", "fats"], 'Did you mean "fast"?'),
        (["shot", FALL, "--duration", "four"], "1 and 30 seconds"),
        (["shot", FALL, "--duration", "0"], "1 and 30 seconds"),
        (["shot", FALL, "--duration", "-1"], "1 and 30 seconds"),
        (["shot", FALL, "--duration", "1e9"], "1 and 30 seconds"),
        (["shot", "x" * 1_000_000], "a shot takes 10,000"),
        (["shot", "\x00\x1b\x07"], "the cell is empty"),
        (["shot", FALL, "-o", "/no/such/folder/clip.mp4"], "does not exist"),
        (["verify", "/no/such/file.mp4"], "does not exist"),
        (["render", "/no/such/notebook.ipynb"], "cannot be read"),
    ],
)
def test_bad_input_gives_one_line_with_the_fix(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], says: str
) -> None:
    studio = [] if arguments[0] == "render" else ["--studio", str(tmp_path)]
    status, _, err = run(capsys, *arguments, *studio)
    assert status == 1
    assert says in err
    assert err.count("\n") == 1


def test_an_error_is_json_too_when_json_was_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, out, _ = run(capsys, "shot", FALL, "--tier", "x", "--json", "--studio", str(tmp_path))
    assert status == 1
    assert json.loads(out)["error"] == "ShotError"


def test_doctor_names_every_part(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, out, _ = run(capsys, "doctor", "--json", "--studio", str(tmp_path))
    parts = {finding["part"] for finding in json.loads(out)["findings"]}
    assert {"solver", "drawing", "encoders", "store", "labextension"} <= parts


def test_a_notebook_without_shots_is_told_what_to_write(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    empty = tmp_path / "empty.ipynb"
    empty.write_text('{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}')
    status, _, err = run(capsys, "render", str(empty))
    assert status == 1
    assert "no %%shot cell" in err


def test_profiles_are_listed_with_dates_sources_and_no_advice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, _ = run(capsys, "profiles", "--json")
    value = json.loads(out)
    assert status == 0
    assert {"eu", "china", "none"} <= {profile["id"] for profile in value["profiles"]}
    assert "no legal advice" in value["advice"]
    assert "in force 2025-09-01" in run(capsys, "profiles")[1]


def test_verify_says_what_it_found_and_draws_nothing_where_nothing_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "x.mp4").write_bytes(b"hello")
    asked = ("verify", str(tmp_path / "x.mp4"), "--visible", str(tmp_path / "heat.png"))
    status, out, _ = run(capsys, *asked)
    assert status == 0
    assert "x.mp4: nothing found" in out
    assert "there is nothing to show" in out
    assert not (tmp_path / "heat.png").exists()


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        (FALL, ["--profile", "chnia"], 'Did you mean "china"?'),
        ("Tom Hanks drops a glass.", [], '"Tom Hanks" (line 1, column 1), celebrity'),
    ],
)
def test_what_law_or_policy_stops_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, options: list[str], says: str
) -> None:
    status, _, err = run(capsys, "shot", text, *options, "--studio", str(tmp_path))
    assert status == 1
    assert says in err
    assert err.count("\n") == 1
