import numpy as np
import pytest

from flow_nb.shield.marks.audio_pattern import CHIPS, CODE, ROWS, Pattern, row_edges_hz

KEY = b"a key"
PAYLOAD = 0xC0FFEE42


def test_rows_reach_from_300_hz_to_7_khz_and_widen() -> None:
    edges = row_edges_hz()
    assert edges[0] == 300
    assert 7_000 <= edges[-1] < 7_300
    assert (np.diff(np.diff(edges)) >= 0).all()
    assert len(edges) == ROWS + 1


def read(cells: np.ndarray, key: bytes = KEY) -> int | None:
    (found,) = CODE.decode(Pattern(key).gather(cells[None].astype(np.float32)))
    return found.payload if found else None


def test_cells_say_the_payload_to_who_has_the_key() -> None:
    cells = Pattern(KEY).cells(PAYLOAD)
    assert read(cells) == PAYLOAD
    assert read(cells, b"another") is None


@pytest.mark.parametrize("first", [0, 9, ROWS - 7])
def test_seven_rows_of_a_tone_hold_the_payload(first: int) -> None:
    cells = np.zeros((ROWS, CHIPS))
    cells[first : first + 7] = Pattern(KEY).cells(PAYLOAD)[first : first + 7]
    assert read(cells) == PAYLOAD


@pytest.mark.parametrize("first", [0, 21, CHIPS - 8])
def test_eight_chips_of_a_stroke_hold_the_payload(first: int) -> None:
    cells = np.zeros((ROWS, CHIPS))
    cells[:, first : first + 8] = Pattern(KEY).cells(PAYLOAD)[:, first : first + 8]
    assert read(cells) == PAYLOAD


def test_a_quarter_are_pilots_and_keys_share_no_signs() -> None:
    one, other = Pattern(KEY).pilots, Pattern(b"another").pilots
    assert np.mean(one != 0) == pytest.approx(0.25, abs=0.01)
    assert (one == Pattern(KEY).cells(PAYLOAD))[one != 0].all()
    assert abs(float(np.mean(one[one != 0] * other[one != 0]))) < 0.15
