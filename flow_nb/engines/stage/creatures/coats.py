"""Markings. In: `Lump`s of coat, a breed's marks. Out: the same surface in pieces, each with its colour.

A mark is a field over the coat, above 0 where it lies; the mesh is cut along its zero, so that its edge is
as smooth as a patch of felt, whatever the triangles are.

muzzle R · belly · socks HEIGHT · chest R · tip SHARE · ears · face · saddle · blaze WIDTH · girdle WIDTH
· spectacles R · stripes SPACING SHARE WAVE · rings SPACING SHARE · spots R COUNT · patches R COUNT
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.creatures.bones import Frame
from flow_nb.engines.stage.creatures.breeds import Mark
from flow_nb.engines.stage.creatures.heads import eye_m
from flow_nb.engines.stage.figures.clay import Lump
from flow_nb.engines.stage.picture import Singles

MANY = 60
"""So many patches tile the coat; fewer lie on it."""
Field = NDArray[Any]


def painted(
    kind: str, lump: Lump, frame: Frame, marks: tuple[Mark, ...], rng: np.random.Generator
) -> list[tuple[str, Lump]]:
    """The pieces of a lump with their colours: ``#rrggbb``, or ``*0.6`` for a shade of the coat."""
    pieces = [("*1.0", lump)]
    for mark in marks:
        name, colour, *numbers = mark
        seed = int(rng.integers(2**31))
        found = []
        for old, piece in pieces:
            field = _field(str(name), kind, piece, frame, numbers, np.random.default_rng(seed))
            if field is None:
                found.append((old, piece))
                continue
            found += [(old, part) for part in (kept(piece, -field),) if len(part.faces)]
            found += [(str(colour), part) for part in (kept(piece, field),) if len(part.faces)]
        pieces = found
    return pieces


def kept(lump: Lump, field: Field) -> Lump:
    """The part of a lump where a field (n,) over its vertices is above 0, cut at its zero."""
    above = (field > 0)[lump.faces]
    count = above.sum(1)
    if (count == 3).all():
        return lump
    faces = [lump.faces[count == 3]]
    one = _first(lump.faces[count == 1], above[count == 1])
    two = _first(lump.faces[count == 2], ~above[count == 2])
    edges = np.concatenate([one[:, [0, 1]], one[:, [0, 2]], two[:, [0, 1]], two[:, [0, 2]]])
    ends = np.sort(edges, axis=1)
    unique, place = np.unique(ends, axis=0, return_inverse=True)
    place = place.ravel() + len(lump.vertices)
    a, b = (place[: len(one)], place[len(one) : 2 * len(one)])
    c, d = (place[2 * len(one) : 2 * len(one) + len(two)], place[2 * len(one) + len(two) :])
    faces += [
        np.stack([one[:, 0], a, b], 1),
        np.stack([two[:, 1], two[:, 2], c], 1),
        np.stack([two[:, 2], d, c], 1),
    ]
    i, j = unique.T
    share = (field[i] / np.where(field[i] == field[j], 1, field[i] - field[j]))[:, None]
    share = np.clip(share, 0, 1).astype(np.float32)

    def mixed(rows: Singles) -> Singles:
        return np.concatenate([rows, rows[i] * (1 - share) + rows[j] * share])

    return _tidy(
        mixed(lump.vertices),
        mixed(lump.normals),
        mixed(lump.weights),
        np.concatenate(faces).astype(np.int32),
        lump.bones,
    )


def _first(faces: NDArray[np.int32], alone: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Every triangle turned so that its lone corner is the first."""
    turn = np.argmax(alone, axis=1)
    rows = np.arange(len(faces))
    return np.stack([faces[rows, (turn + k) % 3] for k in range(3)], axis=1)


def _tidy(
    vertices: Singles,
    normals: Singles,
    weights: Singles,
    faces: NDArray[np.int32],
    bones: tuple[str, ...],
) -> Lump:
    used, index = np.unique(faces, return_inverse=True)
    length = np.sqrt(np.einsum("ij,ij->i", normals[used], normals[used]))
    return Lump(
        vertices=vertices[used],
        normals=normals[used] / np.maximum(length, 1e-6)[:, None],
        faces=index.reshape(-1, 3).astype(np.int32),
        bones=bones,
        weights=weights[used],
    )


def _field(
    name: str, kind: str, lump: Lump, frame: Frame, numbers: list[float], rng: np.random.Generator
) -> Field | None:
    """A mark over a lump of one kind ("coat", "ear", "tail"); None where it has no part in it."""
    unit, breed = frame.height_m, frame.breed
    points, normals = lump.vertices.astype(float), lump.normals
    ear = lump.bones[0].startswith("ear")
    if ear or name == "ears":
        whole = ear and name in ("ears", "face")
        return np.ones(len(points), np.float32) if whole else None
    if name == "tip":
        if kind != "tail":
            return None
        return _ball(points, frame.tail_m[3], (1 - numbers[0]) * breed.tail[0] * unit)
    if kind == "tail":
        return _rings_on_tail(points, frame, numbers) if name in ("rings", "tail") else None
    found = _on_head(name, points, frame, numbers)
    if found is None:
        found = _on_body(name, points, normals, frame, numbers, rng)
    return np.asarray(found, np.float32)


def _on_head(
    name: str, points: NDArray[np.float64], frame: Frame, numbers: list[float]
) -> Field | None:
    unit, breed = frame.height_m, frame.breed
    long, wide, _ = breed.head
    along, up = (points - frame.head_m) @ frame.ahead, (points - frame.head_m) @ frame.above
    found: Field | None
    match name:
        case "muzzle":
            tip = frame.face(long - 0.6 * breed.muzzle[1], 0, -0.25 * wide)
            found = _ball(points, tip, (1.15 * breed.muzzle[1] + numbers[0] * long) * unit)
        case "face":
            near = 1.15 * long * unit - np.linalg.norm(points - frame.head_m, axis=1)
            found = np.minimum(along - 0.10 * long * unit, near)
        case "blaze":
            ahead = np.minimum(up, along - 0.25 * long * unit)
            found = np.minimum(numbers[0] * unit - np.abs(points[:, 1]), ahead)
        case "spectacles":
            eyes = [_ball(points, eye_m(frame, sign), numbers[0] * unit) for sign in (1, -1)]
            found = np.maximum(*eyes)
        case _:
            found = None
    return found


def _on_body(
    name: str,
    points: NDArray[np.float64],
    normals: Singles,
    frame: Frame,
    numbers: list[float],
    rng: np.random.Generator,
) -> Field:
    unit, breed = frame.height_m, frame.breed
    x, y, z = points.T
    found: Field
    match name:
        case "belly":
            trunk = np.minimum(z - 0.62 * breed.legs[0] * unit, frame.neck_m[0] + 0.1 * unit - x)
            found = np.minimum(-normals[:, 2] - 0.35, trunk / (0.1 * unit))
        case "chest":
            breast = frame.neck_m + unit * np.array([0.10, 0, -0.12])
            found = _ball(points, breast, numbers[0] * unit)
        case "socks":
            edge = np.sin(40 * y / unit + 30 * x / unit)
            found = numbers[0] * unit - z + 0.012 * unit * edge
        case "saddle":
            found = np.minimum(normals[:, 2] - 0.25, (frame.neck_m[0] - x) / (0.1 * unit))
        case "girdle":
            found = numbers[0] / 2 * unit - np.abs(x - (breed.long / 2 - 0.05) * unit)
        case "stripes":
            found = _stripes(points, frame, numbers, rng)
        case "rings":
            ring = np.sin(math.tau * z / (numbers[0] * unit) + 1.5 * np.sin(9 * x / unit))
            legs = (0.50 * breed.legs[0] * unit - z) / (0.05 * unit)
            feet = (z - 0.06 * unit) / (0.05 * unit)
            found = np.minimum.reduce([ring - np.cos(math.pi * numbers[1]), legs, feet])
        case _:
            found = _spotted(points, frame, numbers, rng)
    return found


def _stripes(
    points: NDArray[np.float64], frame: Frame, numbers: list[float], rng: np.random.Generator
) -> Singles:
    """Bands across the trunk that follow the neck, narrower towards the belly; few on the forehead."""
    unit, breed = frame.height_m, frame.breed
    space, share, wave = numbers
    x, y, z = points.T
    neck = frame.head_m - frame.neck_m
    long = float(np.linalg.norm(neck))
    way = neck / long
    past = (points - frame.neck_m) @ way
    u = np.where(past > 0, frame.neck_m[0] + past, np.minimum(x, frame.neck_m[0] + 0.02 * unit))
    shift = rng.uniform(0, math.tau, 2)
    side = np.sign(y)
    u = u + 0.16 * space * unit * wave * (
        np.sin(5.2 * z / unit / 0.5 + shift[0] + side) + np.sin(11 * x / unit + shift[1])
    )
    band = np.sin(math.tau * u / (space * unit))
    low = 1 - breed.belly[0]
    fall = np.clip((z / unit - low) / 0.35, -0.2, 1)
    limit = np.cos(
        math.pi * share * (0.35 + 0.65 * np.clip(fall, 0, 1) * (wave < 0.5) + 0.65 * (wave >= 0.5))
    )
    along = (points - frame.head_m) @ frame.ahead
    up = (points - frame.head_m) @ frame.above
    face = np.maximum(
        0.34 * breed.head[0] * unit - along,
        np.minimum(up - 0.2 * breed.head[1] * unit, 0.52 * breed.head[0] * unit - along),
    )
    legs = (z - 0.50 * breed.legs[0] * unit) / (0.05 * unit)
    return np.asarray(np.minimum.reduce([band - limit, face / (0.05 * unit), legs]), np.float32)


def _rings_on_tail(points: NDArray[np.float64], frame: Frame, numbers: list[float]) -> Singles:
    far = np.linalg.norm(points - frame.tail_m[0], axis=1)
    ring = np.sin(math.tau * far / (1.25 * numbers[0] * frame.height_m))
    return np.asarray(ring - np.cos(math.pi * numbers[1]), np.float32)


def _spotted(
    points: NDArray[np.float64], frame: Frame, numbers: list[float], rng: np.random.Generator
) -> Singles:
    """Discs, or many patches with seams between them, on the trunk and the neck."""
    unit, breed = frame.height_m, frame.breed
    size, count = numbers[0] * unit, int(numbers[1])
    high = points[points[:, 2] > 0.55 * breed.legs[0] * unit]
    if not len(high):
        return np.full(len(points), -1, np.float32)
    centres = _apart(high, count, rng)
    away = np.linalg.norm(points[:, None] - centres[None], axis=2)
    along = (points - frame.head_m) @ frame.ahead
    face = 0.30 * breed.head[0] * unit - along
    low = points[:, 2] - 0.50 * breed.legs[0] * unit
    if count > MANY and numbers[0] > 0.06:
        near = np.partition(away, 1, axis=1)[:, :2]
        seams = near[:, 1] - near[:, 0] - 0.28 * size
        return np.asarray(np.minimum.reduce([seams, face, low]), np.float32)
    wobble = 1 + 0.25 * np.sin(points @ np.array([9.0, 13.0, 11.0]) / unit)
    radii = size * rng.uniform(0.6, 1.15, count)
    spots = (radii[None] - away * wobble[:, None]).max(1)
    if numbers[0] < 0.03:  # a fawn's spots lie on its back alone
        low = points[:, 2] - 0.72 * unit
    return np.asarray(np.minimum.reduce([spots, face, low]), np.float32)


def _apart(
    points: NDArray[np.float64], count: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """So many of the points, far from each other (farthest-point sampling)."""
    chosen = [points[int(rng.integers(len(points)))]]
    away = np.full(len(points), np.inf)
    noise = rng.uniform(0.7, 1.0, len(points))
    for _ in range(count - 1):
        away = np.minimum(away, np.linalg.norm(points - chosen[-1], axis=1))
        chosen.append(points[int(np.argmax(away * noise))])
    return np.array(chosen)


def _ball(points: NDArray[np.float64], at: NDArray[np.float64], radius: float) -> Singles:
    return np.asarray(radius - np.linalg.norm(points - at, axis=1), np.float32)
