"""One sealed rendering. In: what the seal knows. Out: `Take`, the record that leads to the clip.

Only :func:`flow_nb.shield.seal.seal` makes one; film and export accept nothing else.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from flow_nb.plan.base import Part, Text
from flow_nb.plan.cues import Cue

SCHEMA: Literal["flow_nb.Take.1"] = "flow_nb.Take.1"
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Kept(Part):
    """What was done about one rule of a compliance profile, in words."""

    profile: Text
    rule: Text
    state: Literal["done", "not asked", "not promised"]
    text: Text

    @property
    def told(self) -> str:
        """In one line."""
        return f"{self.profile} · {self.rule} · {self.state}: {self.text}"


class Take(Part):
    """A sealed MP4 and its record.

    ``clip`` and ``poster`` are paths relative to the studio's folder. ``stages_s`` is the wall time of
    each stage when it was made. ``earlier`` are the sums of clips that were sealed before under the
    same id: the same order, made again to the same frames. ``parts`` are the ids of the takes that a
    film was joined from; ``profiles`` are what it was made to comply with, ``kept`` says how.
    ``cues`` is what is said; ``texts`` are the files beside the clip that say it (``.vtt``, ``.srt``),
    and what is seen (``.descriptions.vtt``), which ``description`` tells in a line.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["flow_nb.Take.1"] = Field(default=SCHEMA, alias="schema")
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    shot: Text
    plan_hash: Sha256
    engine: Text
    tier: Text
    seed: int
    clip: Text
    poster: Text
    clip_sha256: Sha256
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    fps: tuple[int, int]
    frames: int = Field(gt=0)
    duration_s: float = Field(gt=0)
    credits: int = Field(default=0, ge=0)
    notes: tuple[Text, ...] = ()
    earlier: tuple[Sha256, ...] = ()
    parts: tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")], ...] = ()
    profiles: tuple[Text, ...] = ()
    kept: tuple[Kept, ...] = ()
    stages_s: dict[str, float] = Field(default_factory=dict)
    cues: tuple[Cue, ...] = ()
    description: Text = ""
    texts: tuple[Text, ...] = ()
