"""Words of a script that are no prose. In: ``words.toml``. Out: the tables, as read."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> dict[str, Any]:
    """All tables of ``words.toml`` by name."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
