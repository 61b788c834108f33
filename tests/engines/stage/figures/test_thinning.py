"""Puppets are as fine as the picture shows them."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.figures.anatomy import hand
from flow_nb.engines.stage.figures.build import Build, dealt
from flow_nb.engines.stage.figures.cast import body_puppet, pixel_m, roughness
from flow_nb.engines.stage.figures.thinning import thinned
from flow_nb.plan.plan import Camera
from flow_nb.props.skeleton import skeleton
from tests.physics.conftest import body, plan


def triangles(noun: str, size: str, height_px: int) -> int:
    one = body("mara", "person").model_copy(update={"noun": noun})
    shot = plan([one], []).model_copy(update={"camera": Camera(size=size)})
    rough = roughness(shot, height_px)
    made = body_puppet(one, 0, rough, pixel_m(shot, one, height_px))
    return sum(len(part.faces) for part in made.parts)


@pytest.mark.parametrize("noun", ["woman", "worker"])
def test_a_person_in_a_wide_sketch_has_at_most_12000_triangles(noun: str) -> None:
    assert triangles(noun, "wide", 360) <= 12_000


def test_a_thinned_hand_has_its_surface_where_it_was() -> None:
    bones = skeleton()
    build = Build(skeleton=bones, traits=dealt(np.random.default_rng(1), child=False))
    fine = hand(build, "left").mesh(0.008)
    thin = thinned(fine, 0.02)
    assert len(thin.faces) < 0.5 * len(fine.faces)
    away = np.linalg.norm(thin.vertices[:, None] - fine.vertices[None], axis=2).min(axis=1)
    assert away.max() < 0.016
    assert np.allclose(thin.weights.sum(axis=1), 1.0, atol=1e-5)
    assert np.allclose(np.linalg.norm(thin.normals, axis=1), 1.0, atol=1e-4)


def test_a_close_up_is_not_thinned() -> None:
    assert triangles("woman", "close-up", 360) > 40_000
