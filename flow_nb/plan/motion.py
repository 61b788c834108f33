"""The solved plan. In: the solver's states. Out: `Motion`, read-only arrays that picture and sound share.

Times are seconds from the first frame; lengths metres; masses kilograms; quaternions (w, x, y, z);
z is up, x to the camera's right, y away from the camera.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

SCHEMA = "flow_nb.Motion.1"
POSE_RATE_HZ = 240

CONTACT = np.dtype(
    [
        ("time_s", "f8"),
        ("a", "i4"),
        ("b", "i4"),
        ("point_m", "f4", 3),
        ("normal", "f4", 3),
        ("normal_speed_m_s", "f4"),
        ("tangent_speed_m_s", "f4"),
        ("impulse_n_s", "f4"),
    ]
)
"""One touch: the instant it began, the two bodies (index into ``names``, -1 is the set), the
closing speed along the normal (which points from a to b) and across it just before, and the
normal impulse over the whole touch."""

RUB = np.dtype(
    [
        ("time_s", "f8"),
        ("a", "i4"),
        ("b", "i4"),
        ("point_m", "f4", 3),
        ("slip_m_s", "f4"),
        ("roll_m_s", "f4"),
        ("force_n", "f4"),
    ]
)
"""One sample (at 240 Hz) of a lasting contact: how fast the surfaces slip on each other, how fast
the point of contact travels over b while they roll, and the normal force."""

EventKind = Literal["release", "impact", "break", "rest", "leave"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """What a film-maker would point at. ``closed_form_s`` is the instant that theory gives for it,
    from the state in which the body was last free; None where no formula applies."""

    time_s: float
    kind: EventKind
    body: str
    other: str = ""
    speed_m_s: float = 0.0
    impulse_n_s: float = 0.0
    closed_form_s: float | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mesh:
    """A closed triangle mesh in the body's frame: vertices (n, 3) float32 metres, faces (m, 3) int32."""

    vertices: NDArray[np.float32]
    faces: NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Motion:
    """Poses, touches and events of one shot.

    ``positions_m`` (t, n, 3) is where the body's frame is, ``quaternions`` (t, n, 4) how it is
    turned, both at 240 Hz from 0 to ``duration_s`` inclusive, for the n bodies in ``names``
    (fragments are ``glass/7`` and follow their parent). A body exists from ``born_s`` until just
    before ``gone_s``. ``materials`` and ``masses_kg`` go with ``names``. ``fragments`` holds the
    mesh of every body that was made by breakage. ``cords`` holds the point (3,) from which a body
    hangs; its cord runs from there to the body's highest point at rest. ``energy_j`` (t,) is kinetic
    plus potential.
    """

    duration_s: float
    names: tuple[str, ...]
    materials: tuple[str, ...]
    masses_kg: NDArray[np.float64]
    sizes_m: NDArray[np.float64]
    positions_m: NDArray[np.float32]
    quaternions: NDArray[np.float32]
    born_s: NDArray[np.float64]
    gone_s: NDArray[np.float64]
    contacts: NDArray[np.void]
    rubs: NDArray[np.void]
    energy_j: NDArray[np.float64]
    floor_material: str
    events: tuple[Event, ...] = ()
    warnings: tuple[str, ...] = ()
    fragments: Mapping[str, Mesh] = field(default_factory=lambda: MappingProxyType({}))
    cords: Mapping[str, tuple[float, float, float]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
        object.__setattr__(self, "fragments", MappingProxyType(dict(self.fragments)))
        object.__setattr__(self, "cords", MappingProxyType(dict(self.cords)))

    def index(self, name: str) -> int:
        """The column of a body; -1 for the set."""
        return self.names.index(name) if name in self.names else -1

    def name(self, index: int) -> str:
        """The body in a column; the set is ``"set"``."""
        return self.names[index] if index >= 0 else "set"

    def at(self, time_s: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Positions (n, 3) and quaternions (n, 4) at an instant, between samples by (s)lerp."""
        x = min(max(time_s, 0.0), self.duration_s) * POSE_RATE_HZ
        i = min(int(x), len(self.positions_m) - 2)
        w = np.float32(x - i)
        p = self.positions_m[i] * (1 - w) + self.positions_m[i + 1] * w
        q0, q1 = self.quaternions[i], self.quaternions[i + 1]
        q1 = np.where(np.sum(q0 * q1, axis=-1, keepdims=True) < 0, -q1, q1)
        q = q0 * (1 - w) + q1 * w
        return p, (q / np.linalg.norm(q, axis=-1, keepdims=True)).astype(np.float32)

    def to_bytes(self) -> bytes:
        """The .npz that the store keeps; no pickle inside."""
        head = {
            "schema": SCHEMA,
            "duration_s": self.duration_s,
            "names": self.names,
            "materials": self.materials,
            "floor_material": self.floor_material,
            "events": [asdict(event) for event in self.events],
            "warnings": self.warnings,
            "fragments": list(self.fragments),
            "cords": dict(self.cords),
        }
        arrays: dict[str, Any] = {name: getattr(self, name) for name in _ARRAYS}
        for i, mesh in enumerate(self.fragments.values()):
            arrays[f"vertices_{i}"], arrays[f"faces_{i}"] = mesh.vertices, mesh.faces
        out = io.BytesIO()
        np.savez_compressed(out, head=np.array(json.dumps(head)), **arrays)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Reads what `to_bytes` wrote. Raises ValueError for anything else."""
        with np.load(io.BytesIO(data), allow_pickle=False) as npz:
            head = json.loads(str(npz["head"]))
            if head["schema"] != SCHEMA:
                raise ValueError(f"{head['schema']} is not {SCHEMA}")
            return cls(
                duration_s=head["duration_s"],
                names=tuple(head["names"]),
                materials=tuple(head["materials"]),
                floor_material=head["floor_material"],
                events=tuple(Event(**event) for event in head["events"]),
                warnings=tuple(head["warnings"]),
                fragments={
                    name: Mesh(vertices=npz[f"vertices_{i}"], faces=npz[f"faces_{i}"])
                    for i, name in enumerate(head["fragments"])
                },
                cords={name: (p[0], p[1], p[2]) for name, p in head["cords"].items()},
                **{name: npz[name] for name in _ARRAYS},
            )


_ARRAYS = (
    "masses_kg", "sizes_m", "positions_m", "quaternions", "born_s", "gone_s", "contacts", "rubs",
    "energy_j",
)  # fmt: skip
