"""The table of prompts: what each is read as."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from flow_nb.director.grammar import Grammar
from flow_nb.errors import PlanError
from flow_nb.plan.shot import make_shot
from tests.director.telling import DEFAULTS, told

ROWS = tomllib.loads(Path(__file__).with_name("prompts.toml").read_text(encoding="utf-8"))["prompt"]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:60] for row in ROWS])
def test_a_prompt_is_read_as_the_table_says(
    row: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    if "owed" in row:
        request.applymarker(pytest.mark.xfail(reason=row["owed"], strict=True))
    shot = make_shot("row", row["text"], scene=row.get("scene"))
    if "error" in row:
        with pytest.raises(PlanError) as raised:
            Grammar().read(shot)
        assert row["error"] in str(raised.value)
        assert "\n" not in str(raised.value)
        return
    expected = {key: row[key] for key in row.keys() - {"text", "scene", "owed"}}
    assert told(Grammar().read(shot)) == DEFAULTS | expected


def test_the_table_holds_at_least_a_hundred_and_fifty_prompts() -> None:
    assert len(ROWS) >= 150
