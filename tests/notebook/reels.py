"""A studio without a solver or a renderer whose takes are sealed and whose films are real.

It can stand in for `flow_nb.studio` as a module, as `fakes` does; each frame of a take shows its number
as a bar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from flow_nb.engines.base import Chunk, Format, Progress
from flow_nb.film.assemble import assemble
from flow_nb.media.encode import Encoder
from flow_nb.plan.base import content_hash
from flow_nb.plan.edit import WHOLE, Edit
from flow_nb.plan.plan import Plan
from flow_nb.plan.take import Take
from flow_nb.shield.seal import seal
from tests.notebook import fakes
from tests.notebook.fakes import Shooting

__all__ = ["Shooting", "Studio"]

FORM = Format(width=160, height=96, fps=Fraction(24))


class Studio(fakes.Studio):
    """As `fakes.Studio`, but for its files."""

    def film(
        self,
        shots: Sequence[str] | None = None,
        *,
        name: str = "film",
        progress: Progress | None = None,
        profiles: Sequence[str] = (),
        edits: Mapping[str, Edit] | None = None,
    ) -> Take:
        takes = [self._takes[shot] for shot in shots or self.order]
        cuts = [(edits or {}).get(take.shot, WHOLE) for take in takes]
        tell = progress or (lambda _stage, _share: None)
        return assemble(takes, self.store, name=name, progress=tell, profiles=profiles, edits=cuts)

    def _take(self, name: str, tier: str, plan: Plan) -> Take:
        count = round(plan.duration_s * 24)
        bars = np.stack([bar(frame) for frame in range(count)])
        time_s = np.arange(count * 2000) / 48_000
        sound = np.repeat(0.2 * np.sin(2 * np.pi * 440 * time_s)[:, None], 2, axis=1)
        with self.store.working(".mp4") as part:
            with Encoder(part, FORM) as out:
                out.write(Chunk(frames=bars, samples=sound.astype(np.float32), first_frame=0))
            return seal(
                part, self.store, shot=name, plan_hash=content_hash(plan), engine="stage",
                tier=tier, seed=0, format=FORM, frames=count, poster_frame=bars[count // 2],
            )  # fmt: skip


def bar(frame: int) -> np.ndarray:
    """A bar 2 f + 2 columns wide, as `tests.media.clips.picture` draws it."""
    image = np.zeros((FORM.height, FORM.width, 3), np.uint8)
    image[:, : 2 * frame + 2] = 230
    return image
