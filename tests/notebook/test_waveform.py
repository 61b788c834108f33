"""The wave stands above what made it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np

from flow_nb.notebook.waveform import WIDTH, waveform
from flow_nb.plan.cues import Cue
from flow_nb.plan.events import Event
from tests.engines.stage.sound.motions import motion_of, touch

HOSTILE = '"><script>alert(1)</script>'


def drawn(**more):
    blow = Event(time_s=1.0, kind="impact", body="glass", text=HOSTILE)
    contacts = [touch(1.0, 0, impulse=2.0), touch(2.0, 0, impulse=0.01)]
    motion = motion_of([("glass", "glass", 0.1, 0.2)], contacts, events=[blow])
    sound = np.zeros((192_000, 2), np.float32)
    sound[48_000:50_000] = 0.8
    return waveform(sound, motion, **more).svg


def test_every_blow_stands_under_its_instant_and_the_harder_is_the_taller() -> None:
    found = re.findall(r'<line x1="([\d.]+)" x2="[\d.]+" y1="120" y2="([\d.]+)"', drawn())
    assert [float(x) for x, _ in found] == [WIDTH / 4, WIDTH / 2]
    assert float(found[0][1]) > float(found[1][1])


def test_the_wave_is_high_where_it_is_loud() -> None:
    points = re.search(r'points="([^"]+)"', drawn())[1].split(" ")[:WIDTH]
    heights = [float(point.split(",")[1]) for point in points]
    assert heights[WIDTH // 4 + 2] < 20 < heights[10]


def test_a_picture_of_hostile_words_is_a_picture() -> None:
    svg = drawn(cues=[Cue(start_s=0.5, end_s=3.5, speaker=HOSTILE, text=HOSTILE)])
    assert "<script" not in svg
    assert ElementTree.fromstring(svg).tag.endswith("svg")
