"""What crosses to the page of a storyboard. In: shots, read and perhaps shot. Out: small JSON values.

``make messages`` writes their TypeScript twins to ``js/src/cards.ts``.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flow_nb.notebook.messages import Message

BOARD_MIME = "application/vnd.flow-nb.storyboard.v1+json"
"""The storyboard: a `Storyboard`."""


class Card(Message):
    """A shot on the storyboard. ``slug`` is its line of place and time, ``text`` what happens, ``lines``
    what is said; ``poster`` is a path relative to the notebook, empty where it is not shot yet."""

    number: int
    shot: str
    scene: str = ""
    tier: str
    duration_s: float
    slug: str = ""
    text: str
    camera: str = ""
    lines: list[str] = Field(default_factory=list)
    poster: str = ""
    take: str = ""
    note: str = ""


class Storyboard(Message):
    """A contact sheet: the shots of a notebook in their order."""

    schema_: Literal["flow_nb.Storyboard.1"] = Field(default="flow_nb.Storyboard.1", alias="schema")
    title: str
    cards: list[Card] = Field(default_factory=list)
