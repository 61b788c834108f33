"""The stages together, with an engine that needs no driver."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flow_nb import Studio, make_shot
from flow_nb.engines.fake import FakeEngine
from flow_nb.errors import Cancelled, FilmError, PlanError, ShotError, StoreError
from flow_nb.physics import solve as solver

FALL = "A glass falls off the table and shatters on the hardwood floor."


pytestmark = pytest.mark.usefixtures("solved_before")


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path, engines=[FakeEngine()])


def a_shot(name: str = "glass", text: str = FALL, **more: object):
    return make_shot(name, text, engine="fake", duration=2, **more)


def debris(studio: Studio) -> list[str]:
    kept = {Path(t.clip).name for t in studio.store.takes()}
    kept |= {Path(t.poster).name for t in studio.store.takes()}
    kept |= {Path(text).name for t in studio.store.takes() for text in t.texts}
    shelves = [*studio.folder.glob("takes/*"), *studio.folder.glob("films/*")]
    loose = [f.name for f in shelves if f.name not in kept]
    return loose + [f.name for f in studio.store.work.iterdir()]


def test_a_shot_becomes_a_sealed_take_with_its_motion(studio: Studio) -> None:
    shooting = studio.shoot(a_shot())
    assert studio.path(shooting.take).is_file()
    assert [e.kind for e in shooting.motion.events].count("break") == 1
    assert studio.verify(studio.path(shooting.take)).verdict == "made here and whole"
    assert {"direct", "solve", "draw", "encode", "seal"} <= shooting.take.stages_s.keys()
    assert debris(studio) == []


def test_the_same_shot_again_is_found_not_made(studio: Studio) -> None:
    first = studio.shoot(a_shot())
    again = Studio(studio.folder, engines=[FakeEngine()])
    second = again.shoot(a_shot())
    assert second.cached
    assert second.take == first.take


def test_another_camera_or_light_solves_nothing_again(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.shoot(a_shot())
    monkeypatch.setattr(solver, "solve", _refuse)
    other = studio.shoot(a_shot(text=f"{FALL} Close-up, high angle, at night."))
    assert not other.cached
    assert other.plan.camera.size == "close-up"


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("it was solved again")


def test_a_new_seed_is_a_new_take(studio: Studio) -> None:
    assert studio.shoot(a_shot()).take.id != studio.shoot(a_shot(seed=1)).take.id


@pytest.mark.parametrize("stop", [KeyboardInterrupt, Cancelled("stopped")])
@pytest.mark.parametrize("when", [("solve", 0.5), ("draw", 0.0), ("draw", 0.5)])
def test_a_stop_at_any_moment_leaves_nothing(
    studio: Studio, stop: BaseException, when: tuple[str, float]
) -> None:
    def progress(stage: str, share: float) -> None:
        if stage == when[0] and share >= when[1]:
            raise stop

    for kept in (studio.store.hidden / "motions").iterdir() if when[0] == "solve" else ():
        kept.unlink()
    with pytest.raises((KeyboardInterrupt, Cancelled)):
        studio.shoot(a_shot(), progress)
    assert debris(studio) == []
    assert list(studio.store.takes()) == []
    assert not studio.shoot(a_shot()).cached


def test_a_kill_while_rendering_leaves_a_whole_store(tmp_path: Path) -> None:
    script = f"""
import time
from flow_nb import Studio, make_shot
from flow_nb.engines.fake import FakeEngine
studio = Studio({str(tmp_path)!r}, engines=[FakeEngine()])
def progress(stage, share):
    if stage == "draw" and share > 0.4:
        print("drawing", flush=True); time.sleep(60)
studio.shoot(make_shot("glass", {FALL!r}, engine="fake", duration=2), progress)
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    child = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"drawing\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    time.sleep(0.1)
    again = Studio(tmp_path, engines=[FakeEngine()])
    assert debris(again) == []
    assert not again.shoot(a_shot()).cached


def test_a_damaged_motion_is_solved_again(studio: Studio) -> None:
    studio.shoot(a_shot())
    for kept in (studio.store.hidden / "motions").iterdir():
        kept.write_bytes(kept.read_bytes()[:1000])
    assert studio.shoot(a_shot(text=f"{FALL} Close-up.")).motion.events


def test_a_deleted_clip_is_made_again(studio: Studio) -> None:
    first = studio.shoot(a_shot())
    studio.path(first.take).unlink()
    second = studio.shoot(a_shot())
    assert not second.cached
    assert studio.path(second.take).is_file()


def test_a_film_joins_the_shots_in_their_order(studio: Studio) -> None:
    for name in ("one", "two"):
        studio.shoot(a_shot(name))
    film = studio.film()
    assert film.frames == 48
    verdict = studio.verify(studio.path(film))
    assert verdict.verdict == "made here and whole"
    assert len(verdict.credentials.ingredients) == 2


def test_a_film_of_an_unknown_shot_says_which_are_known(studio: Studio) -> None:
    studio.shoot(a_shot("glass"))
    with pytest.raises(FilmError, match='Did you mean "glass"'):
        studio.film(["glas"])


def test_an_unknown_engine_offers_the_nearest(studio: Studio) -> None:
    with pytest.raises(
        ShotError, match=r'shot "x": there is no engine "stag"\. Did you mean "stage"'
    ):
        studio.shoot(make_shot("x", FALL, engine="stag"))


def test_a_text_without_a_thing_is_refused_in_one_line(studio: Studio) -> None:
    with pytest.raises(PlanError) as caught:
        studio.shoot(a_shot(text="Justice prevails over melancholy."))
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith('shot "glass": ')


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="project folder"):
        Studio(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "film").write_text("not a folder")
    with pytest.raises(StoreError, match="film"):
        Studio(tmp_path / "film")
