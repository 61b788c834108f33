"""Sentences that people write, and how they are read: a test a row of ``sentences.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from flow_nb.director.reading import read
from flow_nb.director.vocabulary import vocabulary
from tests.director.reading import told

ROWS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8")
)["read"]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:60] for row in ROWS])
def test_sentence_is_read_as_its_row_says(row: dict[str, Any]) -> None:
    reading = read(row["text"], vocabulary=vocabulary())
    assert told.frames(reading) == row.get("frames", [])
    assert told.notes(reading) == row.get("notes", [])
    if "things" in row:
        assert told.things(reading) == row["things"]


def test_there_are_enough_sentences() -> None:
    assert len(ROWS) >= 150
