"""What stands beside a clip. In: a take, its plan, its motion. Out: its view with overlay, wave and subtitles,
and the other takes of its shot.

Overlay and wave are kept in the store: for a take that is found or picked again they are not computed
anew.
"""

from __future__ import annotations

import base64
from contextlib import suppress
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from flow_nb.errors import MediaError
from flow_nb.files import relative
from flow_nb.notebook.messages import Caption, Digest, KeptTake, Overlay, TakeView
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.take import Take

if TYPE_CHECKING:
    from flow_nb.studio import Studio

STAGE = "stage"
WAVE_PARTS = 600
MOST_TAKES, MOST_CUES = 12, 200


def with_extras(
    studio: Studio,
    folder: Path,
    view: TakeView,
    take: Take,
    plan: Plan | None = None,
    motion: Motion | None = None,
) -> TakeView:
    """The view of a take, as far as a notebook in ``folder`` can show it; a film has no overlay."""
    kept = kept_view(studio, take.id)
    if kept is None:
        drawn = _overlay(take, plan, motion)
        kept = view.model_copy(update={"overlay": drawn, "wave": wave(studio.path(take))})
        if drawn is not None or take.engine != STAGE:
            data = kept.model_copy(update={"clip_data": ""}).model_dump_json(by_alias=True)
            studio.store.put_bytes("views", take.id, data.encode())
    return view.model_copy(
        update={
            "overlay": kept.overlay,
            "wave": kept.wave,
            "cues": captions(take),
            "takes": kept_takes(studio, folder, take.shot),
        }
    )


def kept_view(studio: Studio, take_id: str) -> TakeView | None:
    """How a take was shown when it was made; None where that was not kept or by another version."""
    kept = studio.store.get_bytes("views", take_id)
    with suppress(ValidationError):
        return TakeView.model_validate_json(kept) if kept is not None else None
    return None


def kept_digest(studio: Studio, take_id: str) -> Digest | None:
    """What slate and strip showed of a take when it was made."""
    view = kept_view(studio, take_id)
    return view.digest if view else None


def kept_takes(studio: Studio, folder: Path, shot: str) -> list[KeptTake]:
    """The takes of a shot for a filmstrip, the newest first; none where there is only one, or where no
    server in ``folder`` could serve them."""
    found = [
        KeptTake(
            id=take.id,
            clip=relative(studio.path(take), folder),
            poster=relative(studio.folder / take.poster, folder),
            tier=take.tier,
            seed=take.seed,
            duration_s=take.duration_s,
            made=datetime.fromtimestamp(studio.store.made_s(take)).isoformat(timespec="minutes"),
        )
        for take in studio.takes(shot)[:MOST_TAKES]
    ]
    return found if len(found) > 1 and all(take.clip for take in found) else []


def captions(take: Take) -> list[Caption]:
    """What is said, two lines at a time, one after the other."""
    from flow_nb.media.subtitles import in_turn

    return [
        Caption(start_s=round(cue.start_s, 3), end_s=round(cue.end_s, 3), text=cue.text)
        for cue in in_turn(take.cues)[:MOST_CUES]
    ]


def wave(clip: Path) -> str:
    """The sound of a clip as `TakeView.wave`; empty where there is none."""
    from flow_nb.media.decode import samples

    try:
        return base64.b64encode(peaks(samples(clip)).tobytes()).decode("ascii")
    except MediaError:
        return ""


def peaks(samples: NDArray[np.float32], parts: int = WAVE_PARTS) -> NDArray[np.uint8]:
    """255 times the square root of the loudest of the samples (m, channels) in each of equal parts.

    >>> peaks(np.array([[0.0], [0.25], [-1.0], [0.0]], np.float32), parts=2)
    array([128, 255], dtype=uint8)
    """
    loud = np.abs(samples).max(axis=1, initial=0.0)
    edges = np.linspace(0, len(loud), min(parts, len(loud)) + 1).astype(int)
    most = np.array([loud[a:b].max() for a, b in pairwise(edges)])
    return np.rint(255 * np.sqrt(np.clip(most, 0, 1))).astype(np.uint8)


def _overlay(take: Take, plan: Plan | None, motion: Motion | None) -> Overlay | None:
    """Of the stage alone: no other engine says where its camera stands."""
    if take.engine != STAGE or plan is None or motion is None:
        return None
    from flow_nb.notebook.overlay import overlay

    return overlay(plan, motion, take.tier)
