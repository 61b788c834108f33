"""The solved plan. In: the solver's states. Out: `Motion`, read-only arrays that picture and sound share.

Times are seconds from the first frame; lengths metres; masses kilograms; quaternions (w, x, y, z);
z is up, x to the camera's right, y away from the camera.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from flow_nb.plan.events import Check, Event, EventKind
from flow_nb.plan.forms import Drops, Form, Mesh, Strand, Surface
from flow_nb.plan.touches import CONTACT, RUB

__all__ = [
    "CONTACT", "POSE_RATE_HZ", "RUB", "Check", "Drops", "Event", "EventKind", "Mesh", "Motion",
    "Strand", "Surface",
]  # fmt: skip

SCHEMA = "flow_nb.Motion.2"
POSE_RATE_HZ = 240


@dataclass(frozen=True, kw_only=True, slots=True)
class Motion:
    """Poses, touches and events of one shot.

    ``positions_m`` (t, n, 3) is where the body's frame is, ``quaternions`` (t, n, 4) how it is
    turned, both at 240 Hz from 0 to ``duration_s`` inclusive, for the n bodies in ``names``
    (fragments are ``glass/7``, bones ``mara/hand-left``; both follow their parent's column). A body
    exists from ``born_s`` until just before ``gone_s``. ``materials`` and ``masses_kg`` go with
    ``names``. ``fragments`` holds the mesh of every body that was made by breakage. ``cords`` holds
    the point (3,) from which a body hangs; its cord runs from there to the body's highest point at
    rest. ``surfaces``, ``strands`` and ``drops`` hold what bends and flows, by body. ``energy_j`` (t,)
    is kinetic plus potential, ``momentum_n_s`` (t, 3) that of everything that moves freely.
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
    checks: tuple[Check, ...] = ()
    momentum_n_s: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 3)))
    surfaces: Mapping[str, Surface] = field(default_factory=lambda: MappingProxyType({}))
    strands: Mapping[str, Strand] = field(default_factory=lambda: MappingProxyType({}))
    drops: Mapping[str, Drops] = field(default_factory=lambda: MappingProxyType({}))
    fragments: Mapping[str, Mesh] = field(default_factory=lambda: MappingProxyType({}))
    cords: Mapping[str, tuple[float, float, float]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
            elif isinstance(value, Mapping):
                object.__setattr__(self, name, MappingProxyType(dict(value)))

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
            "checks": [asdict(check) for check in self.checks],
            "warnings": self.warnings,
            "cords": dict(self.cords),
        }
        arrays: dict[str, Any] = {name: getattr(self, name) for name in _ARRAYS}
        for place in _FORMS:
            rows = {name: _split(form) for name, form in getattr(self, place).items()}
            head[place] = [[name, scalars] for name, (scalars, _) in rows.items()]
            for i, (_, parts) in enumerate(rows.values()):
                arrays |= {f"{place}.{i}.{key}": part for key, part in parts.items()}
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
                checks=tuple(Check(**check) for check in head["checks"]),
                warnings=tuple(head["warnings"]),
                cords={name: (p[0], p[1], p[2]) for name, p in head["cords"].items()},
                **cls._bulk(npz, head),
            )

    @staticmethod
    def _bulk(npz: Any, head: dict[str, Any]) -> dict[str, Any]:
        arrays = {name: npz[name] for name in _ARRAYS}
        return arrays | {place: _forms(npz, head, place) for place in _FORMS}


def _split(form: Form) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """A form's plain values, and its arrays."""
    values = {f.name: getattr(form, f.name) for f in fields(form)}
    arrays = {key: value for key, value in values.items() if isinstance(value, np.ndarray)}
    return {key: value for key, value in values.items() if key not in arrays}, arrays


def _forms(npz: Any, head: dict[str, Any], place: str) -> dict[str, Any]:
    found = {}
    for i, (name, scalars) in enumerate(head[place]):
        keys = [f.name for f in fields(_FORMS[place]) if f.name not in scalars]
        found[name] = _FORMS[place](**scalars, **{key: npz[f"{place}.{i}.{key}"] for key in keys})
    return found


_FORMS: dict[str, Any] = {
    "fragments": Mesh, "surfaces": Surface, "strands": Strand, "drops": Drops
}  # fmt: skip
_ARRAYS = (
    "masses_kg", "sizes_m", "positions_m", "quaternions", "born_s", "gone_s", "contacts", "rubs",
    "energy_j", "momentum_n_s",
)  # fmt: skip
