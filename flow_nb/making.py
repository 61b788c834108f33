"""One rendering. In: a shot's order, its engine, the store. Out: a sealed `Take`: drawn, marked and encoded in
one pass, then signed and shelved.
"""

from __future__ import annotations

from contextlib import closing

import numpy as np
from numpy.typing import NDArray

from flow_nb.clock import Clock
from flow_nb.engines.base import Engine, Order, Progress, Quote
from flow_nb.errors import EngineError
from flow_nb.media.encode import Encoder
from flow_nb.plan.base import content_hash
from flow_nb.plan.cues import cues_of
from flow_nb.plan.motion import Motion
from flow_nb.plan.shot import Shot
from flow_nb.plan.take import Take
from flow_nb.plan.telling import told
from flow_nb.shield.guard import guard
from flow_nb.shield.seal import seal
from flow_nb.store import Store
from flow_nb.timebase import frame_at

POSTER_AFTER_S = 0.1


def make_take(
    shot: Shot,
    order: Order,
    maker: Engine,
    store: Store,
    *,
    key: str,
    clock: Clock,
    progress: Progress | None,
    said: tuple[str, ...],
) -> Take:
    """Draws, marks and encodes as it is drawn, seals. Whatever stops it leaves nothing behind.

    ``said`` is what policy had to say. Raises EngineError, MediaError, SealError or StoreError.
    """
    plan, motion = order.plan, order.motion
    offer = maker.quote(order)
    shield = guard(store, maker, order, offer, key, shot.profiles)
    keep = _telling_frame(motion, offer)
    poster: NDArray[np.uint8] | None = None
    with store.working(".mp4") as clip:
        with (
            Encoder(clip, offer.format, marker=shield.marker) as out,
            closing(maker.shoot(order, progress or silent)) as chunks,
        ):
            for drawn in clock.each("draw", chunks):
                chunk = shield.chunk(drawn)
                if chunk.first_frame <= keep < chunk.first_frame + len(chunk.frames):
                    poster = chunk.frames[keep - chunk.first_frame].copy()
                with clock.time("encode"):
                    out.write(chunk)
        if poster is None:
            raise EngineError(f"{maker.name} made no picture.", fix="Run the cell again.")
        if progress is not None:
            progress("seal", 0.0)
        return seal(
            clip,
            store,
            key=key,
            id=shield.id,
            shot=shot.name,
            plan_hash=content_hash(plan),
            engine=maker.name,
            tier=shot.tier,
            seed=shot.seed,
            format=offer.format,
            frames=offer.frames,
            poster_frame=poster,
            stages_s=shield.marker.stages_s(clock.stages_s),
            notes=(*said, *offer.cannot_keep),
            credits=offer.credits,
            cues=cues_of(plan),
            description=told(plan, motion),
            source_type=shield.source_type,
            profiles=shield.profiles,
            kept=shield.kept,
            edits=shield.edits,
        )


def silent(stage: str, share: float) -> None:
    """Progress that nobody hears."""


def _telling_frame(motion: Motion, offer: Quote) -> int:
    """The frame that shows most: just after something broke, else after the first blow."""
    shown = [e for kind in ("break", "impact") for e in motion.events if e.kind == kind]
    moment_s = shown[0].time_s + POSTER_AFTER_S if shown else motion.duration_s / 2
    return min(frame_at(moment_s, offer.format.fps), offer.frames - 1)
