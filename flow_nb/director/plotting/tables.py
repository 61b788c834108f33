"""What a reading leaves open. In: ``plotting.toml``. Out: its tables, as read."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def tables() -> dict[str, Any]:
    """All tables of ``plotting.toml`` by name."""
    return tomllib.loads(files(__package__).joinpath("plotting.toml").read_text(encoding="utf-8"))
