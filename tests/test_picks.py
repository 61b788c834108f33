"""Kept takes of one shot, and the one that somebody chose."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flow_nb import Studio, make_shot
from flow_nb.engines.fake import FakeEngine
from flow_nb.errors import ShotError

FALL = "A glass falls off the table."

pytestmark = pytest.mark.usefixtures("solved_before")


def a_shot(seed: int = 0):
    return make_shot("glass", FALL, engine="fake", duration=1, seed=seed)


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path, engines=[FakeEngine()])


def test_takes_are_kept_and_the_picked_one_stays_the_shot_s(studio: Studio) -> None:
    first, second = (studio.shoot(a_shot(seed)).take for seed in (0, 1))
    record = studio.store.hidden / "takes" / f"{first.id}.json"
    os.utime(record, (1, 1))
    assert [take.id for take in studio.takes("glass")] == [second.id, first.id]
    assert studio.store.made_s(first) == 1
    assert studio.pick("glass", first.id) == studio.take_of("glass") == first
    again = Studio(studio.folder, engines=[FakeEngine()])
    assert again.shoot(a_shot(1)).take == first
    assert again.shoot(a_shot(1), fresh=True).take.id == second.id
    assert again.shoot(a_shot(1)).take.id == second.id


def test_a_film_is_no_take_of_a_shot_and_a_stranger_cannot_be_picked(studio: Studio) -> None:
    studio.shoot(a_shot())
    film = studio.film(name="glass")
    assert film.id not in [take.id for take in studio.takes("glass")]
    for stranger in (film.id, "../../x"):
        with pytest.raises(ShotError, match="no take"):
            studio.pick("glass", stranger)
