"""The shield around a take, in the studio: ids, marks in the one pass, sources."""

from __future__ import annotations

import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from flow_nb import Studio, make_shot
from flow_nb.engines.base import Capabilities, Format
from flow_nb.engines.fake import FakeEngine
from flow_nb.media.decode import frames_sha256
from flow_nb.shield.metadata import source_type_of

FALL = "A glass falls off the table."
FORM = Format(width=320, height=180, fps=Fraction(12))


class Dreamer(FakeEngine):
    """Stands for a generative engine: each time it makes something else."""

    name = "dreamer"
    capabilities = replace(FakeEngine.capabilities, made_by="model")


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path / "studio", engines=[FakeEngine(format=FORM), Dreamer(format=FORM)])


def _shot(engine: str = "fake"):
    return make_shot("glass", FALL, engine=engine, duration=1)


def test_the_same_order_made_again_has_the_same_id_and_the_same_frames_to_the_last_bit(
    studio: Studio, tmp_path: Path
) -> None:
    first = studio.shoot(_shot()).take
    kept = shutil.copyfile(studio.path(first), tmp_path / "delivered.mp4")
    second = studio.shoot(_shot(), fresh=True).take
    assert second.id == first.id
    assert frames_sha256(studio.path(second)) == frames_sha256(kept)
    assert second.earlier == (first.clip_sha256,)
    assert studio.verify(kept).verdict == "made here and whole"
    assert studio.verify(studio.path(second)).verdict == "made here and whole"
    third = studio.shoot(_shot(), fresh=True).take
    assert set(third.earlier) == {first.clip_sha256, second.clip_sha256}


def test_what_a_model_makes_again_is_another_take(studio: Studio) -> None:
    first, second = (studio.shoot(_shot("dreamer"), fresh=True).take for _ in range(2))
    assert first.id != second.id
    assert studio.path(first).is_file()
    assert second.earlier == ()


def test_another_studio_marks_the_same_order_otherwise(studio: Studio, tmp_path: Path) -> None:
    other = Studio(tmp_path / "other", engines=[FakeEngine(format=FORM)])
    ours, theirs = studio.shoot(_shot()).take, other.shoot(_shot()).take
    assert ours.id != theirs.id
    assert ours.plan_hash == theirs.plan_hash


def test_the_marks_are_put_in_while_the_take_is_encoded(studio: Studio) -> None:
    take = studio.shoot(_shot()).take
    assert take.stages_s["mark"] > 0
    found = studio.verify(studio.path(take))
    assert f"org.flow-nb.picture.1: {take.id}" in found.credentials.bindings
    assert {p.suffix for p in studio.folder.rglob("*.mp4")} == {".mp4"}
    assert [p for p in studio.folder.rglob("*.mp4") if p != studio.path(take)] == []


def test_the_source_type_follows_the_engine(studio: Studio) -> None:
    plan = studio.plan(_shot())
    spoken = studio.plan(make_shot("a", f"{FALL}\nMARA (quietly)\nOh."))
    rules = Capabilities(tiers=("fast",), max_duration_s=9, speech="native")
    assert source_type_of(rules, plan) == "algorithmicMedia"
    assert source_type_of(rules, spoken) == "compositeSynthetic"
    assert source_type_of(replace(rules, speech="text only"), spoken) == "algorithmicMedia"
    assert source_type_of(replace(rules, made_by="model"), plan) == "trainedAlgorithmicMedia"
    take = studio.shoot(_shot("dreamer")).take
    assert b"/trainedAlgorithmicMedia" in studio.path(take).read_bytes()


def test_no_secret_is_in_a_take_its_record_or_its_notebook(studio: Studio) -> None:
    take = studio.shoot(_shot()).take
    secret = (studio.store.keys / "mark.key").read_bytes()
    told = studio.path(take).read_bytes() + take.model_dump_json().encode()
    assert secret not in told
    assert secret.hex().encode() not in told
    assert b"PRIVATE KEY" not in told
