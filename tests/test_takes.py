"""The takes of one shot, and the one that is picked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flow_nb import Studio
from flow_nb.errors import ShotError
from tests.shield.studio import sealed


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A studio with three takes of "glass", made in this order, and one of "cup"."""
    made = Studio(tmp_path)
    for i, frames in enumerate((2, 3, 4)):
        take = sealed(made.store, "glass", frames)
        record = made.store.hidden / "takes" / f"{take.id}.json"
        os.utime(record, (1000 + i, 1000 + i))
    sealed(made.store, "cup", 5)
    return made


def test_the_takes_of_a_shot_come_newest_first(studio: Studio) -> None:
    assert [take.frames for take in studio.takes("glass")] == [4, 3, 2]
    assert studio.store.made_s(studio.takes("glass")[0]) == 1002


def test_a_take_without_its_clip_is_not_offered(studio: Studio) -> None:
    studio.path(studio.takes("glass")[1]).unlink()
    assert [take.frames for take in studio.takes("glass")] == [4, 2]


def test_a_picked_take_is_the_one_that_the_shot_has(studio: Studio) -> None:
    oldest = studio.takes("glass")[-1]
    assert studio.pick("glass", oldest.id) == oldest
    assert studio.take_of("glass") == oldest


def test_a_take_of_another_shot_cannot_be_picked(studio: Studio) -> None:
    other = studio.takes("cup")[0]
    with pytest.raises(ShotError, match=f'"glass" has no take "{other.id}"'):
        studio.pick("glass", other.id)
    assert studio.take_of("glass") is None
