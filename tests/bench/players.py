"""Four players of a group in Chromium. In: a clip of 12 s. Out: how far apart they were over 10 s, printed."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.counted import (
    DRIFT,
    FPS,
    HEIGHT,
    READ_FRAME,
    STANDS,
    WIDTH,
    counted_clip,
)

JS = Path(__file__).parents[2] / "js"
PLAYERS, SECONDS, LIMIT_FRAMES = 4, 10.0, 1.0

SHOW = """async ([count, view, data]) => {
  const bytes = Uint8Array.from(atob(data), sign => sign.charCodeAt(0));
  harness.row(count, view, URL.createObjectURL(new Blob([bytes], { type: 'video/mp4' })));
}"""
LOADED = "() => [...document.querySelectorAll('video')].every(video => video.readyState >= 3)"


def report(folder: Path) -> None:
    """Prints the drift as the screen saw it, and whether all stopped on one frame."""
    from playwright.sync_api import sync_playwright

    clip, script = folder / "counted.mp4", folder / "harness.js"
    counted_clip(clip, SECONDS + 2)
    subprocess.run([sys.executable, JS / "node.py", "harness/build.mjs", script], check=True)
    digest = {
        "schema": "flow_nb.Digest.1", "shot": "counted", "tier": "fast", "state": "sealed",
        "duration_s": SECONDS + 2,
    }  # fmt: skip
    view = {
        "digest": digest, "clip": "counted.mp4", "width": WIDTH, "height": HEIGHT,
        "fps": [FPS, 1], "frames": round((SECONDS + 2) * FPS), "group": "row",
    }  # fmt: skip
    data = base64.b64encode(clip.read_bytes()).decode("ascii")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = chromium.new_page(viewport={"width": 1400, "height": 1100})
        page.set_content(
            "<style>.harness { display: grid; grid-template-columns: 1fr 1fr }</style>"
        )
        page.add_script_tag(path=script)
        page.evaluate(SHOW, [PLAYERS, view, data])
        page.wait_for_function(LOADED)
        page.locator(".flow-clock").first.click()
        page.keyboard.press(" ")
        drifts = [drift * FPS for drift in page.evaluate(DRIFT, SECONDS)]
        page.keyboard.press(" ")
        page.wait_for_timeout(500)
        videos = page.locator("video").all()
        for video in videos:
            video.evaluate(STANDS)
        stopped = [video.evaluate(READ_FRAME) for video in videos]
        chromium.close()
    print(
        f"{PLAYERS} players over {SECONDS:g} s, {len(drifts)} looks: apart by {median(drifts):.2f} "
        f"frames (median), {max(drifts):.2f} at most (bound {LIMIT_FRAMES:g}); "
        f"stopped on frames {stopped}"
    )
