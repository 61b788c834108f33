"""What stands beside a clip: found again, not computed again."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import numpy as np
import pytest

from flow_nb.notebook import overlay as drawing
from flow_nb.notebook.digest import digest
from flow_nb.notebook.extras import kept_digest, peaks
from flow_nb.notebook.session import Session
from flow_nb.notebook.shooting import take_view
from flow_nb.plan.shot import make_shot
from tests.notebook.fakes import IMPACT_S, Studio


@pytest.fixture
def session(tmp_path: Path) -> Session:
    studio = Studio(tmp_path)
    studio.pause_s = 0
    return Session(tmp_path, open_studio=lambda _: studio)


def viewed(session: Session, text: str = "A glass falls."):
    shot = make_shot("glass", text, tier="fast", duration=2)
    made = session.studio.shoot(shot)
    done = digest(shot, made.plan, made.motion, made.take, state="sealed")
    return take_view(session, made.take, done, made.plan, made.motion)[0], made


def test_a_take_brings_its_wave_and_what_is_said(session: Session) -> None:
    view, _ = viewed(session)
    wave = np.frombuffer(base64.b64decode(view.wave), np.uint8)
    assert abs(int(wave.argmax()) / len(wave) * 2 - IMPACT_S) < 0.02
    assert len(view.wave) <= 1000
    assert view.overlay is not None


def test_a_take_that_is_found_again_has_nothing_computed(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, made = viewed(session)

    def refuse(*_: object) -> None:
        raise AssertionError("it was computed again")

    monkeypatch.setattr(drawing, "overlay", refuse)
    again, _ = viewed(session)
    assert (again.overlay, again.wave) == (first.overlay, first.wave)
    assert kept_digest(session.studio, made.take.id) == first.digest


def test_the_takes_of_a_shot_stand_beside_each_other(session: Session) -> None:
    first, old = viewed(session)
    assert first.takes == []
    record = session.studio.store.hidden / "takes" / f"{old.take.id}.json"
    os.utime(record, (1000, 1000))
    second, new = viewed(session, "A glass falls again.")
    assert [take.id for take in second.takes] == [new.take.id, old.take.id]
    assert second.takes[1].clip == old.take.clip


def test_silence_has_no_peaks() -> None:
    assert peaks(np.zeros((48, 2), np.float32)).max() == 0
    assert len(peaks(np.zeros((0, 2), np.float32))) == 0
