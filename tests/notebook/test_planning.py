"""Plans that are read: the table, ``--plan-only``, ``--strict``, who directs."""

from __future__ import annotations

import pytest

from flow_nb.errors import PlanError
from flow_nb.notebook.messages import MIME
from tests.notebook.fakes import NOT_UNDERSTOOD

TEXT = "A glass slides off the table."


def test_plan_only_shows_the_checked_plan_and_draws_nothing(notebook):
    result = notebook.run(f"%%shot glass --plan-only\n{TEXT}", "c1")
    assert result.success
    (table,) = result.shown
    assert MIME not in table
    assert "glass: slide from table" in table["text/plain"]
    assert "1.20 s  the glass hits the hardwood floor" in table["text/plain"]
    assert notebook.studio.takes("glass") == []
    digest = notebook.patches[-1].digest
    assert digest.state == "draft"
    assert [mark.kind for mark in digest.marks][-1] == "rest"


def test_plan_shows_the_last_shot_or_the_one_that_is_named(notebook):
    notebook.run(f"%%shot glass --tier sketch\n{TEXT}", "c1")
    notebook.run(f"%%shot cup --plan-only\n{TEXT}", "c2")
    assert notebook.run("%plan").shown[0]["text/plain"].startswith("cup · 4 s · read by grammar")
    assert notebook.run("%plan glass").shown[0]["text/plain"].startswith("glass")
    assert notebook.line(notebook.run("%plan glas")) == (
        'PlanError: there is no plan of "glas". Did you mean "glass"? Choose from cup, glass.'
    )


def test_the_table_escapes_what_a_text_says(notebook):
    text = f"<img src=x onerror=alert(1)> {TEXT}"
    shown = notebook.run(f"%%shot glass --plan-only\n{text} {NOT_UNDERSTOOD}", "c1").shown[0]
    assert "<img" not in shown["text/html"]
    assert f"“{NOT_UNDERSTOOD}”" in shown["text/html"]


def test_strict_refuses_a_plan_with_gaps_and_says_which(notebook):
    result = notebook.run(f"%%shot glass --strict\n{TEXT} {NOT_UNDERSTOOD}", "c1")
    assert isinstance(result.error_in_exec, PlanError)
    assert f'--strict: "{NOT_UNDERSTOOD}" is not in the plan' in notebook.line(result)
    assert notebook.patches[-1].digest.state == "refused"
    assert notebook.run(f"%%shot glass --strict --tier sketch\n{TEXT}", "c1").success


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("%flow director gemini", 'PlanError: "gemini" names no provider.'),
        ("%flow director nobody:x", 'PlanError: there is no provider "nobody".'),
    ],
)
def test_a_director_that_there_is_not_is_refused_in_one_line(notebook, line, told):
    assert notebook.line(notebook.run(line)).startswith(told)


def test_a_director_without_its_key_is_taken_and_says_what_is_missing(notebook, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    told = notebook.run("%flow director openai:gpt-5").stdout
    assert "OPENAI_API_KEY is not set" in told
    assert "the grammar reads the shots" in told
    assert "free" in notebook.run("%flow director grammar").stdout
