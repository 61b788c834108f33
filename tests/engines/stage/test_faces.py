"""Where faces are: a label must not hide them."""

from __future__ import annotations

from pathlib import Path

from flow_nb import Studio, make_shot
from flow_nb.engines.base import Order, SeesFaces
from flow_nb.engines.stage.engine import Stage


def _faces(tmp_path: Path, text: str):
    studio = Studio(tmp_path)
    plan = studio.plan(make_shot("a", text, tier="sketch", duration=1))
    order = Order(plan=plan, motion=studio.motion(plan), tier="sketch", seed=0)
    return Stage().faces(order)


def test_a_close_up_is_mostly_face_and_every_frame_has_it(tmp_path: Path) -> None:
    found = _faces(tmp_path, "A woman smiles in the kitchen. Close-up.")
    assert len(found) == 12
    for ((left, top, right, bottom),) in found:
        assert left < 0.5 < right
        assert top < 0.5 < bottom
        assert (right - left) * (bottom - top) > 0.1


def test_a_wide_shot_has_small_faces(tmp_path: Path) -> None:
    found = _faces(tmp_path, "A woman stands in the kitchen. Wide shot.")
    ((left, top, right, bottom),) = found[0]
    assert (right - left) * (bottom - top) < 0.05


def test_things_have_no_faces(tmp_path: Path) -> None:
    assert not any(_faces(tmp_path, "A glass falls off the table."))
    assert isinstance(Stage(), SeesFaces)
