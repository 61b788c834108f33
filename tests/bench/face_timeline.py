"""The timeline's figures in real Chromium. In: a browser's page, its app. Out: frames a second, gaps in ms.

Used by the bench of the face; it is no gate.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.browser.prepared import shot_cell, write

SHOTS = 100
STEPS = 120

WATCH = """() => {
  window.flowFrames = [];
  window.flowLong = [];
  new PerformanceObserver(list => list.getEntries().forEach(e => flowLong.push(e.duration)))
    .observe({ type: 'longtask' });
  const tick = now => { flowFrames.push(now); window.flowTick = requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""

SCREEN = """() => {
  window.flowShown = [];
  document.querySelectorAll('.flow-tl-video').forEach((video, deck) => {
    const shown = (now, about) => {
      if (getComputedStyle(video).opacity > 0)
        flowShown.push([about.expectedDisplayTime, deck, about.mediaTime]);
      video.requestVideoFrameCallback(shown);
    };
    video.requestVideoFrameCallback(shown);
  });
}"""


def drag_figures(page: Any) -> dict[str, float]:
    """Frames a second while a shot is dragged across the timeline that is open, and the longest task."""
    one = page.locator(".flow-tl-body").nth(2).bounding_box()
    area = page.locator(".flow-tl-scroller").bounding_box()
    page.evaluate(WATCH)
    page.mouse.move(one["x"] + one["width"] / 2, one["y"] + 30)
    page.mouse.down()
    for step in range(STEPS):
        share = abs((step % 60) - 30) / 30
        page.mouse.move(area["x"] + 80 + share * (area["width"] - 160), one["y"] + 32)
    frames, long = page.evaluate("() => [flowFrames, flowLong]")
    page.keyboard.press("Escape")
    page.mouse.up()
    page.evaluate("() => cancelAnimationFrame(flowTick)")
    seconds = (frames[-1] - frames[0]) / 1000
    return {"drag fps": (len(frames) - 1) / seconds, "longest task ms": max(long, default=0.0)}


def cut_gaps_ms(page: Any, frame_ms: float, seconds: float) -> list[float]:
    """Plays the film that is open; how much later than due the first new picture is shown at each cut."""
    page.evaluate(SCREEN)
    page.get_by_role("button", name="Play the film").click()
    page.wait_for_timeout(seconds * 1000)
    shown = page.evaluate("() => flowShown")
    return [b[0] - a[0] - frame_ms for a, b in pairwise(shown) if a[1] != b[1]]


def hundred(folder: Any, name: str) -> None:
    """A notebook of so many shots that were run."""
    first = shot_cell(folder, "shot", "A glass falls.", "c0")
    cells = [{**first, "id": f"c{i}", "metadata": _own(first, i)} for i in range(SHOTS)]
    write(folder / name, cells)


def _own(cell: dict[str, Any], number: int) -> dict[str, Any]:
    (key, digest), *_ = cell["metadata"].items()
    return {
        key: {**digest, "shot": f"shot{number}", "cell": f"c{number}", "take": f"{number:016x}"}
    }
