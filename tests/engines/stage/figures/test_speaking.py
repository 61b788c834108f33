from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.figures.attention import attention
from flow_nb.engines.stage.figures.cast import body_puppet
from flow_nb.engines.stage.figures.people import Utterance, utterances
from flow_nb.engines.stage.figures.pose import transforms
from flow_nb.engines.stage.figures.speaking import Mouth, mouth_at
from flow_nb.plan.plan import Line
from tests.engines.stage.figures.people import people_motion, people_plan, person

TIMES = np.arange(24) / 24


def mouth(**shown):
    values = {"open": 0.0, "wide": 0.0, "press": 0.0, "tuck": 0.0, "nod": 0.0} | shown
    return Mouth(**{name: np.full(len(TIMES), value) for name, value in values.items()})


def lips_m(shown):
    """Where the middles of the lips are (2, 3) and how far the corners are apart, metres."""
    plan = people_plan(person())
    puppet = body_puppet(plan.bodies[0], plan.seed, 2.4)
    bones = transforms(puppet, people_motion(plan), "ann", TIMES[:1], seed=1, mouth=shown)[0]
    at = {name: bones[puppet.bones.index(name), :, 3] for name in puppet.bones}
    return at["lip"] - at["head"], at["jaw"] - at["head"], at["corner-left"] - at["corner-right"]


def test_an_open_mouth_drops_the_jaw_and_lifts_the_lip():
    lip, jaw, _ = lips_m(mouth(open=1.0))
    assert jaw[2] < -0.02
    assert lip[2] > 0.002


def test_pressed_lips_are_closed_even_where_the_jaw_would_be_down():
    lip, jaw, _ = lips_m(mouth(open=0.8, press=1.0))
    assert jaw[2] > 0 > lip[2]


def test_round_lips_are_narrow_and_stand_out_and_spread_ones_are_wide():
    lip, _, apart = lips_m(mouth(wide=-1.0))
    assert apart[0] < -0.02
    assert lip[1] < 0
    assert lips_m(mouth(wide=1.0))[2][0] > 0.01


def test_without_a_voice_a_mouth_moves_as_long_as_its_line():
    times = np.arange(96) / 24
    shown = mouth_at(times, [Utterance(body="ann", start_s=1.0, end_s=2.6)])
    assert shown.open[times < 1.0].max() == 0
    assert shown.open[(times > 1.1) & (times < 2.2)].max() > 0.5
    assert shown.open[times > 2.7].max() == 0


def test_a_line_is_said_by_the_body_that_is_called_so():
    plan = people_plan(
        person("ann"), person("old-tom", noun="man"),
        lines=(Line(speaker="OLD TOM", text="Come in.", end_s=1.4), Line(speaker="A VOICE", text="No.")),
    )  # fmt: skip
    (said,) = utterances(plan)
    assert (said.body, said.end_s) == ("old-tom", 1.4)


def test_a_listener_turns_eyes_and_head_to_who_speaks_and_the_speaker_to_the_listener():
    plan = people_plan(person("ann"), person("ben"))
    said = [Utterance(body="ann", start_s=0.3, end_s=0.9)]
    seen = attention(plan, people_motion(plan), TIMES, said)
    # ben stands at ann's left, 0.9 m away: at her side
    assert seen["ben"].head[15, 0] + seen["ben"].eyes[15, 0] == pytest.approx(-72, abs=2)
    assert seen["ann"].head[15, 0] > 30
    assert abs(seen["ann"].head[0, 0]) < abs(seen["ann"].head[15, 0])


def test_who_is_alone_or_silent_looks_at_nobody():
    plan = people_plan(person("ann"), person("ben"))
    assert attention(plan, people_motion(plan), TIMES, []) == {}
    alone = people_plan(person("ann"))
    said = [Utterance(body="ann", start_s=0.3, end_s=0.9)]
    assert attention(alone, people_motion(alone), TIMES, said) == {}
