from __future__ import annotations

from flow_nb.director.grammar import Grammar
from flow_nb.notebook.digest import digest, film_digest
from flow_nb.notebook.filming import film_shots
from flow_nb.notebook.messages import Edit
from flow_nb.notebook.session import Session
from flow_nb.plan.plan import Action, Body, Gap, Plan
from flow_nb.plan.shot import make_shot
from flow_nb.plan.speaking import speaking_s
from tests.notebook import fakes

SHOT = make_shot("glass", "A glass slides majestically off the table.", scene="kitchen")


def spans(found, kind):
    return [(s.start_s, s.end_s, s.text) for s in found.spans if s.kind == kind]


def test_a_plan_alone_has_causes_and_no_events():
    found = digest(SHOT, fakes.fake_plan(SHOT))
    assert found.state == "draft"
    assert found.marks == []
    assert spans(found, "camera") == [(0, 4, "slow dolly in")]
    assert spans(found, "action") == [(0.5, 4, "glass slides off")]
    assert (found.set, found.light, found.scene) == ("kitchen", "golden hour", "kitchen")


def test_an_action_ends_with_the_first_event_that_ends_it():
    found = digest(SHOT, fakes.fake_plan(SHOT), fakes.fake_motion(4))
    assert spans(found, "action") == [(0.5, 0.79, "glass slides off")]


def test_every_event_is_a_mark_with_the_solver_s_numbers():
    found = digest(SHOT, fakes.fake_plan(SHOT), fakes.fake_motion(4))
    impact = next(m for m in found.marks if m.kind == "impact")
    assert (impact.time_s, impact.speed_m_s, impact.impulse_n_s) == (1.2, 3.84, 1.15)
    assert impact.text == "the glass hits the hardwood floor"
    assert len(found.marks) == 5


def test_what_was_not_understood_comes_with_its_fix():
    found = digest(SHOT, fakes.fake_plan(SHOT))
    assert [(m.words, m.fix) for m in found.missed] == [("majestically", "Leave it out.")]


def test_a_line_lasts_as_long_as_it_takes_to_read():
    words = "That was my grandmother's."
    assert spans(digest(SHOT, fakes.fake_plan(SHOT)), "line") == [
        (2.0, 2.0 + speaking_s(words), f"MARA: {words}")
    ]


def test_a_digest_stays_small_whatever_the_plan_holds():
    plan = fakes.fake_plan(SHOT)
    plan = plan.model_copy(update={"gaps": (Gap(words="x" * 10_000, reason="y" * 10_000),) * 500})
    motion = fakes.fake_motion(4)
    loud = type(motion)(
        **{name: getattr(motion, name) for name in motion.__slots__}
        | {"events": motion.events * 999}
    )
    assert len(digest(SHOT, plan, loud).model_dump_json()) < 30_000


def test_a_film_s_shots_stand_where_they_are_seen(tmp_path):
    studio = fakes.Studio(tmp_path)
    studio.pause_s = 0
    takes = [studio.shoot(make_shot(n, "A glass falls.", duration=2)).take for n in ("a", "b")]
    session = Session(tmp_path, open_studio=lambda _: studio)
    for name in ("a", "b"):
        session.claim(name, f"cell-{name}", "A glass falls.")
    film = studio.film(["a", "b"])
    assert spans(film_digest(film, film_shots(session, film, takes)), "shot") == [
        (0, 2, "a"), (2, 4, "b"),
    ]  # fmt: skip
    edit = Edit(in_s=0.5, transition="dissolve", transition_s=0.25)
    session.reorder(["cell-a", "cell-b"], edits={"cell-a": edit})
    shots = film_shots(session, film, takes)
    assert [(s.cell, s.start_s, s.end_s) for s in shots] == [
        ("cell-a", 0, 1.5), ("cell-b", 1.25, 3.25),
    ]  # fmt: skip
    assert shots[0].edit == edit


def test_one_ball_that_knocks_over_six_pins_is_one_span():
    pins = tuple(
        Body(name=f"pin-{i}", noun="pin", prop="pin", material="wood") for i in range(1, 7)
    )
    ball = Body(name="ball", noun="ball", prop="bowling-ball", material="metal")
    actions = tuple(Action(verb="knock over", body="ball", target=pin.name) for pin in pins)
    strike = Plan(text="x", duration_s=4, bodies=(ball, *pins), actions=actions)
    spans = digest(make_shot("strike", "x"), strike).spans
    assert [span.kind for span in spans] == ["camera", "light", "action"]


def test_a_deed_is_named_by_who_does_it_and_ends_where_the_next_begins() -> None:
    shot = make_shot("kick", "A boy runs to the ball and kicks it.")
    plan = Grammar().read(shot)
    run, kick = [span for span in digest(shot, plan).spans if span.kind == "action"]
    assert run.end_s == kick.start_s
    assert kick.text == "boy kicks it"
