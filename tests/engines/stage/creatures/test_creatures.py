"""Animals on their own legs: by formula, no solver and no renderer."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from flow_nb.engines.stage.creatures.breeds import breed_of, breeds
from flow_nb.engines.stage.creatures.cast import Creature, creature, creatures, is_creature
from flow_nb.engines.stage.creatures.coats import kept
from flow_nb.engines.stage.creatures.flocks import flock_of, flocks
from flow_nb.engines.stage.creatures.gaits import gait_of, steps
from flow_nb.engines.stage.creatures.model import ball
from flow_nb.engines.stage.creatures.postures import postures
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Pliant
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Action, Body, Plan
from flow_nb.props.archetypes import archetypes
from tests.engines.stage.figures.people import people_motion, people_plan

TIMES = np.arange(0, 1.0, 1 / 12)


def animal(noun: str, prop: str = "", **more: object) -> Body:
    prop = prop or noun
    return Body(name=noun, noun=noun, prop=prop, material=archetypes()[prop].material, **more)  # type: ignore[arg-type]


def shown(body: Body, *, speed_m_s: float = 0.0, actions: tuple[Action, ...] = ()) -> tuple[Plan, Motion, tuple[Pliant, ...]]:  # fmt: skip
    plan = people_plan(body, actions=actions)
    motion = people_motion(plan, speed_m_s=speed_m_s)
    return plan, motion, creatures(plan, motion, TIMES, 180)


@cache
def rough(name: str) -> Creature:
    kind = flocks().get(name) or breeds()[name]
    return creature(kind, 1.0, None, 1, 2.0, 0.0)


def lowest_m(pliants: tuple[Pliant, ...], frame: int) -> float:
    return min(float(pliant.shape.at(frame).vertices[:, 2].min()) for pliant in pliants)  # type: ignore[union-attr]


def test_a_fox_is_no_dog_a_camel_no_horse_and_a_deer_no_card():
    for noun in ("fox", "camel", "deer", "wolf", "zebra", "tiger", "goat"):
        body = animal(noun)
        assert breed_of(body).name == noun
        assert archetypes()[noun].kind == "animal"
    assert flock_of(animal("owl")).name == "owl"


def test_a_fox_has_a_white_tip_a_bush_and_pointed_ears_where_a_dog_has_none():
    fox, dog = breeds()["fox"], breeds()["dog"]
    assert (fox.ear, dog.ear) == ("point", "hang")
    assert fox.tail[2] > 3 * dog.tail[2]
    looks = {part.look.colour for part in rough("fox").parts}
    assert srgb("#f6efe2") in looks and srgb(fox.colour) in looks


def test_a_noun_calls_for_its_own_breed_before_the_archetype():
    assert breed_of(animal("panda", "bear")).name == "panda"
    assert breed_of(animal("horse")).name == "horse"
    assert flock_of(animal("swan", "duck")).name == "swan"


def test_an_animal_of_wood_or_rubber_is_the_toy_that_its_archetype_is():
    toy = Body(name="toy", noun="rocking horse", prop="horse", material="wood")
    assert not is_creature(toy)


def test_a_told_colour_is_the_coats():
    black = creature(breeds()["cat"], 1.0, "#2a2a2e", 1, 2.0, 0.0)
    looks = [(part.look.colour, len(part.faces)) for part in black.parts]
    assert max(looks, key=lambda row: row[1])[0] == srgb("#2a2a2e")
    assert all(colour != srgb(breeds()["cat"].colour) for colour, _ in looks)


@pytest.mark.parametrize(("noun", "prop"), [("fox", "fox"), ("horse", "horse"), ("owl", "owl"), ("pig", "pig")])
def test_nothing_floats_and_nothing_sinks(noun: str, prop: str):
    _, _, pliants = shown(animal(noun, prop))
    assert abs(lowest_m(pliants, 0)) < 0.005


def test_feet_that_carry_stay_where_they_are():
    for speed in (0.6, 1.1, 2.0, 4.0):
        count = 3 * POSE_RATE_HZ
        places = np.zeros((count, 3))
        places[:, 0] = speed * np.arange(count) / POSE_RATE_HZ
        homes = np.array([[0.25, 0.07], [0.25, -0.07], [-0.25, 0.07], [-0.25, -0.07]])
        made = steps(places, np.zeros(count), homes, 0.4)
        inner = slice(POSE_RATE_HZ // 2, -POSE_RATE_HZ // 2)
        for leg in range(4):
            sole, carries = made.soles_m[inner, leg], made.swing[inner, leg] == 0
            slide = np.linalg.norm(np.diff(sole[:, :2], axis=0), axis=1)[carries[1:] & carries[:-1]]
            assert slide.max() < 1e-6
            assert carries.any() and not carries.all()


def test_legs_move_when_a_dog_walks_and_stand_when_it_stands():
    _, _, walking = shown(animal("dog"), speed_m_s=1.0)
    coat = max(walking, key=lambda pliant: len(pliant.faces))  # type: ignore[arg-type]
    low = [coat.shape.at(i).vertices - np.array([TIMES[i], 0, 0]) for i in (0, 3, 6)]  # type: ignore[union-attr]
    feet = low[0][:, 2] < 0.10
    moved = [np.linalg.norm(low[i][feet] - low[0][feet], axis=1).max() for i in (1, 2)]
    assert max(moved) > 0.12
    assert gait_of(1.0, 0.4).name == "walk"


def test_who_sits_is_lower_behind_and_who_sleeps_lies_with_shut_eyes():
    sits = Action(verb="sit", body="dog", lemma="sit")
    _, _, sitting = shown(animal("dog"), actions=(sits,))
    _, _, standing = shown(animal("dog"))
    tops = [max(float(p.shape.at(6).vertices[:, 2].max()) for p in one) for one in (standing, sitting)]  # type: ignore[union-attr]
    back = [_rump_m(one) for one in (standing, sitting)]
    assert back[1] < back[0] - 0.12 and tops[1] > 0.8 * tops[0]
    assert lowest_m(sitting, 6) > -0.03
    sleeps = people_plan(animal("dog"), actions=(Action(verb="lie", body="dog", lemma="sleep"),))
    does = postures(sleeps, "dog", TIMES)
    assert does.sleeps[0] == does.lies[0] == 1.0


def _rump_m(pliants: tuple[Pliant, ...]) -> float:
    coat = max(pliants, key=lambda pliant: len(pliant.faces))  # type: ignore[arg-type]
    vertices = coat.shape.at(6).vertices  # type: ignore[union-attr]
    behind = vertices[:, 0] < np.quantile(vertices[:, 0], 0.25)
    return float(vertices[behind, 2].max())


def test_a_bird_folds_its_wings_on_the_ground_and_spreads_them_in_the_air():
    flies = Action(verb="fly", body="eagle", lemma="fly", start_s=0.0)
    spans = []
    for actions in ((), (flies,)):
        _, _, pliants = shown(animal("eagle"), actions=actions)
        spans.append(max(float(np.ptp(p.shape.at(11).vertices[:, 1])) for p in pliants))  # type: ignore[union-attr]
    assert spans[1] > 3 * spans[0]


def test_a_cut_coat_loses_none_of_its_surface():
    whole = ball("head", np.zeros(3), 0.1)
    field = whole.vertices[:, 0] + 0.3 * whole.vertices[:, 1] - np.float32(0.013)
    parts = [kept(whole, field), kept(whole, -field)]
    assert sum(map(_area, parts)) == pytest.approx(_area(whole), rel=1e-5)
    assert all(len(part.faces) for part in parts)


def _area(lump: object) -> float:
    a, b, c = (lump.vertices[lump.faces[:, i]] for i in range(3))  # type: ignore[attr-defined]
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)
