"""Hats. In: a `Build`, a name. Out: `Lump`s and `Clay` for the head, in two colours: hat and trim."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from flow_nb.engines.stage.figures.build import Build
from flow_nb.engines.stage.figures.clay import Blob, Clay, Lump, cut
from flow_nb.engines.stage.figures.face import hard
from flow_nb.engines.stage.picture import Singles
from flow_nb.plan.motion import Mesh
from flow_nb.props.shapes import lathe, rounded

STEP = 0.016
Outline = Sequence[tuple[float, float]]
Hat = dict[str, list[Lump]]


def hat(build: Build, name: str) -> Hat:
    """Lumps by colour: ``hat``, ``trim``. Raises KeyError for a hat that nobody made."""
    return HATS[name](build)


def _turned(build: Build, outline: Outline, *, lean: float = 6.0, z: float = 0.0,
            y: float = 0.035, wide: float = 0.93) -> Lump:  # fmt: skip
    """An outline (r, z) in head units turned about the head's axis, leaning back a little."""
    mesh = lathe(rounded(np.array(outline, float)), turns=40)
    turn = math.radians(lean)
    cos, sin = math.cos(turn), math.sin(turn)
    back = np.array([[1, 0, 0], [0, cos, -sin], [0, sin, cos]])
    pivot = np.array([0, 0, 0.75])
    local = (mesh.vertices * np.array([wide, 1, 1]) - pivot) @ back.T + pivot + np.array([0, y, z])
    vertices = local * build.head_m + build.head_at
    return hard("head", Mesh(vertices=vertices.astype(np.float32), faces=mesh.faces))


def _toque(build: Build) -> Hat:
    puff = Clay(
        blobs=tuple(
            _egg(build, (0.23 * math.cos(a), 0.06 + 0.23 * math.sin(a), 1.22 + 0.03 * (i % 2)),
                 (0.20, 0.20, 0.17), 0.05)
            for i, a in enumerate(np.arange(9) * 2 * math.pi / 9)
        ) + (_egg(build, (0, 0.06, 1.27), (0.30, 0.30, 0.17), 0.06),)
    )  # fmt: skip
    band = _turned(build, [(0, 0.80), (0.415, 0.80), (0.40, 1.16), (0, 1.16)])
    return {"hat": [puff.mesh(STEP * build.head_m * 1.2), band], "trim": []}


def _crown(build: Build) -> Hat:
    lumps = []
    points = 8
    turns = 64
    angle = np.arange(turns) * (2 * math.pi / turns)
    rise = np.abs((angle * points / (2 * math.pi)) % 1 - 0.5) * 2
    lower, upper = 0.80, 0.94 + 0.17 * rise
    inner, outer = 0.385, 0.415
    rings = [(outer, lower), (outer * 1.06, upper), (inner * 1.06, upper), (inner, lower)]
    rows = [np.stack([r * np.cos(angle), r * np.sin(angle) + 0.05, np.broadcast_to(z, (turns,))], 1)
            for r, z in rings]  # fmt: skip
    vertices = np.concatenate(rows) * build.head_m + build.head_at
    j, k = np.arange(turns), (np.arange(turns) + 1) % turns
    faces = []
    for row in range(4):
        a, b = row * turns, (row + 1) % 4 * turns
        faces += [np.stack([a + j, a + k, b + k], 1), np.stack([a + j, b + k, b + j], 1)]
    mesh = Mesh(vertices=vertices.astype(np.float32), faces=np.concatenate(faces).astype(np.int32))
    lumps.append(hard("head", mesh, crease_deg=30))
    gems = [
        Clay(blobs=(_egg(build, (0.43 * math.cos(a), 0.05 + 0.43 * math.sin(a), 0.885),
                         (0.035, 0.035, 0.04), 0.0),)).mesh(0.010 * build.head_m)
        for a in (np.arange(points) + 0.5) * 2 * math.pi / points
    ]  # fmt: skip
    return {"hat": lumps, "trim": gems}


def _bowl(*, brim: float, crown: float, band: bool = True) -> Callable[[Build], Hat]:
    def make(build: Build) -> Hat:
        top = [(0.0, 0.80), (brim, 0.785), (brim + 0.01, 0.80), (brim, 0.82), (0.425, 0.83),
               (0.41, 0.80 + crown * 0.55), (0.33, 0.80 + crown * 0.88), (0.16, 0.80 + crown),
               (0.0, 0.80 + crown * 1.02)]  # fmt: skip
        return {"hat": [_turned(build, top)], "trim": [_ribbon(build)] if band else []}

    return make


def _tall(*, brim: float, top: float, height: float) -> Callable[[Build], Hat]:
    def make(build: Build) -> Hat:
        outline = [(0.0, 0.80), (brim, 0.79), (brim + 0.012, 0.805), (brim, 0.825), (0.42, 0.835),
                   (top, 0.80 + height), (0.0, 0.80 + height)]  # fmt: skip
        return {"hat": [_turned(build, outline)], "trim": [_ribbon(build)]}

    return make


def _cone(*, brim: float) -> Callable[[Build], Hat]:
    def make(build: Build) -> Hat:
        outline = [(0.0, 0.80), (brim, 0.76), (brim + 0.015, 0.775), (brim, 0.795), (0.44, 0.83),
                   (0.27, 1.20), (0.12, 1.58), (0.02, 1.86), (0.0, 1.88)]  # fmt: skip
        return {"hat": [_turned(build, outline, lean=9)], "trim": [_ribbon(build)]}

    return make


def _ribbon(build: Build) -> Lump:
    outline = [(0.0, 0.835), (0.434, 0.835), (0.436, 0.86), (0.427, 0.915), (0.0, 0.915)]
    return _turned(build, outline)


def _visor(build: Build, low: float, out: float) -> Lump:
    peak = Clay(
        blobs=(_egg(build, (0, -0.16, low), (0.36, 0.28 + out, 0.20), 0.0),),
        carve=lambda total, points: cut(
            np.abs(total) - np.float32(0.012 * build.head_m),
            np.maximum(points[:, 1] - build.face(0, -0.26, 0)[1],
                       build.face(0, 0, low - 0.015)[2] - points[:, 2]).astype(np.float32),
            0.012 * build.head_m,
        ),
    )  # fmt: skip
    return peak.mesh(STEP * build.head_m)


def _cap(build: Build) -> Hat:
    return {"hat": [_dome(build, 0.77)], "trim": [_visor(build, 0.77, 0.16)]}


def _beanie(build: Build) -> Hat:
    rim = _turned(build, [(0.0, 0.72), (0.43, 0.72), (0.445, 0.78), (0.43, 0.85), (0.0, 0.85)])
    bob = Clay(blobs=(_egg(build, (0, 0.08, 1.10), (0.11, 0.11, 0.10), 0.0),))
    return {"hat": [_dome(build, 0.78)], "trim": [rim, bob.mesh(STEP * build.head_m)]}


def _police(build: Build) -> Hat:
    plate = _turned(build, [(0.0, 0.80), (0.425, 0.80), (0.42, 0.90), (0.52, 1.00), (0.50, 1.04),
                            (0.0, 1.07)])  # fmt: skip
    return {"hat": [plate], "trim": [_visor(build, 0.80, 0.10), _ribbon(build)]}


def _helmet(build: Build) -> Hat:
    rim = _turned(build, [(0.0, 0.72), (0.46, 0.70), (0.475, 0.715), (0.46, 0.74), (0.0, 0.76)])
    return {"hat": [_dome(build, 0.71, size=0.445)], "trim": [rim]}


def _hard_hat(build: Build) -> Hat:
    ridge = Clay(
        blobs=(_egg(build, (0, 0.05, 0.79), (0.05, 0.46, 0.36), 0.0),),
        carve=lambda total, points: cut(
            total, (build.face(0, 0, 0.82)[2] - points[:, 2]).astype(np.float32), 0.01
        ),
    )
    shell = [_dome(build, 0.80, size=0.44), ridge.mesh(STEP * build.head_m)]
    return {"hat": [*shell, _visor(build, 0.80, 0.12)], "trim": []}


def _space(build: Build) -> Hat:
    """A ball with a window for the face."""
    ball = Clay(
        blobs=(_egg(build, (0, 0.02, 0.52), (0.60, 0.60, 0.60), 0.0),),
        carve=lambda total, points: cut(
            np.abs(total) - np.float32(0.03 * build.head_m),
            -_egg(build, (0, -0.55, 0.50), (0.43, 0.50, 0.36), 0.0).distance(points),
            0.03 * build.head_m,
        ),
    )
    ring = _turned(build, [(0.0, -0.04), (0.44, -0.04), (0.46, 0.02), (0.42, 0.08), (0.0, 0.08)],
                   lean=0)  # fmt: skip
    return {"hat": [ball.mesh(STEP * build.head_m * 1.3)], "trim": [ring]}


def _knight(build: Build) -> Hat:
    shell = Clay(
        blobs=(_egg(build, (0, 0.02, 0.60), (0.44, 0.47, 0.46), 0.0),
               Blob(bone="head", start_m=build.face(0, 0.02, 0.50), end_m=build.face(0, 0, 0.10),
                    radius_m=0.43 * build.head_m, end_radius_m=0.36 * build.head_m,
                    soft_m=0.05 * build.head_m)),
        carve=_slot(build),
    )  # fmt: skip
    crest = Clay(blobs=(_egg(build, (0, 0.22, 1.10), (0.05, 0.34, 0.17), 0.0),))
    return {"hat": [shell.mesh(STEP * build.head_m * 1.2)],
            "trim": [crest.mesh(STEP * build.head_m)]}  # fmt: skip


def _slot(build: Build) -> Callable[[Singles, Singles], Singles]:
    def carve(total: Singles, points: Singles) -> Singles:
        x, y, z = build.local(points).T
        unit = np.float32(build.head_m)
        shell = np.abs(total) - np.float32(0.025) * unit
        eyes = np.maximum(np.abs(z - 0.52) - 0.10, np.abs(x) - 0.30)
        nose = np.maximum(np.abs(x) - 0.10, np.maximum(z - 0.52, 0.14 - z))
        opening = np.maximum(np.minimum(eyes, nose), y + 0.05)
        return cut(shell.astype(np.float32), (-opening * unit).astype(np.float32), 0.02 * unit)

    return carve


def _santa(build: Build) -> Hat:
    unit = build.head_m
    cone = Clay(
        blobs=(
            Blob(bone="head", start_m=build.face(0, 0.04, 0.90), end_m=build.face(0.10, 0.16, 1.24),
                 radius_m=0.39 * unit, end_radius_m=0.24 * unit),
            Blob(bone="head", start_m=build.face(0.10, 0.16, 1.24),
                 end_m=build.face(0.46, 0.26, 1.20), radius_m=0.24 * unit,
                 end_radius_m=0.08 * unit, soft_m=0.08 * unit),
        ),
        carve=lambda total, points: cut(
            total, (build.face(0, 0, 0.82)[2] - points[:, 2]).astype(np.float32), 0.01
        ),
    )  # fmt: skip
    bob = Clay(blobs=(_egg(build, (0.52, 0.27, 1.12), (0.115, 0.115, 0.115), 0.0),))
    rim = _turned(build, [(0, 0.76), (0.44, 0.76), (0.475, 0.82), (0.44, 0.89), (0, 0.89)])
    return {"hat": [cone.mesh(STEP * unit)], "trim": [rim, bob.mesh(STEP * unit)]}


def _scarf(build: Build) -> Hat:
    """A headscarf, closed under the chin."""
    cloth = Clay(
        blobs=(_egg(build, (0, 0.04, 0.60), (0.43, 0.47, 0.43), 0.0),
               Blob(bone="head", start_m=build.face(0, 0.08, 0.40), end_m=build.face(0, 0.03, 0.02),
                    radius_m=0.36 * build.head_m, end_radius_m=0.30 * build.head_m,
                    soft_m=0.06 * build.head_m)),
        carve=lambda total, points: cut(
            total, -_egg(build, (0, -0.52, 0.50), (0.275, 0.50, 0.33), 0.0).distance(points),
            0.03 * build.head_m,
        ),
    )  # fmt: skip
    return {"hat": [cloth.mesh(STEP * build.head_m * 1.2)], "trim": []}


def _antenna(build: Build) -> Hat:
    rod = _turned(build, [(0, 0.96), (0.05, 0.97), (0.018, 1.02), (0.018, 1.20), (0, 1.20)], lean=0)
    bulb = Clay(blobs=(_egg(build, (0, 0.035, 1.23), (0.055, 0.055, 0.055), 0.0),))
    ears = [
        Clay(blobs=(_egg(build, (s * 0.40, 0.05, 0.50), (0.06, 0.11, 0.11), 0.0),)) for s in (1, -1)
    ]
    step = STEP * build.head_m
    return {"hat": [rod, *(e.mesh(step) for e in ears)], "trim": [bulb.mesh(step * 0.7)]}


def _dome(build: Build, low: float, *, size: float = 0.43) -> Lump:
    grow = size / 0.43
    outline = [(0.0, low), (0.43 * grow, low), (0.428 * grow, low + 0.10 * grow),
               (0.37 * grow, low + 0.225 * grow), (0.25 * grow, low + 0.305 * grow),
               (0.10 * grow, low + 0.338 * grow), (0.0, low + 0.342 * grow)]  # fmt: skip
    return _turned(build, outline)


def _egg(build: Build, at: tuple[float, float, float], axes: tuple[float, float, float],
         soft: float) -> Blob:  # fmt: skip
    unit = build.head_m
    return Blob(bone="head", start_m=build.face(*at), axes_m=np.array(axes) * unit,
                soft_m=soft * unit)  # fmt: skip


HATS: Mapping[str, Callable[[Build], Hat]] = {
    "toque": _toque, "crown": _crown, "bowler": _bowl(brim=0.53, crown=0.30),
    "brim": _bowl(brim=0.66, crown=0.28), "cowboy": _bowl(brim=0.72, crown=0.36),
    "top": _tall(brim=0.56, top=0.44, height=0.52), "wizard": _cone(brim=0.60),
    "witch": _cone(brim=0.74), "party": _cone(brim=0.44), "cap": _cap, "beanie": _beanie,
    "police": _police, "helmet": _helmet, "hard hat": _hard_hat, "space": _space,
    "knight": _knight, "santa": _santa, "scarf": _scarf, "antenna": _antenna,
}  # fmt: skip
