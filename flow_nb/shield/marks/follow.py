"""The camera's motion, followed. In: small luma frames in order. Out: a `Step` for each.

The mark clings to what the camera sees, so that an encoder predicts it along with the picture and no
eye tells it from the picture. Writer and reader follow with the same eyes: corners of an anchor frame
are found again by optical flow in every later one, and the similarity that most of them agree on
maps the first frame of the shot onto the present one. Where too few agree, a new shot begins.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

FOLLOW_WIDTH = 240  # longer side, in pixels
_MAX_CORNERS = 90
_FEWEST_CORNERS = 12
_FEWEST_AGREEING, _MOST_AGREE = 0.3, 0.9
_MOST_ZOOM = 1.35
_AGREE_PX = 0.75
_STILL_PX = 0.08
THUMB = (40, 24)
_RENEW_SHARE = 0.6
_BLOCK_PX = 12
_VOTE_LEVELS = 0.3
_MOST_VOTES = 2.0
_ALIKE = 0.6
_PLAIN_LEVELS = 3.0

Matrix = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """How the first frame of a shot lies in the present one."""

    first: bool
    """A new shot begins with this frame."""
    matrix: Matrix
    """3×3, from places in the first frame to places in this one, in frame widths."""


class Follower:
    """Follows one stream of frames."""

    def __init__(self) -> None:
        self._anchor: NDArray[np.uint8] | None = None
        self._last: NDArray[np.uint8] | None = None
        self._corners: NDArray[np.float32] = np.empty((0, 1, 2), np.float32)
        self._now = self._corners
        self._to_anchor = np.eye(3)
        self._matrix = np.eye(3)
        self._started_with = 0
        self._thumb = np.zeros(THUMB[::-1], np.uint8)

    def follow(self, small: NDArray[np.uint8]) -> Step:
        """The next frame, all of one size (h, w) with a longer side of 240."""
        small = small.copy()
        thumb = np.asarray(cv2.resize(small, THUMB, interpolation=cv2.INTER_AREA), np.uint8)
        before, self._thumb = self._thumb, thumb
        last, self._last = self._last, small
        if last is None or last.shape != small.shape:
            return self._begin(small)
        moved = self._found_again(small)
        if moved is None and last is not self._anchor:
            self._take_as_anchor(last)
            moved = self._found_again(small)
        if moved is not None:
            self._matrix = moved @ self._to_anchor
            if len(self._now) < _RENEW_SHARE * self._started_with:
                self._take_as_anchor(small)
        elif is_cut(before, thumb):
            return self._begin(small)
        scale = np.hypot(*self._matrix[:2, 0])
        if not 1 / _MOST_ZOOM < scale < _MOST_ZOOM:
            return self._begin(small)
        return Step(first=False, matrix=in_units(self._matrix, 1 / max(small.shape)))

    def _begin(self, small: NDArray[np.uint8]) -> Step:
        self._matrix = np.eye(3)
        self._take_as_anchor(small)
        return Step(first=True, matrix=np.eye(3))

    def _take_as_anchor(self, small: NDArray[np.uint8]) -> None:
        self._anchor = small
        self._to_anchor = self._matrix
        corners = cv2.goodFeaturesToTrack(small, _MAX_CORNERS, 0.01, 8)
        none = np.empty((0, 1, 2), np.float32)
        self._corners = none if corners is None else np.asarray(corners, np.float32)
        self._now = self._corners
        self._started_with = len(self._corners)

    def _found_again(self, small: NDArray[np.uint8]) -> Matrix | None:
        """The similarity from the anchor to this frame; still where there is nothing to follow."""
        anchor = self._anchor
        if anchor is None or len(self._corners) < _FEWEST_CORNERS:
            return None
        ends, found, _ = cv2.calcOpticalFlowPyrLK(
            anchor, small, self._corners, self._now.copy(), winSize=(15, 15), maxLevel=3,
            flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
            criteria=(cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 12, 0.02),
        )  # fmt: skip
        h, w = small.shape
        inside = ((ends > 2) & (ends < (w - 3, h - 3))).all(axis=(1, 2)) & (found[:, 0] == 1)
        if inside.sum() < _FEWEST_CORNERS:
            return None
        starts, ends = self._corners[inside], ends[inside]
        if np.median(np.abs(ends - starts)) < _STILL_PX:
            self._corners, self._now = starts, ends
            return np.eye(3)
        fitted, agree = cv2.estimateAffinePartial2D(
            starts, ends, method=cv2.RANSAC, ransacReprojThreshold=_AGREE_PX, maxIters=200,
            confidence=0.98, refineIters=5,
        )  # fmt: skip
        if fitted is None or agree.mean() < _FEWEST_AGREEING:
            return None
        if agree.mean() < _MOST_AGREE and not _explains(fitted, anchor, small):
            return None
        kept = agree[:, 0] == 1
        self._corners, self._now = starts[kept], ends[kept]
        return np.vstack([fitted, [0, 0, 1]])


def _explains(fitted: Matrix, anchor: NDArray[np.uint8], small: NDArray[np.uint8]) -> bool:
    """Whether the motion tells the picture better than stillness does, nearly everywhere.

    Blocks vote, for a few bodies with hard edges would outweigh a soft ground that stands still.
    """
    h, w = small.shape
    still = cv2.absdiff(anchor, small)
    moved = cv2.warpAffine(anchor, fitted, (w, h), flags=cv2.INTER_LINEAR)
    seen = cv2.warpAffine(np.full_like(anchor, 255), fitted, (w, h), flags=cv2.INTER_NEAREST)
    left = cv2.bitwise_and(cv2.absdiff(moved, small), seen)
    better = cv2.subtract(cv2.bitwise_and(still, seen), left, dtype=cv2.CV_32F)
    votes = cv2.resize(
        better, (max(1, w // _BLOCK_PX), max(1, h // _BLOCK_PX)), interpolation=cv2.INTER_AREA
    )
    against = np.count_nonzero(votes < -_VOTE_LEVELS)
    return bool(np.count_nonzero(votes > _VOTE_LEVELS) > _MOST_VOTES * against)


def is_cut(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> bool:
    """Whether two neighbours have too little in common, told by the correlation of their thumbs."""
    a, b = before - before.mean(), after - after.mean()
    power = np.sqrt((a * a).mean() * (b * b).mean())
    if min(a.std(), b.std()) < _PLAIN_LEVELS:
        return bool(
            abs(before.mean() - after.mean()) > 4 * _PLAIN_LEVELS
            or max(a.std(), b.std()) > 4 * _PLAIN_LEVELS
        )
    return bool((a * b).mean() < _ALIKE * power)


def in_units(matrix: Matrix, long_side: float) -> Matrix:
    """A motion in frame widths as one in units of which the longer side measures ``long_side``."""
    scaled = matrix.copy()
    scaled[:2, 2] *= long_side
    return scaled
