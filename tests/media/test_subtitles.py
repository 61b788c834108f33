"""Subtitles are text and nothing else, fit on the screen, and are in time."""

from __future__ import annotations

import re
from itertools import pairwise

import av
import pytest

from flow_nb.media.mux import remux
from flow_nb.media.subtitles import COLUMNS, beside, columns, in_turn, srt, vtt, wrapped
from flow_nb.plan.cues import Cue, cues_of
from flow_nb.plan.plan import Line, Plan
from flow_nb.plan.shown import Shown
from flow_nb.plan.speaking import speaking_s
from tests.media.clips import SMALL, clip

SPITE = '<b>&amp; <script>alert("x")</script>\n\n00:00:01.000 --> 00:00:02.000\n{\\an8}evil'


def cue(text, start_s=0.0, end_s=3.0, speaker="MARA"):
    return Cue(start_s=start_s, end_s=end_s, speaker=speaker, text=text)


def plan(*lines, duration_s=6.0):
    return Plan(text="t", duration_s=duration_s, bodies=(), lines=lines)


def times(text):
    return re.findall(r"(\d\d:\d\d:\d\d[.,]\d{3}) --> (\d\d:\d\d:\d\d[.,]\d{3})", text)


def test_a_line_is_written_in_both_forms() -> None:
    one = cue("That was my grandmother's.", 0.5, 2.25)
    assert vtt([one]).endswith(
        "00:00:00.500 --> 00:00:02.250\n<v MARA>That was my grandmother's.\n"
    )
    assert srt([one]) == "1\n00:00:00,500 --> 00:00:02,250\nMARA: That was my grandmother's.\n\n"


def test_text_never_becomes_markup_or_timing() -> None:
    web, sub = vtt([cue(SPITE, speaker=SPITE)]), srt([cue(SPITE, speaker=SPITE)])
    for text in (web, sub):
        assert "<script" not in text
        assert "<b>" not in text
        assert len(times(text)) == text.count("-->") == len(wrapped_parts(text))
    assert "{\\an8}" not in sub
    assert re.findall("<[^v]", web) == []


def wrapped_parts(text):
    return [block for block in text.split("\n\n") if "-->" in block]


@pytest.mark.parametrize(
    "text",
    [
        "Why did you put the glass so near to the edge of the table, when you knew of the cat?",
        "x" * 300,
        "שלום עולם, " * 20,
        "日本語の長い台詞です。" * 12,
        "👩‍🚀🇩🇪é" * 60,
        "word " * 2_000,
    ],
)
def test_lines_fit_and_nothing_is_lost(text) -> None:
    screens = wrapped(text)
    for screen in screens:
        assert screen.count("\n") <= 1
        assert all(0 < columns(line) <= COLUMNS for line in screen.split("\n"))
    assert "".join("".join(screens).split()) == "".join(text.split())


def test_emoji_are_not_cut_in_two() -> None:
    whole = {"👩‍🚀", "🇩🇪"}
    for screen in wrapped("👩‍🚀🇩🇪" * 60):
        for line in screen.split("\n"):
            left = line
            for sign in whole:
                left = left.replace(sign, "")
            assert left == ""


def test_a_long_line_is_shown_in_parts_without_gap_or_overlap() -> None:
    shown = in_turn([cue("word " * 100, 1.0, 9.0)])
    assert len(shown) > 4
    assert shown[0].start_s == 1.0
    assert shown[-1].end_s == pytest.approx(9.0)
    assert all(a.end_s == pytest.approx(b.start_s) for a, b in pairwise(shown))


def test_lines_that_read_from_the_right_say_so_in_srt() -> None:
    assert "\u200fשלום.\u200f" in srt([cue("שלום.", speaker="")])
    assert "\u200f" not in srt([cue("Hello.")])


def test_what_turns_the_text_round_in_secret_is_taken_out() -> None:
    assert "\u202e" not in vtt([cue("abc\u202edef\x00\x1b[31m")])


def test_a_line_nobody_has_measured_lasts_as_long_as_its_words() -> None:
    (one,) = cues_of(plan(Line(speaker="A", text="one two three four five six", start_s=1.0)))
    assert one.end_s == pytest.approx(1.0 + speaking_s("one two three four five six"))
    assert 2.0 < one.end_s - one.start_s < 3.5


def test_lines_end_with_the_next_and_with_the_shot_and_keep_what_was_measured() -> None:
    first = Line(speaker="A", text="word " * 40, start_s=0.5)
    second = Line(speaker="B", text="word " * 40, start_s=3.0)
    assert [c.end_s for c in cues_of(plan(second, first))] == [3.0, 6.0]
    measured = first.model_copy(update={"end_s": 4.5})
    assert cues_of(plan(measured, second))[0].end_s == 4.5
    assert cues_of(plan(Line(speaker="A", text="  "))) == ()


def test_cues_of_a_film_are_moved_and_trimmed_with_their_shots() -> None:
    shown = Shown(take=None, in_s=1.0, out_s=3.0, start_s=5.0)
    cues = [cue("a", 0.0, 0.9), cue("b", 0.5, 2.0), cue("c", 2.5, 4.0), cue("d", 3.0, 4.0)]
    assert [(c.text, c.start_s, c.end_s) for c in shown.placed(cues)] == [
        ("b", 5.0, 6.0),
        ("c", 6.5, 7.0),
    ]


def test_a_shot_without_words_has_no_subtitle_files() -> None:
    assert beside([], []) == {}
    assert set(beside([cue("a")])) == {".vtt", ".srt"}
    assert (
        b"NOTE descriptions" in beside([], [cue("A glass falls.", speaker="")])[".descriptions.vtt"]
    )


def test_a_description_is_one_cue_whole() -> None:
    (block,) = wrapped_parts(vtt([cue("A glass falls. " * 20, speaker="")], kind="descriptions"))
    assert block.strip().count("\n") == 1


def test_a_clip_carries_its_subtitles_as_a_track(tmp_path) -> None:
    clip(tmp_path / "a.mp4", 60, form=SMALL)
    lines = [cue("Grüße, 日本 👩‍🚀 <b>", 0.25, 1.0), cue("Then.", 1.5, 2.0)]
    remux(tmp_path / "a.mp4", tmp_path / "b.mp4", cues=lines)
    with av.open(str(tmp_path / "b.mp4")) as container:
        (track,) = container.streams.subtitles
        assert track.codec_context.name == "mov_text"
        packets = [
            (float(p.pts * p.time_base), bytes(p)) for p in container.demux(track) if p.size > 2
        ]
    assert [round(at, 3) for at, _ in packets] == [0.25, 1.5]
    assert packets[0][1][2:].decode() == "MARA: Grüße, 日本 👩‍🚀 <b>"
