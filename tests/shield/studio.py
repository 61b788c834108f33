"""A studio with sealed takes in it."""

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from flow_nb.engines.base import Chunk, Format
from flow_nb.media.encode import Encoder
from flow_nb.plan.take import Take
from flow_nb.shield.marking import TakeMarker
from flow_nb.shield.seal import seal
from flow_nb.shield.secret import MarkSecret
from flow_nb.store import Store
from flow_nb.timebase import sample_at_frame
from tests.media.clips import SMALL, clip, picture

PLAN_HASH = "ab" * 32


def sealed(
    store: Store, shot: str, frames: int = 12, *, form: Format = SMALL, **chunks: object
) -> Take:
    with store.working(".mp4") as part:
        clip(part, frames, form=form, **chunks)
        return seal(
            part,
            store,
            shot=shot,
            plan_hash=PLAN_HASH,
            engine="stage",
            tier="fast",
            seed=frames,
            format=form,
            frames=frames,
            poster_frame=picture(frames // 2, form),
            stages_s={"draw": 1.5},
            notes=("a note",),
        )


WIDE = Format(width=960, height=540, fps=Fraction(24))


def marked(
    store: Store, shot: str, *, seconds: int = 3, form: Format = WIDE, seed: int = 0
) -> Take:
    """A sealed take with marks: blurred noise that drifts, and a chord with a rhythm."""
    secret = MarkSecret.of(store.keys)
    take_id = secret.take_id(f"{shot}/{seed}")
    frames = round(seconds * form.fps)
    with store.working(".mp4") as part:
        with Encoder(part, form, marker=TakeMarker(secret, take_id, form)) as out:
            for chunk in _drift(frames, form, seed):
                out.write(chunk)
        return seal(
            part, store, key=f"{seed:08x}" + take_id, id=take_id, shot=shot, plan_hash=PLAN_HASH,
            engine="stage", tier="fast", seed=seed, format=form, frames=frames,
            poster_frame=chunk.frames[-1],
        )  # fmt: skip


def _drift(frames: int, form: Format, seed: int):  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(seed)
    size = (form.width + frames, form.height)
    noise = rng.normal(0, 1, (size[1], size[0], 3)).astype(np.float32)
    field = sum(cv2.GaussianBlur(noise, (0, 0), s) * s for s in (1.0, 4.0, 16.0))
    wall = np.clip(128 + 26 * field, 0, 255).astype(np.uint8)
    total = sample_at_frame(frames, form.fps)
    time_s = np.arange(total) / 48_000
    chord = sum(np.sin(2 * np.pi * hz * time_s) for hz in (220, 277, 330, 1400, 2900)) / 12
    sound = chord * (0.6 + 0.4 * np.sin(2 * np.pi * 2 * time_s)) + 0.03 * rng.normal(0, 1, total)
    both = np.stack([sound, sound], axis=1).astype(np.float32)
    for frame in range(frames):
        span = slice(sample_at_frame(frame, form.fps), sample_at_frame(frame + 1, form.fps))
        picture_ = wall[:, frame : frame + form.width][np.newaxis]
        yield Chunk(frames=picture_, samples=both[span], first_frame=frame)


def debris(folder: Path) -> list[str]:
    return [str(p.relative_to(folder)) for p in folder.rglob("*") if p.name.startswith(".flow_nb-")]
