"""Lines in their time."""

from __future__ import annotations

from pathlib import Path

import pytest

from flow_nb import Studio, make_shot
from flow_nb.engines.fake import FakeEngine
from flow_nb.errors import PlanError, ShotError
from flow_nb.plan.plan import Beat, Line, Plan
from flow_nb.plan.speaking import speaking_s
from flow_nb.rehearsal import AFTER_LAST_S, fitted


def a_plan(*lines: Line, duration_s: float = 4.0) -> Plan:
    beat = Beat(mood="tense", start_s=0, end_s=duration_s)
    return Plan(text="x", duration_s=duration_s, bodies=(), lines=lines, beats=(beat,))


def line(text: str = "Oh.", start_s: float = 0.5, **more: str) -> Line:
    return Line(speaker="MARA", text=text, start_s=start_s, **more)


def times(plan: Plan) -> list[tuple[float, float | None]]:
    return [(one.start_s, one.end_s) for one in plan.lines]


def test_lines_that_fit_keep_the_shot_as_it_is() -> None:
    made = fitted(a_plan(line()), [1.2])
    assert times(made) == [(0.5, 1.7)]
    assert (made.duration_s, made.notes) == (4.0, ())


def test_a_line_longer_than_the_shot_lengthens_it_and_says_so() -> None:
    made = fitted(a_plan(line()), [5.0])
    assert made.duration_s == 5.9
    assert made.duration_s >= made.lines[0].end_s + AFTER_LAST_S
    assert made.beats[0].end_s == made.duration_s
    assert made.notes == ("the shot is 5.9 s long, not 4: its lines take that to say",)


def test_or_the_shot_is_refused() -> None:
    with pytest.raises(PlanError, match=r"take 5\.9 s to say; the shot has 4.*--duration 6"):
        fitted(a_plan(line()), [5.0], lines="refuse")


def test_no_shot_is_longer_than_thirty_seconds() -> None:
    with pytest.raises(PlanError, match="Split them"):
        fitted(a_plan(line()), [31.0])


def test_lines_follow_each_other_with_the_pause_that_they_had() -> None:
    made = fitted(a_plan(line("x" * 28, 0.5), line("y", 2.9)), [3.0, 0.5])
    assert times(made) == [(0.5, 3.5), (3.9, 4.4)]


def test_a_line_that_waits_for_its_moment_waits() -> None:
    made = fitted(a_plan(line("Oh.", 0.5), line("No.", 3.0)), [0.6, 0.5])
    assert times(made) == [(0.5, 1.1), (3.0, 3.5)]


def test_lines_overlap_only_where_their_manner_says_so() -> None:
    plan = a_plan(
        line("x" * 28), line("y", 2.9, manner="interrupting"), line("z", 3.4, manner="together")
    )
    (_, first_end), (second, second_end), (third, _) = times(fitted(plan, [2.0, 1.0, 1.0]))
    assert second < first_end < second_end
    assert third == second


def test_without_a_voice_words_take_the_time_of_reading_aloud() -> None:
    assert speaking_s("Oh.") < speaking_s("Oh, that was a long time ago.") < 4
    assert speaking_s("1984") > speaking_s("four")


class Chatty(FakeEngine):
    """Says everything in two seconds."""

    def line_seconds(self, line: Line, voice: object) -> float:
        return 2.0


TEXT = 'A man stands at a table. MARA: "That was mine."'


def test_the_engine_that_speaks_is_asked_how_long_it_takes(tmp_path: Path) -> None:
    studio = Studio(tmp_path, engines=[Chatty()])
    plan = studio.plan(make_shot("a", TEXT, engine="fake", duration=4))
    assert plan.lines[0].end_s == plan.lines[0].start_s + 2.0


def test_a_new_voice_is_a_new_take_and_the_same_is_found(tmp_path: Path) -> None:
    shot = make_shot("a", TEXT, engine="fake", duration=2)
    studio = Studio(tmp_path, engines=[FakeEngine()])
    assert not studio.shoot(shot).cached
    assert Studio(tmp_path, engines=[FakeEngine()]).shoot(shot).cached
    studio.cast.give("MARA", "= am_onyx")
    assert not studio.shoot(shot).cached


def test_an_unknown_way_with_lines_is_refused() -> None:
    with pytest.raises(ShotError, match="Choose from lengthen, refuse"):
        make_shot("a", TEXT, lines="cut")
