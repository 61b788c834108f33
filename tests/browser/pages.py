"""What a user does in a notebook's page, the same in JupyterLab and in Notebook 7."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

BOTH = pytest.mark.parametrize("app", ["lab", "notebook"], indirect=True)
"""In JupyterLab and in Notebook 7: for what the two do differently."""

KERNEL_S = 60
SETTLE_MS = 300

PLAYING = """async video => {
  video.currentTime = 0;
  await video.play();
  const end = Date.now() + 8000;
  while (Date.now() < end && !(video.currentTime > 0.5 && video.webkitAudioDecodedByteCount > 0))
    await new Promise(done => setTimeout(done, 50));
  const { readyState, videoWidth, currentTime } = video;
  video.pause();
  return { readyState, videoWidth, currentTime, sound: video.webkitAudioDecodedByteCount };
}"""


def opened(page, app, notebook: str, *, slates: int) -> None:
    """Opens a notebook and waits until its shots have their slates."""
    page.goto(app.url(notebook))
    page.locator(".flow-slate").nth(slates - 1).wait_for()


def ready(page, app, notebook: str, *, slates: int) -> None:
    """Opens a notebook and waits until its shots have their slates and it has its kernel."""
    opened(page, app, notebook, slates=slates)
    end = time.monotonic() + KERNEL_S
    while not any(_serves(session, notebook) for session in app.sessions()):
        assert time.monotonic() < end, f"{notebook} got no kernel"
        page.wait_for_timeout(100)
    page.wait_for_timeout(SETTLE_MS)


def _serves(session: dict, notebook: str) -> bool:
    """A kernel that this page is connected to: run before that, a cell does nothing and says nothing."""
    kernel = session["kernel"]
    return session["path"] == notebook and kernel["connections"] > 0


def plays_with_sound(page, player) -> None:
    """The clip of a player has a picture, goes on, and its sound is decoded."""
    video = player.locator("video")
    video.scroll_into_view_if_needed()
    page.wait_for_function("v => v.readyState >= 1", arg=video.element_handle())
    seen = page.evaluate(PLAYING, video.element_handle())
    assert seen["readyState"] >= 2
    assert seen["videoWidth"] > 0
    assert seen["currentTime"] > 0.5
    assert seen["sound"] > 0


def run_all(page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def save(page) -> None:
    page.locator(".jp-Notebook").first.press("Control+s")


def states(page) -> list[str]:
    return page.locator(".flow-slate").evaluate_all("all => all.map(n => n.dataset.state)")


def slate(page, number: int):
    return page.locator(".flow-slate").nth(number - 1)


def cell_of(page, number: int):
    return page.locator(".jp-CodeCell", has=page.locator(".flow-slate")).nth(number - 1)


def saved(path: Path, good) -> dict:
    """The notebook's file, as soon as it is as it should be."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if good(notebook):
            return notebook
        time.sleep(0.2)
    raise AssertionError(f"{path.name} was not saved")
