"""What bends, flows, falls and is printed, without and with the renderer."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.atmosphere import lit, weathered
from flow_nb.engines.stage.cards import printed, prints
from flow_nb.engines.stage.drops import Balls, Flowing, liquid_look
from flow_nb.engines.stage.hours import HOURS
from flow_nb.engines.stage.renderer import shared_renderer
from flow_nb.engines.stage.scene import body_items, stage_picture
from flow_nb.engines.stage.sets.catalogue import stage_set
from flow_nb.engines.stage.sheets import Draped, smooth_normals
from flow_nb.engines.stage.strands import Links, Rope
from flow_nb.engines.stage.tiers import TIERS
from flow_nb.engines.stage.weather import weather
from flow_nb.physics.solve import solve
from flow_nb.plan.forms import Drops, Strand, Surface
from flow_nb.plan.look import Camera, Light, SetDesign
from flow_nb.plan.plan import Body, Plan
from flow_nb.props.archetypes import sets
from tests.engines.stage.figures.people import people_motion, people_plan, person
from tests.physics.conftest import body, plan

TIMES = np.array([0.0, 0.5])


def square(steps: int = 31) -> Surface:
    """A sheet of 5 by 5 points that rises by a metre a second."""
    u, v = np.meshgrid(np.linspace(0, 1, 5), np.linspace(0, 1, 5))
    places = np.stack([u, v], axis=-1).reshape(-1, 2).astype(np.float32)
    i, j = np.meshgrid(np.arange(4), np.arange(4))
    a = (5 * i + j).ravel()
    faces = np.concatenate([np.stack([a, a + 1, a + 6], 1), np.stack([a, a + 6, a + 5], 1)])
    flat = np.concatenate([places, np.zeros((25, 1), np.float32)], axis=1)
    rise = np.arange(steps)[:, None, None] / 60 * np.array([0, 0, 1.0])
    return Surface(
        vertices_m=(flat + rise).astype(np.float32), faces=faces.astype(np.int32), cloth_m=places
    )


def cloud(*points: tuple[float, float, float], liquid: str = "water") -> Drops:
    return Drops(points_m=np.array([points, points], np.float32), radius_m=0.01, liquid=liquid)


def test_a_sheet_has_two_sides_that_move_with_it():
    draped = Draped(surface=square(), levels=(), times=TIMES)
    faces, places = draped.faces_and_places()
    first, later = draped.at(0), draped.at(1)
    assert len(first.vertices) == len(places) == faces.max() + 1
    assert later.vertices[:25, 2].mean() - first.vertices[:25, 2].mean() == pytest.approx(0.5)
    assert first.normals[:25] == pytest.approx(-first.normals[25:50])


def test_a_flat_sheet_looks_up():
    surface = square()
    assert smooth_normals(surface.vertices_m[0], surface.faces)[:, 2] == pytest.approx(1.0)


def test_drops_that_are_not_there_yet_are_not_drawn():
    nothing = (np.nan, np.nan, np.nan)
    balls = Balls(cloud=cloud((0, 0, 1), nothing), times=TIMES)
    assert np.isfinite(balls.at(0).vertices).all()
    assert Balls(cloud=cloud(nothing), times=TIMES).at(0) is None


def test_near_drops_flow_together_and_far_ones_do_not():
    def parts(gap_m: float) -> int:
        skin = Flowing(cloud=cloud((0, 0, 1), (gap_m, 0, 1)), times=TIMES).at(0)
        left = skin.vertices[:, 0]
        middle = np.abs(left - gap_m / 2) < 0.002
        return 1 if middle.any() else 2

    assert parts(0.012) == 1
    assert parts(0.06) == 2


def test_a_lone_drop_is_about_as_large_as_it_is():
    skin = Flowing(cloud=cloud((0, 0, 1)), times=TIMES).at(0)
    radius = np.linalg.norm(skin.vertices - [0, 0, 1], axis=1)
    assert 0.006 < radius.mean() < 0.016


def test_sand_stays_grains_and_lava_glows():
    assert liquid_look("sand")[1]
    assert liquid_look("lava")[0].glow > 1


def test_a_rope_is_as_thick_as_its_strand_and_a_chain_is_made_of_links():
    points = np.stack([np.zeros(8), np.zeros(8), np.linspace(2, 1, 8)], axis=1)
    strand = Strand(points_m=np.stack([points, points]).astype(np.float32), radius_m=0.02)
    rope = Rope(strand=strand, times=TIMES)
    skin = rope.at(0)
    assert np.hypot(*skin.vertices[:, :2].T).max() == pytest.approx(0.022, abs=0.002)
    assert rope.faces_and_places()[0].max() + 1 == len(skin.vertices)
    links = Links(strand=strand, times=TIMES).at(0)
    assert links.faces.max() + 1 == len(links.vertices)


def test_a_card_is_dark_print_on_light_paper():
    card = printed("theremin", None, 0.87)
    assert np.median(card) > 150
    assert (card.max(-1) < 90).mean() > 0.01


@pytest.mark.parametrize("word", ["a", "<b>été</b>", "Donaudampfschifffahrtsgesellschaft", "漢字"])
def test_any_word_is_only_drawn(word):
    body = Body(name="thing", noun=word, prop="cutout", material="paper")
    plan = Plan(text="x", duration_s=1, bodies=(body,))
    assert len(prints(plan)) == 1


def test_rain_falls_outdoors_only():
    def falls(kind: str, told: str) -> int:
        plan = people_plan(person(), light=Light(weather=told))
        return len(weather(plan.model_copy(update={"set": SetDesign(kind=kind)}), TIMES))

    assert falls("street", "rain") == falls("street", "snow") == 1
    assert falls("kitchen", "rain") == falls("street", "fog") == 0


def test_weather_dims_the_sun_and_a_grade_takes_the_colour():
    hour, words = HOURS["noon"], Light(weather="storm", grade="noir")
    assert weathered(hour, words).strength < 0.1 * hour.strength
    plan = people_plan(person())
    light = stage_set(plan).light(hour)
    assert lit(light, words, sets()["street"], hour).grade["cg.saturation"] == 0
    assert lit(light, words, sets()["street"], hour).grade["fog.enabled"] == 1
    assert lit(light, Light(), sets()["street"], hour).grade["cg.saturation"] > 0.9


def drawn(plan: Plan, tmp_path, **forms) -> list[np.ndarray]:
    """All frames of a sketch."""
    motion = people_motion(plan, **forms)
    message = plan.model_dump_json(by_alias=True).encode()
    job = {"tier": "sketch", "cache": str(tmp_path), "plan_bytes": len(message)}
    frames = shared_renderer().draw(job, message + motion.to_bytes(), 640, 360)
    return [frame.copy() for frame in frames]


@pytest.mark.draws
def test_a_figure_is_seen_where_its_skeleton_projects(tmp_path):
    plan = people_plan(person(colour="#c02020"), camera=Camera(size="full"))
    motion = people_motion(plan)
    frame = drawn(plan, tmp_path)[3].astype(int)
    view = stage_picture(plan, motion, TIERS["sketch"], tmp_path).cameras[3]
    chest = motion.at(0.25)[0][motion.index("ann/chest")] + [0, -0.1, 0.15]
    ray = chest - view.at_m
    right = np.cross(view.forward, view.up)
    half = np.tan(np.radians(view.fovy_deg) / 2)
    depth = ray @ view.forward
    x = 320 + 180 * (ray @ right) / depth / half
    y = 180 - 180 * (ray @ view.up) / depth / half
    red, green, blue = frame[int(y) - 2 : int(y) + 3, int(x) - 2 : int(x) + 3].mean((0, 1))
    assert red > 1.5 * max(green, blue)


@pytest.mark.draws
def test_what_bends_is_drawn_the_same_twice_and_moves(tmp_path):
    cloth = Body(name="sheet", noun="sheet", prop="box", material="paper", colour="#d02020")
    plan = people_plan(person(), cloth)
    first = drawn(plan, tmp_path, surfaces={"sheet": square()})
    again = drawn(plan, tmp_path, surfaces={"sheet": square()})
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert (np.abs(first[0].astype(int) - first[5]).max(-1) > 40).sum() > 200


def test_a_spring_is_drawn_as_its_wire_alone() -> None:
    shot = plan([body("spring")], [], duration_s=1)
    motion = solve(shot)
    assert "spring" in motion.strands
    assert body_items(shot, motion) == ()
