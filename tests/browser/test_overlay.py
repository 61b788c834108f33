"""The plan on the picture, in a real page, over a take that the stage has drawn."""

from __future__ import annotations

import math

import pytest

from flow_nb import Studio, make_shot
from flow_nb.engines.stage.vulkan import best_device
from flow_nb.errors import DriverMissing
from flow_nb.notebook.bundle import bundle
from flow_nb.notebook.digest import digest
from flow_nb.notebook.session import Session
from flow_nb.notebook.shooting import take_view
from tests.browser.counted import STANDS
from tests.browser.pages import ready
from tests.browser.prepared import cell, output, write

TEXT = "A red ball falls onto the floor and bounces. Orbit left, fast."

RED_MIDDLE = """video => {
  const [width, height] = [video.videoWidth, video.videoHeight];
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(video, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const box = [width, -1, height, -1];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const [r, g, b] = data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3);
    if (r < 24 || r < 1.25 * Math.max(g, b)) continue;
    box[0] = Math.min(box[0], x); box[1] = Math.max(box[1], x + 1);
    box[2] = Math.min(box[2], y); box[3] = Math.max(box[3], y + 1);
  }
  return [(box[0] + box[1]) / 2, (box[2] + box[3]) / 2, box[1] - box[0], box[3] - box[2]];
}"""
"""The middle of what is red in the picture, and its width and height."""


def test_the_ball_of_the_overlay_is_the_ball_of_the_picture(app, page):
    if app.name != "lab":
        pytest.skip("the player is the same in both")
    try:
        best_device()
    except DriverMissing as missing:
        pytest.skip(str(missing))
    shot = make_shot("ball", TEXT, tier="sketch", duration=1.5)
    session = Session(app.folder, open_studio=Studio)
    made = session.studio.shoot(shot)
    done = digest(shot, made.plan, made.motion, made.take, state="sealed")
    view, poster = take_view(session, made.take, done, made.plan, made.motion)
    shown = cell(f"%%shot ball\n{TEXT}", "c1", outputs=[output(bundle(view, poster))])
    write(app.folder / "overlay.ipynb", [shown])
    ready(page, app, "overlay.ipynb", slates=1)
    player = page.locator(".flow-player")
    video = player.locator("video").first
    page.wait_for_function("v => v.readyState >= 2", arg=video.element_handle())
    player.locator(".flow-clock").click()
    page.keyboard.press("o")
    dot = player.locator(".flow-trail-dot").first
    off_px = []
    for _ in range(1, view.frames):
        page.keyboard.press(".")
        video.evaluate(STANDS)
        x, y, width, height = video.evaluate(RED_MIDDLE)
        if width > 0.8 * height and height > 0.8 * width:  # the whole ball is in the picture
            drawn = [float(dot.get_attribute(name)) for name in ("cx", "cy")]
            off_px.append(math.dist(drawn, (x, y)))
    assert len(off_px) >= view.frames / 2
    assert max(off_px) <= 2
    assert player.locator(".flow-strike").count() >= 1
    assert player.locator(".flow-light-words").text_content().endswith("°")
