"""The offline director as a whole: provenance, gaps, limits, and any text whatever."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flow_nb.director.base import Director, FakeDirector
from flow_nb.director.grammar import Grammar
from flow_nb.director.plotting.sweep import origins
from flow_nb.director.vocabulary import vocabulary
from flow_nb.errors import FlowError, PlanError
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import MAX_TEXT_CHARS, Shot, make_shot
from tests.director.coverage import lost

GLASS = "A glass slides off the table edge and shatters on the hardwood floor. Slow dolly in."


def read(text: str, **options: object) -> Plan:
    return Grammar().read(make_shot("shot", text, **options))  # type: ignore[arg-type]


def assert_points_at_its_words(plan: Plan) -> None:
    for origin in origins(plan):
        if origin.provenance == "default":
            assert (origin.words, origin.at) == ("", -1)
        elif origin.at >= 0:
            assert plan.text[origin.at : origin.at + len(origin.words)] == origin.words
    for gap in plan.gaps:
        assert plan.text[gap.at : gap.at + len(gap.words)] == gap.words
        assert gap.reason
        assert gap.fix


def test_the_grammar_and_the_fake_are_directors() -> None:
    plan = read(GLASS)
    for director in (Grammar(), FakeDirector(plan=plan)):
        checked: Director = director
        assert checked.name
        assert checked.version


def test_the_fake_returns_its_plan_under_the_shots_text_and_seed() -> None:
    shot = make_shot("other", "Anything.", seed=7)
    plan = FakeDirector(plan=read(GLASS)).read(shot)
    assert (plan.text, plan.seed, plan.bodies) == ("Anything.", 7, read(GLASS).bodies)


def test_the_same_shot_gives_the_same_json() -> None:
    assert read(GLASS).model_dump_json() == read(GLASS).model_dump_json()


def test_the_seed_and_the_duration_of_the_cell_are_in_the_plan() -> None:
    plan = read(GLASS, seed=3, duration=6)
    assert (plan.seed, plan.duration_s) == (3, 6.0)


def test_a_duration_in_the_text_gives_way_to_the_cells_and_is_listed() -> None:
    plan = read("A ball falls.\nduration: 3", duration=6)
    assert plan.duration_s == 6.0
    assert plan.gaps[0].words == "duration: 3"


def test_literal_inferred_and_default_are_told_apart() -> None:
    plan = read("Coins fall onto the hardwood floor.")
    assert plan.bodies[0].origin.provenance == "inferred"
    assert plan.bodies[0].origin.words == "Coins"
    action = plan.actions[0].origin
    assert (action.provenance, action.at) == ("literal", 6)
    assert action.words.startswith("fall")
    assert plan.placements[0].origin.provenance == "default"
    assert (plan.set.kind, plan.set.origin.provenance) == ("kitchen", "inferred")
    assert plan.set.origin.confidence < 1
    assert plan.light.origin.provenance == "default"


def test_a_misspelt_noun_gets_the_nearest_one_as_its_fix() -> None:
    (gap,) = read("A ball falls on a botle.").gaps
    assert gap.words.endswith("botle")
    assert 'Did you mean "bottle"' in gap.fix


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A ball melts.", "matter keeps its state"),
        ("A ball rolls, oil painting.", "styles"),
        ("A zorb rolls.", "paper cut-out"),
        ("A ball frobnicates.", "stays as it is"),
        ("A ball does not fall.", "what does not happen"),
        ("A lamp reads a book.", "does not act by itself"),
    ],
)
def test_what_is_not_possible_here_says_why(text: str, reason: str) -> None:
    assert any(reason in gap.reason for gap in read(text).gaps)


@pytest.mark.parametrize(
    ("text", "value", "limit"),
    [
        ("61 balls roll.", "61", "60"),
        ("Forty balls and thirty cups fall.", "70", "60"),
        ("A ball falls from 60 m.", "60 m", "50 m"),
        ("A ball is thrown at 200 m/s.", "200 m/s", "100 m/s"),
        ("A ball rolls for 40 seconds.", "40 s", "30 s"),
        ("A ball rolls. 400mm lens.", "400 mm", "300 mm"),
        ("A 90000 kg ball falls.", "90000 kg", "50,000 kg"),
    ],
)
def test_a_number_beyond_its_limit_names_value_limit_and_fix(
    text: str, value: str, limit: str
) -> None:
    with pytest.raises(PlanError) as raised:
        read(text)
    line = str(raised.value)
    assert value in line
    assert limit in line
    assert "Write" in line
    assert 'shot "shot"' in line


def test_nothing_understood_quotes_the_text_and_offers_an_example() -> None:
    with pytest.raises(PlanError) as raised:
        read("Un verre tombe de la table basse et se brise.\nEncore !")
    line = str(raised.value)
    assert "Un verre tombe" in line
    assert "only English is read" in line
    assert "A glass slides off" in line


def test_what_begins_after_the_shot_is_listed_and_not_staged() -> None:
    plan = read("A ball rolls, then a cup falls, then a book falls, then a vase falls.", duration=2)
    assert [action.body for action in plan.actions] == ["ball", "cup", "book"]
    assert all("begins after" in gap.reason for gap in plan.gaps)
    assert len(plan.gaps) == 1


def test_a_second_set_time_or_framing_is_listed() -> None:
    plan = read("INT. KITCHEN - NIGHT\nA ball falls in the street at noon. Wide shot. Close-up.")
    assert (plan.set.kind, plan.light.time_of_day, plan.camera.size) == ("kitchen", "night", "wide")
    assert [gap.words for gap in plan.gaps] == ["the street", "noon", "Close-up"]


def test_dialogue_lines_follow_one_another_and_make_the_shot_longer() -> None:
    speech = "I told you a hundred times not to put the glass there, and now look at it."
    plan = read(f'A cup falls.\nMARA: "{speech}"\nTOM: "I am sorry."')
    first, second = plan.lines
    assert second.start_s > first.start_s + len(speech) / 20
    assert plan.duration_s >= second.start_s


def test_markup_and_orders_in_a_text_are_only_words() -> None:
    plan = read("{{ball}} <b>A ball</b> falls; rm -rf / ; __import__('os')")
    assert plan.bodies[0].name == "ball"
    assert {body.prop for body in plan.bodies} <= {"ball", "cutout"}
    assert_points_at_its_words(plan)


def test_ten_thousand_characters_are_read_or_refused_in_one_line() -> None:
    text = ("A zorb glows on the glimmering fnord and a ball falls " * 400)[:MAX_TEXT_CHARS]
    with pytest.raises(PlanError, match="a shot takes 60"):
        read(text)
    assert read("the edge of " * 800 + "a table. A ball falls.").bodies


def test_importing_the_director_loads_no_solver() -> None:
    code = (
        "import sys, flow_nb.director.grammar; "
        "print([m for m in ('scipy', 'mujoco', 'av', 'cv2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def plan_or_error(text: str) -> Plan | FlowError:
    try:
        return Grammar().read(Shot(name="any", text=text))
    except FlowError as error:
        return error


PHRASES = sorted({*vocabulary().nouns()[::40], *vocabulary().verbs()[::20]})
GLUE = [
    "a",
    "the",
    "two",
    "zorb",
    "blorps",
    ",",
    ".",
    ":",
    "\n",
    "\n\n",
    '"',
    "'s",
    "MARA",
    "1.5 m",
    "he",
    "then",
    "on",
    "falls",
    "of",
]
TEXTS = st.lists(st.sampled_from(PHRASES) | st.sampled_from(GLUE), min_size=1, max_size=30).map(
    " ".join
) | st.text(min_size=1, max_size=200)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
@example(text="barrel down fly past abacus")
def test_any_text_gives_a_whole_plan_or_one_line(text: str) -> None:
    outcome = plan_or_error(text)
    if isinstance(outcome, FlowError):
        assert str(outcome).isprintable()
        return
    plan = outcome
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
    places = Counter(mark.body for mark in plan.placements)
    assert places.keys() == {body.name for body in plan.bodies}
    assert max(places.values(), default=0) <= 2  # "on the table beside the vase"
    assert_points_at_its_words(plan)
    assert lost(plan) == []
