"""The renderer for real. One small shot, drawn, cut short, killed."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from itertools import islice

import numpy as np
import pytest

from flow_nb.engines.stage.engine import Stage
from flow_nb.engines.stage.renderer import Renderer, close_shared, shared_renderer
from flow_nb.errors import Cancelled, DriverMissing, EngineCrashed
from flow_nb.plan.plan import Camera
from tests.bench.memory import held_mib
from tests.engines.stage.test_engine import order

pytestmark = pytest.mark.draws


def quiet(stage: str, share: float) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("textures"))


def frames(stage: Stage, **plan: object) -> list[np.ndarray]:
    still = Camera(size="wide")  # nearer, the camera follows the fall
    return [
        frame.copy() for frame in stage.draw(order(duration_s=1.0, camera=still, **plan), quiet)
    ]


def digest(drawn: list[np.ndarray]) -> str:
    return hashlib.sha256(b"".join(frame.tobytes() for frame in drawn)).hexdigest()


@pytest.fixture(scope="module")
def drawn(stage: Stage) -> list[np.ndarray]:
    return frames(stage)


def test_the_frames_are_a_picture_that_neither_clips_nor_drowns(drawn):
    assert len(drawn) == 12
    for frame in (drawn[0], drawn[-1]):
        assert frame.shape == (360, 640, 3)
        assert 35 < frame.mean() < 200
        assert (frame.max(axis=-1) >= 254).mean() < 0.03
        assert (frame.max(axis=-1) <= 4).mean() < 0.03


def test_the_glass_falls_and_is_in_pieces(drawn):
    moved = np.abs(drawn[11].astype(int) - drawn[0]).max(axis=-1) > 12
    assert 0.0005 < moved.mean() < 0.2


def test_the_same_shot_has_the_same_bits_in_a_warm_and_in_a_fresh_child(stage, drawn):
    first = shared_renderer().pid
    frames(stage, time_of_day="noon")
    assert digest(frames(stage)) == digest(drawn)
    assert shared_renderer().pid == first
    close_shared()
    assert digest(frames(stage)) == digest(drawn)
    assert shared_renderer().pid != first


def first_frame(stage: Stage, tier: str) -> list[np.ndarray]:
    with closing(stage.draw(order(tier, duration_s=1.0), quiet)) as drawing:
        return [frame.copy() for frame in islice(drawing, 1)]


def test_what_is_finished_beside_the_drawing_has_the_same_bits_in_two_runs(stage):
    assert digest(first_frame(stage, "fast")) == digest(first_frame(stage, "fast"))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what a process holds")
def test_a_shot_after_the_other_takes_no_more_memory(stage):
    first_frame(stage, "sketch")
    before = held_mib(shared_renderer_pid())["Anonymous"]
    first_frame(stage, "sketch")
    assert held_mib(shared_renderer_pid())["Anonymous"] < before + 40


def test_a_kill_is_one_clear_error_and_the_next_take_gets_a_new_child(stage):
    drawing = stage.draw(order(), quiet)
    next(drawing)
    os.kill(shared_renderer_pid(), signal.SIGKILL)
    with pytest.raises(EngineCrashed, match="SIGKILL"):
        list(drawing)
    assert len(frames(stage)) == 12


def shared_renderer_pid() -> int:
    from flow_nb.engines.stage import renderer

    return renderer._shared[0][1].pid


def test_a_take_that_is_dropped_leaves_the_child_free_for_the_next(stage):
    with closing(stage.draw(order(), quiet)) as drawing:
        list(islice(drawing, 2))
        pid = shared_renderer_pid()
    assert len(frames(stage)) == 12
    assert shared_renderer_pid() == pid


def test_progress_that_raises_ends_the_take(stage):
    def cancel(stage: str, share: float) -> None:
        if share > 0.1:
            raise Cancelled("stopped.")

    with pytest.raises(Cancelled):
        list(stage.draw(order(), cancel))
    assert len(frames(stage)) == 12


def test_the_child_ends_with_its_parent_and_leaves_no_noise(tmp_path):
    code = (
        "import os, signal\n"
        "from flow_nb.engines.stage.renderer import shared_renderer\n"
        "print(shared_renderer().pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False
    )
    child = int(run.stdout)
    deadline = time.monotonic() + 10
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(child)
    assert run.stderr == ""


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_missing_driver_is_said_by_the_child(monkeypatch):
    monkeypatch.setenv("VK_ICD_FILENAMES", "/nowhere.json")
    monkeypatch.setenv("VK_DRIVER_FILES", "/nowhere.json")
    with pytest.raises(DriverMissing, match="apt-get install"):
        Renderer()


def test_the_device_is_named(stage):
    assert "(" in stage.device()


def test_sound_and_picture_of_a_chunk_are_equally_long(stage):
    chunks = list(stage.shoot(order(duration_s=1.25), quiet))
    assert [chunk.first_frame for chunk in chunks] == [0, 6, 12]
    assert sum(len(chunk.frames) for chunk in chunks) == 15
    assert sum(len(chunk.samples) for chunk in chunks) == 60_000
    assert chunks[0].samples.dtype == np.float32
