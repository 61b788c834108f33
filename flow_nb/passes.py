"""Passes beside a take. In: a shooting of the stage, the kinds wanted. Out: one lossless file a kind and a
JSON that explains them, frame by frame those of the take.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flow_nb.errors import ShotError, choices
from flow_nb.files import write_whole

if TYPE_CHECKING:
    from flow_nb.engines.base import Progress
    from flow_nb.engines.stage.passes import PassKind
    from flow_nb.studio import Shooting, Studio

SCHEMA = "flow_nb.Passes.1"


def pass_kinds(text: str) -> tuple[PassKind, ...]:
    """Kinds from ``depth,segmentation``. Raises ShotError for one that does not exist."""
    from flow_nb.engines.stage.passes import PASS_KINDS

    found = []
    for word in filter(None, (part.strip().lower() for part in text.split(","))):
        kind = next((kind for kind in PASS_KINDS if kind == word), None)
        if kind is None:
            raise ShotError(f'there is no pass "{word[:40]}".', fix=choices(word, PASS_KINDS))
        found.append(kind)
    return tuple(dict.fromkeys(found))


def write_passes(
    studio: Studio, made: Shooting, kinds: Sequence[PassKind], progress: Progress
) -> tuple[Path, ...]:
    """Draws and writes the passes of a take that the stage made; those at hand are kept.

    Raises:
        ShotError: another engine made the take: it has no passes.
    """
    from flow_nb.engines.base import Order
    from flow_nb.engines.stage.engine import Stage
    from flow_nb.engines.stage.tiers import TIERS
    from flow_nb.media.passes import write_pass

    stage = studio.engine(made.take.engine)
    if not isinstance(stage, Stage):
        raise ShotError(
            f'engine "{made.take.engine}" has no passes.', fix="Shoot it with --engine stage."
        )
    order = Order(plan=made.plan, motion=made.motion, tier=made.take.tier, seed=made.take.seed)
    form, clip = TIERS[made.take.tier].format, studio.path(made.take)
    paths = []
    for kind in kinds:
        path = clip.with_suffix(f".{kind}.mkv")
        if not path.is_file():
            write_pass(path, form, stage.planes(order, kind, progress))
        paths.append(path)
    about = clip.with_suffix(".passes.json")
    write_whole(about, json.dumps(_about(made, kinds), indent=1).encode())
    return (*paths, about)


def _about(made: Shooting, kinds: Sequence[PassKind]) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "take": made.take.id,
        "frames": made.take.frames,
        "passes": list(kinds),
        "depth": "uint16, millimetres along the camera's axis; 60000 and more: nothing there",
        "segmentation": {"0": "set"}
        | {str(1 + i): name for i, name in enumerate(made.motion.names)},
        "normals": "uint8: right, up, towards the camera, -1 to 1 as 0 to 255",
    }
