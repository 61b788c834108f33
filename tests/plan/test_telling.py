"""The description of a shot says where, who does what, how it is seen and what is heard."""

from __future__ import annotations

import pytest

from flow_nb.director.grammar import Grammar
from flow_nb.plan.events import Event
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot
from flow_nb.plan.telling import told
from tests.engines.stage.sound.motions import motion_of


def read(text):
    return Grammar().read(make_shot("a", text))


def test_the_glass_is_told_in_two_sentences() -> None:
    plan = read(
        "INT. KITCHEN - GOLDEN HOUR\nA glass slides off the table edge and shatters on the floor.\n"
        "MARA (quietly)\nThat was my grandmother's.\nSlow dolly in, low angle."
    )
    broken = Event(time_s=1.02, kind="break", body="glass")
    told_it = told(plan, motion_of([("glass", "glass", 0.1, 0.2)], events=[broken]))
    assert told_it == (
        "A kitchen at golden hour: a glass slides off the table edge and shatters on the floor. "
        "Mara speaks quietly; full shot, low angle, slow dolly in; "
        "one hears the glass breaking (1.0 s)."
    )


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("A cat knocks a vase off a shelf.", "a cat knocks a vase off a shelf"),
        ("Twelve dominoes stand in a row and a marble knocks them over.", "twelve dominoes stand"),
        ("EXT. FOREST - NIGHT\nRain. An owl flies.", "A forest at night, in the rain"),
    ],
)
def test_the_text_speaks_for_itself(text, piece) -> None:
    assert piece in told(read(text))


def test_nothing_in_it_is_one_line_too() -> None:
    empty = Plan(text="t", duration_s=2.0, bodies=())
    assert told(empty) == "A studio in the afternoon: nobody moves. Full shot, the camera is still."
    long = read("A glass " + "very " * 500 + "slowly falls.")
    assert len(told(long)) < 900
    assert "\n" not in told(long)
