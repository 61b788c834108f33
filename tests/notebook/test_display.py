from __future__ import annotations

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from flow_nb.media.still import MAX_PNG_BYTES
from flow_nb.media.subtitles import vtt
from flow_nb.notebook.bundle import bundle, small_poster
from flow_nb.notebook.display import LiveTake
from flow_nb.notebook.messages import MIME, Digest, Mark, Progressing, TakeView
from flow_nb.notebook.pace import SEAL_S
from flow_nb.plan.cues import Cue
from tests.notebook import fakes

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e'
DIGEST = Digest(
    shot=HOSTILE,
    tier="fast",
    state="sealed",
    duration_s=4,
    marks=[Mark(time_s=1, kind="impact", text=HOSTILE, speed_m_s=4.4)],
)


@pytest.mark.parametrize(
    "view",
    [
        TakeView(digest=DIGEST, clip=f"takes/{HOSTILE}.mp4", poster=f"{HOSTILE}.png"),
        TakeView(digest=DIGEST, note=HOSTILE),
        TakeView(digest=DIGEST, progress=Progressing(stage=HOSTILE, share=0.5)),
    ],
)
def test_texts_are_never_markup(view):
    html = bundle(view)["text/html"]
    assert "<script" not in html
    assert "<img" not in html


def test_the_bundle_holds_no_widget():
    assert not [key for key in bundle(TakeView(digest=DIGEST)) if "widget" in key]


def test_a_poster_fits_into_the_notebook_s_file(tmp_path):
    noise = np.random.default_rng(1).integers(0, 255, (1080, 1920, 3), np.uint8)
    fakes.write_png(tmp_path / "p.png", noise)
    assert 0 < len(small_poster(tmp_path / "p.png")) <= MAX_PNG_BYTES
    assert small_poster(tmp_path / "none.png") == b""


def test_progress_is_told_ten_times_a_second_and_kept_twice(monkeypatch):
    now, told, shown = [0.0], [], []
    live = LiveTake(DIGEST, told.append, clock=lambda: now[0])
    monkeypatch.setattr(live, "show", shown.append)
    for i in range(200):
        now[0] = i * 0.01
        live("draw", i / 200)
    assert 15 < len(told) <= 20
    assert 3 < len(shown) <= 5
    assert told[0].left_s is None
    assert told[-1].left_s == pytest.approx(0.1 + SEAL_S * DIGEST.duration_s, abs=0.1)


def test_the_picture_goes_to_the_page_and_never_into_an_output(monkeypatch):
    now, told, shown = [0.0], [], []
    live = LiveTake(DIGEST, told.append, clock=lambda: now[0])
    monkeypatch.setattr(live, "show", shown.append)
    for i in range(100):
        now[0] = i * 0.05
        live("draw", i / 100)
        live.see(np.full((720, 1280, 3), i, np.uint8))
    seen = [progress.preview for progress in told if progress.preview]
    assert 8 <= len(seen) <= 10
    data = base64.b64decode(seen[-1].removeprefix("data:image/jpeg;base64,"))
    assert Image.open(io.BytesIO(data)).size == (320, 180)
    assert not [view for view in shown if view.progress.preview]


def test_reading_that_is_quick_makes_no_output(monkeypatch):
    now, shown = [0.0], []
    live = LiveTake(DIGEST, lambda _: None, clock=lambda: now[0])
    monkeypatch.setattr(live, "show", shown.append)
    live("plan", 0.0)
    assert shown == []
    now[0] = 0.6
    live("speak", 0.0)
    assert shown[0].progress.stage == "speak"


def test_what_was_live_and_what_stays_is_one_output(notebook):
    result = notebook.run("%%shot a --duration 1\nA glass falls.", "c1")
    assert result.shown[0][MIME]["progress"]["stage"] == "draw"
    assert set(result.shown[0]) | {"image/png"} == set(result.shown[-1])


def test_subtitles_are_inside_the_page_and_never_markup_in_it():
    view = TakeView(digest=DIGEST, clip="takes/a.mp4")
    said = vtt([Cue(start_s=0, end_s=1, speaker=HOSTILE, text=HOSTILE)])
    page = bundle(view, subtitles=said)["text/html"]
    assert "<script" not in page
    (track,) = re.findall(
        r'<track kind="subtitles" default src="data:text/vtt;base64,([^"]+)">', page
    )
    assert base64.b64decode(track).decode() == said
    assert "<script" not in said
    assert "<track" not in bundle(view)["text/html"]
