"""A studio with sealed takes in it."""

from pathlib import Path

from flow_nb.engines.base import Format
from flow_nb.plan.take import Take
from flow_nb.shield.seal import seal
from flow_nb.store import Store
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


def debris(folder: Path) -> list[str]:
    return [str(p.relative_to(folder)) for p in folder.rglob("*") if p.name.startswith(".flow_nb-")]
