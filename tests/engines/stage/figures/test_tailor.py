"""What the text tells of somebody is what somebody has on."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.director.grammar import Grammar
from flow_nb.engines.stage.figures.cast import body_puppet
from flow_nb.engines.stage.figures.tailor import garment, shaped, tailored
from flow_nb.engines.stage.figures.wardrobe import Outfit, outfit
from flow_nb.engines.stage.looks import srgb
from flow_nb.plan.bodies import Body, Trait
from flow_nb.plan.shot import make_shot


def body_of(text: str) -> Body:
    return Grammar().read(make_shot("tailor", text)).bodies[0]


def worn(body: Body) -> Outfit:
    rng = np.random.default_rng(1)
    return tailored(outfit(body.noun, body.age, body.colour, rng), body.traits)


def test_a_red_dress_is_red_and_a_dress():
    body = body_of("A woman in a red dress stands in the living room.")
    found = worn(body)
    assert (found.row.top, found.row.bottom, found.top) == ("dress", "none", body.colour)
    made = body_puppet(body, 3, 2.4)
    red = next(part for part in made.parts if part.look.colour == srgb(found.top))
    skirt = red.vertices[red.vertices[:, 2] < 0.6]
    assert len(skirt) > 50 and skirt[:, 2].min() < 0.5
    assert np.ptp(skirt[:, 0]) > 0.35


@pytest.mark.parametrize(
    ("text", "slot", "cut"),
    [
        ("A man in a blue suit walks.", "top", "suit"),
        ("A girl in a yellow raincoat runs.", "top", "coat"),
        ("A woman in a black skirt waves.", "bottom", "skirt"),
        ("A boy in a grey hoodie sits.", "top", "sweater"),
        ("A man in blue jeans walks.", "bottom", "trousers"),
    ],
)
def test_garments_have_their_cut(text: str, slot: str, cut: str):
    body = body_of(text)
    found = worn(body)
    assert getattr(found.row, slot) == cut
    told = next(trait.colour for trait in body.traits if garment(trait.word))
    assert told in (found.top, found.bottom)


def test_an_apron_a_scarf_and_a_beard_are_put_on_in_their_colours():
    chef = worn(body_of("A chef in a white apron cooks."))
    assert "apron" in chef.extras and chef.trims["apron"] == "#f2efe8" or chef.trims["apron"]
    woman = worn(body_of("A woman with a red scarf waves."))
    assert "scarf" in woman.extras and woman.trims["scarf"] == "#b23a32"
    man = worn(body_of("A man with a red beard laughs."))
    assert "beard" in man.extras and man.hair_colour == "#a3481f"


def test_blonde_is_the_hair_and_not_the_dress():
    body = body_of("A blonde girl laughs.")
    assert body.colour is None
    assert body.traits == (Trait(word="hair", colour="#d8b26a"),)


def test_builds_differ():
    people = [body_of(f"A {word} man laughs.") for word in ("fat", "thin", "muscular")]
    spread = []
    for body in people:
        made = body_puppet(body, 3, 2.4)
        cloth = np.concatenate([p.vertices for p in made.parts if p.look.texture == "felt"])
        waist = cloth[(cloth[:, 2] > 1.0) & (cloth[:, 2] < 1.1) & (np.abs(cloth[:, 0]) < 0.22)]
        spread.append(float(np.ptp(waist[:, 1])))
    fat, thin, muscular = spread
    assert fat > 1.25 * muscular > 1.25 * thin or fat > 1.4 * thin
    assert shaped.__doc__
