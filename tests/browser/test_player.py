"""The player in a real page: which frame is on screen, how it runs, what is drawn and said over it."""

from __future__ import annotations

import statistics

import pytest

from flow_nb.notebook.messages import Caption
from tests.browser.counted import counted_output, drifts_frames, frame_on_screen
from tests.browser.pages import ready
from tests.browser.prepared import cell, write

SAID = [Caption(start_s=0.5, end_s=1.5, text="MARA: <b>That</b> was my grandmother's.")]
TOGETHER = """() => {
  const times = [...document.querySelectorAll('.flow-player video')].map(v => v.currentTime);
  return times.every(time => time > 0 && Math.abs(time - times[0]) < 0.002);
}"""


@pytest.fixture
def player(app, page):
    """A player with a counted clip of four seconds."""
    if app.name != "lab":
        pytest.skip("the player is the same in both")
    shown = counted_output(app.folder, "counted", 4.0, cues=SAID)
    write(app.folder / "player.ipynb", [cell("%%shot counted\nx", "c1", outputs=[shown])])
    ready(page, app, "player.ipynb", slates=1)
    found = page.locator(".flow-player")
    page.wait_for_function(
        "v => v.readyState >= 2", arg=found.locator("video").first.element_handle()
    )
    return found


def focus(player) -> None:
    player.locator(".flow-clock").click()


def test_every_step_shows_the_frame_that_the_clock_says(page, player):
    video, clock = player.locator("video").first, player.locator(".flow-clock")
    player.get_by_role("button", name="One frame on (.)").click()
    seen = [frame_on_screen(video)]
    for key in (".", ".", "ArrowRight", ",", ".", "ArrowLeft", ".", "."):
        page.keyboard.press(key)
        seen.append(frame_on_screen(video))
    assert seen == [1, 2, 3, 4, 3, 4, 3, 4, 5]
    for _ in range(25):
        page.keyboard.press(".")
    assert frame_on_screen(video) == 30
    assert clock.inner_text() == "00:01:06"
    page.keyboard.press("End")
    assert frame_on_screen(video) == 95
    page.keyboard.press("Home")
    assert frame_on_screen(video) == 0


def test_j_k_and_l_shuttle_and_stop_on_the_frame_that_is_seen(page, player):
    video = player.locator("video").first
    focus(player)
    page.keyboard.press("l")
    page.wait_for_function("v => !v.paused && v.currentTime > 0.4", arg=video.element_handle())
    page.keyboard.press("l")
    assert video.evaluate("v => v.playbackRate") == 2
    assert player.locator(".flow-shuttle").inner_text() == "2×"
    page.wait_for_function("v => v.currentTime > 2", arg=video.element_handle())
    page.keyboard.press("k")
    stopped = frame_on_screen(video)
    assert stopped >= 48
    page.keyboard.press("j")
    page.wait_for_function("v => v.currentTime < 1.6", arg=video.element_handle())
    page.keyboard.press("k")
    back = frame_on_screen(video)
    assert back < stopped
    code = player.locator(".flow-clock").inner_text()
    assert back == sum(a * b for a, b in zip(map(int, code.split(":")), (1440, 24, 1), strict=True))
    page.keyboard.down("k")
    page.keyboard.down("l")
    assert video.evaluate("v => [v.paused, v.playbackRate]") == [False, 0.25]
    page.keyboard.up("l")
    page.keyboard.up("k")
    assert video.evaluate("v => v.paused")


def test_speed_loop_and_subtitles_go_by_keys(page, player):
    video = player.locator("video").first
    focus(player)
    page.keyboard.press(">")
    assert video.evaluate("v => v.playbackRate") == 1.25
    player.get_by_label("Speed").select_option("0.1")
    assert video.evaluate("v => v.playbackRate") == pytest.approx(0.1)
    player.get_by_label("Speed").select_option("4")
    player.get_by_role("button", name="Loop (r)").click()
    focus(player)
    page.keyboard.press("End")
    page.keyboard.press(" ")
    page.wait_for_function("v => !v.paused && v.currentTime < 3", arg=video.element_handle())
    page.keyboard.press(" ")
    words = player.locator(".flow-captions")
    page.keyboard.press("Home")
    assert words.is_hidden()
    for _ in range(13):
        page.keyboard.press(".")
    assert words.inner_text() == "MARA: <b>That</b> was my grandmother's."
    page.keyboard.press("c")
    assert words.is_hidden()


def test_a_contact_on_the_wave_tells_itself_and_is_gone_to(page, player):
    stroke = player.get_by_role("button", name="Contact: 1.00 s · it hits · 3.20 m/s")
    stroke.hover()
    assert player.locator(".flow-wave-told").inner_text().endswith("0.50 N·s")
    stroke.focus()
    page.keyboard.press("Enter")
    assert frame_on_screen(player.locator("video").first) == 24


def test_four_players_of_a_group_go_in_step(app, page):
    if app.name != "lab":
        pytest.skip("the players are the same in both")
    shown = [counted_output(app.folder, "step", 12.0, group="row") for _ in range(4)]
    write(app.folder / "step.ipynb", [cell("%%shot step\nx", "c1", outputs=shown)])
    page.set_viewport_size({"width": 1280, "height": 2600})
    ready(page, app, "step.ipynb", slates=1)
    players = page.locator(".flow-player")
    videos = [players.nth(i).locator("video").first for i in range(4)]
    for video in videos:
        page.wait_for_function("v => v.readyState >= 3", arg=video.element_handle())
    focus(players.nth(1))
    page.keyboard.press(".")
    page.wait_for_function(TOGETHER)
    assert [frame_on_screen(video) for video in videos] == [1] * 4
    page.keyboard.press(" ")
    drifts = drifts_frames(page, 3.0)
    assert all(video.evaluate("v => !v.paused && v.currentTime > 1") for video in videos)
    page.keyboard.press(" ")
    page.wait_for_function(TOGETHER)
    assert len({frame_on_screen(video) for video in videos}) == 1
    assert statistics.median(drifts) <= 1
