"""What every part of a plan shares. In: JSON or keywords. Out: frozen, bounded values with a content hash."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Provenance = Literal["literal", "inferred", "default"]
"""literal: the text says so. inferred: it follows from the text. default: nobody said anything."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
"""How bodies are called inside a plan: ``glass``, ``marble-3``."""

MAX_ORIGIN_CHARS = 400

Text = Annotated[str, Field(max_length=10_000)]


class Part(BaseModel):
    """Base of all plan values: frozen, nothing unknown, no NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Origin(Part):
    """Where an entry came from.

    ``words`` is the piece of text that said it (empty for a default), ``at`` its offset in the
    shot's text or -1, ``confidence`` is 0 to 1.
    """

    provenance: Provenance = "default"
    words: str = Field(default="", max_length=MAX_ORIGIN_CHARS)
    at: int = Field(default=-1, ge=-1)
    confidence: float = Field(default=1.0, ge=0, le=1)


DEFAULT = Origin()


def content_hash(part: BaseModel) -> str:
    """sha256 over the canonical JSON: the same value has the same hash on every machine."""
    return hashlib.sha256(part.model_dump_json(by_alias=True).encode()).hexdigest()
