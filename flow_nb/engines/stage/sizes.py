"""Shot sizes and angles in numbers. In: one by name. Out: how much of the picture a subject and its way
take, from how high they are seen."""

from __future__ import annotations

from flow_nb.plan.plan import Camera

FILL = {"extreme wide": 0.2, "wide": 0.40, "full": 0.70, "medium": 0.86, "medium close-up": 1.5,
        "close-up": 2.6, "extreme close-up": 5.0}  # fmt: skip
"""The share of the picture that the whole way takes; more than 1: the camera goes along with it."""
LIFT = {"extreme wide": 0.2, "wide": 0.17, "full": 0.06, "medium": 0.04, "medium close-up": 0.03,
        "close-up": 0.03, "extreme close-up": 0.0}  # fmt: skip
"""How far the aim lies above the middle of the way: in a wide shot the subject stands in the lower
third and the set has the rest."""
LEAST_SUBJECTS = {
    "extreme wide": 14.0, "wide": 7.0, "full": 4.6, "medium": 3.2, "medium close-up": 2.9,
    "close-up": 2.6, "extreme close-up": 1.45,
}  # fmt: skip

RISE_DEG = {
    "eye level": 12.0, "low": -1.0, "high": 34.0, "overhead": 78.0, "dutch": 7.0,
    "over the shoulder": 6.0, "point of view": 8.0,
}  # fmt: skip
FACE_RISE_DEG = {"eye level": 1.5, "low": -14.0, "high": 26.0, "overhead": 72.0}
"""For persons a camera at eye level is level."""
LOW_CAMERAS_M = (0.14, 0.30, 0.46, 0.62, 0.80, 0.95)
"""Heights for a low angle: the lowest from which the subject is not hidden behind a table's top."""
WHOLE = ("extreme wide", "wide", "full")
"""Sizes that show a person from head to foot."""
EYE_LEVEL_M, LEVEL_DEG = 1.6, 3.5
"""What is as large as a person is seen from a person's eyes."""


def rise_deg(words: Camera, size_m: float, *, person: bool) -> float:
    """How far above its aim the camera stands, as an angle, for a subject of that size."""
    angle = words.angle
    if person:
        level = FACE_RISE_DEG.get(angle, FACE_RISE_DEG["eye level"])
        return level + (4.0 if words.size in WHOLE and angle == "eye level" else 0.0)
    if angle == "eye level" and size_m > EYE_LEVEL_M:
        return LEVEL_DEG
    return RISE_DEG[angle] * (0.45 if words.size in ("wide", "extreme wide") else 1)
