from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from flow_nb.engines.base import Format
from flow_nb.errors import MediaError, ShotError
from flow_nb.media.passes import pass_frames, write_pass
from flow_nb.passes import pass_kinds

FORM = Format(width=64, height=36, fps=Fraction(24))


@pytest.mark.parametrize(("shape", "kind"), [((36, 64), np.uint16), ((36, 64, 3), np.uint8)])
def test_a_pass_comes_back_bit_for_bit(tmp_path, shape, kind):
    rng = np.random.default_rng(1)
    planes = [rng.integers(0, np.iinfo(kind).max + 1, shape).astype(kind) for _ in range(5)]
    path = tmp_path / "shot.depth.mkv"
    assert write_pass(path, FORM, planes) == 5
    for wrote, read in zip(planes, pass_frames(path), strict=True):
        assert (wrote == read).all()


def test_a_pass_that_fails_leaves_nothing(tmp_path):
    def planes():
        yield np.zeros((36, 64), np.uint16)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_pass(tmp_path / "shot.depth.mkv", FORM, planes())
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_pass_says_so(tmp_path):
    (tmp_path / "x.mkv").write_bytes(b"no film")
    with pytest.raises(MediaError, match=r"x\.mkv.*not a readable pass"):
        list(pass_frames(tmp_path / "x.mkv"))


def test_kinds_are_read_and_a_wrong_one_lists_the_choices():
    assert pass_kinds(" Depth, segmentation,depth") == ("depth", "segmentation")
    with pytest.raises(ShotError, match=r'no pass "dept".*depth'):
        pass_kinds("dept")
