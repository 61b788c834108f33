import numpy as np

from flow_nb.director.grammar import Grammar
from flow_nb.engines.stage.figures.attention import PAST_LENS_DEG, attention
from flow_nb.engines.stage.figures.gripping import EASE, FIST, closed, finger_turns
from flow_nb.engines.stage.figures.people import body_skeleton
from flow_nb.engines.stage.textures.people import on_head
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot
from tests.bench.props import motion_of

TIMES = np.arange(24) / 12


def stands(text: str) -> Plan:
    plan = Grammar().read(make_shot("hands", text))
    return plan.model_copy(update={"actions": ()})


def test_a_hand_at_rest_is_loose_and_one_in_anger_a_fist() -> None:
    for text, much in (("A man stands.", EASE), ("An angry man stands.", FIST)):
        plan = stands(text)
        assert np.allclose(closed(plan, motion_of(plan, 0.0, 0.0), plan.bodies[0], TIMES), much)


def test_fingers_of_a_closing_hand_go_inwards() -> None:
    bones = body_skeleton(stands("A man stands.").bodies[0])
    whole = np.eye(3, 4)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        tip = np.array([*bones.by_name[f"hand-{side}"].end_m, 1.0])
        turns = finger_turns(whole, bones, side, sign, 0.8)
        assert sign * (turns[f"tips-{side}"] @ tip - tip[:3])[0] < -0.02
        assert np.allclose(
            finger_turns(whole, bones, side, sign, 0.0)[f"tips-{side}"] @ tip, tip[:3]
        )


def test_who_is_alone_in_a_portrait_looks_just_past_the_lens() -> None:
    plan = stands("Close-up of a woman.")
    name, motion = plan.bodies[0].name, motion_of(plan, 0.0, 20.0)
    lens = np.tile([0.0, -2.0, 1.6], (len(TIMES), 1))
    seen = attention(plan, motion, TIMES, (), lens)[name]
    side_deg = seen.head[12, 0] + seen.eyes[12, 0]
    assert abs(abs(side_deg + 20.0) - PAST_LENS_DEG) < 1.5
    wide = plan.model_copy(update={"camera": plan.camera.model_copy(update={"size": "wide"})})
    assert attention(wide, motion, TIMES, (), lens) == {}


def test_a_face_is_laid_on_both_sides_of_a_head_alike() -> None:
    points = np.array([[0.2, -0.3, 0.5], [-0.2, -0.3, 0.5], [0.0, -0.3, 0.5]], np.float32)
    left, right, middle = on_head(points)
    assert np.allclose(left, right)
    assert middle[0] == 0
