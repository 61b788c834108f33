from __future__ import annotations

import numpy as np
import pytest

from flow_nb.props.archetypes import Piece
from flow_nb.props.carving import carved
from flow_nb.props.shapes import centroid_m, piece_mesh, volume_m3


def pieces(line: str) -> list[Piece]:
    return [Piece(**fields) for fields in carved("test", line)]


def mesh(line: str, **how: int):
    return piece_mesh(pieces(line)[0], **how)


def test_an_egg_has_an_eggs_volume():
    egg = mesh("ellipsoid .2 .3 .4", turns=200)
    assert volume_m3(egg) == pytest.approx(np.pi / 6 * 0.2 * 0.3 * 0.4, rel=2e-3)
    assert egg.vertices[:, 2].min() == pytest.approx(0)


def test_a_higher_power_fills_the_box():
    box = 0.2 * 0.3 * 0.4
    shares = [volume_m3(mesh(f"ellipsoid .2 .3 .4 power {p}", turns=96)) / box for p in (2, 4, 8)]
    assert shares == sorted(shares)
    assert shares[-1] > 0.85


def test_a_straight_tube_is_a_capsule():
    tube = mesh("tube 0 0 .1 .05  .3 0 .1 .05", turns=192)
    whole = np.pi * 0.05**2 * 0.3 + 4 / 3 * np.pi * 0.05**3
    assert volume_m3(tube) == pytest.approx(whole, rel=0.03)


def test_an_outline_may_be_hollow_and_run_either_way():
    there = mesh("prism .5  0 0  2 0  2 1  1 .5  0 1")
    back = mesh("prism .5  0 1  1 .5  2 1  2 0  0 0")
    assert volume_m3(there) == pytest.approx(0.75)
    assert volume_m3(back) == pytest.approx(0.75)


def test_a_bevel_takes_something_away_and_leaves_the_size():
    sharp, soft = mesh("prism .5 0 0 1 0 1 1 0 1"), mesh("prism .5 0 0 1 0 1 1 0 1 bevel .1")
    assert volume_m3(soft) < volume_m3(sharp)
    assert np.ptp(soft.vertices, axis=0) == pytest.approx(np.ptp(sharp.vertices, axis=0))


@pytest.mark.parametrize(
    "line",
    ["cylinder .1 .4", "cone .1 .05 .4", "capsule .1 .4", "torus .2 .05", "box .1 .2 .4 bevel .01"],
)
def test_what_is_turned_turns_about_its_own_middle(line):
    upright, lying = mesh(f"{line} mid 1 2 3"), mesh(f"{line} mid 1 2 3 turn 90 0 0")
    middle = (lying.vertices.min(0) + lying.vertices.max(0)) / 2
    assert middle == pytest.approx([1, 2, 3], abs=1e-5)
    assert volume_m3(lying) == pytest.approx(volume_m3(upright), rel=1e-4)
    span = np.ptp(upright.vertices, axis=0)
    assert np.ptp(lying.vertices, axis=0) == pytest.approx(span[[0, 2, 1]], abs=1e-5)


@pytest.mark.parametrize(
    "line",
    [
        "wedge .4 .2 .3 at .5 .1 0 turn 0 0 20",
        "prism .1 0 0 .3 0 .1 .2 at .5 .1 0 turn 10 20 30",
        "tube .2 .1 .1 .02 .4 .2 .3 .05 .6 .1 .2 .01",
        "box .1 .2 .3 at .4 .3 0 turn 15 25 35",
    ],
)
@pytest.mark.parametrize(("word", "signs"), [("mx", (-1, 1, 1)), ("my", (1, -1, 1))])
def test_a_mirrored_piece_is_the_mirror_image(line, word, signs):
    own, other = (piece_mesh(piece) for piece in pieces(f"{line} {word}"))
    assert centroid_m(other) == pytest.approx(centroid_m(own) * signs, abs=2e-4)
    extremes = own.vertices * np.array(signs)
    assert other.vertices.min(0) == pytest.approx(extremes.min(0), abs=2e-3)
    assert other.vertices.max(0) == pytest.approx(extremes.max(0), abs=2e-3)


def test_a_ring_and_a_row_are_copies_in_their_places():
    ring = pieces("sphere .1 at 1 0 0 ring 4")
    assert np.round([p.at_m for p in ring], 6).tolist() == [
        [1, 0, 0],
        [0, 1, 0],
        [-1, 0, 0],
        [0, -1, 0],
    ]
    assert [p.at_m for p in pieces("sphere .1 row 3 0 0 .5")] == [(0, 0, 0), (0, 0, 0.5), (0, 0, 1)]


def test_only_what_is_starred_collides():
    assert [p.collides for p in pieces("*sphere .1\nsphere .2 // for the eye")] == [True, False]
    assert [p.collides for p in pieces("sphere .1\nsphere .2")] == [True, True]


def test_a_line_that_cannot_be_read_is_named():
    with pytest.raises(ValueError, match=r'prop "duck", line "blob \.2"'):
        list(carved("duck", "sphere .1\nblob .2"))
