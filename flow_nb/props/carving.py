"""Props in few words. In: the lines of a row's ``carved``. Out: the fields of its `Piece`s.

A line is one piece: its shape, its measures (metres), then what is said of it, in any order:

    sphere R            ellipsoid X Y Z     box X Y Z         wedge X Y Z
    cylinder R HEIGHT   cone R TOP HEIGHT   capsule R HEIGHT  torus R THICKNESS
    lathe R Z R Z ...   prism DEPTH X Z X Z ...   an outline, DEPTH thick along y
    tube X Y Z R ...    a round bar through these points, so thick there

    at X Y Z       it stands there                mid X Y Z      its middle is there
    turn X Y Z     degrees about its own middle   stretch X Y Z  along its own axes
    bevel M        cut edges                      power P        ellipsoid: 2 egg, 4 pillow, 8 box
    curved         a prism's outline is drawn round through its points
    mx, my         and another, mirrored in x, in y       ring N         N of them around the z axis
    row N X Y Z    N of them, each so far from the last
    limb NAME      it is part of that limb; with mx or my of NAME-ahead, NAME-behind, NAME-left, NAME-right
    #rrggbb  tint F  texture NAME  opacity F  glow F      any other word is a material

The lines that begin with ``*`` are what collides; where none does, all do. What has opacity 0 collides
and is not seen. ``//`` begins a remark.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

Fields = dict[str, Any]

MEASURES = {
    "sphere": ("radius_m",),
    "ellipsoid": ("size_m",),
    "box": ("size_m",),
    "wedge": ("size_m",),
    "cylinder": ("radius_m", "height"),
    "cone": ("radius_m", "tip_m", "height"),
    "capsule": ("radius_m", "height"),
    "torus": ("radius_m", "tip_m"),
}
_THREE = {"at": "at_m", "mid": "mid", "turn": "turn_deg", "stretch": "stretch", "row": "step"}
_ONE = {"bevel": "bevel_m", "power": "power", "tint": "tint", "opacity": "opacity", "glow": "glow"}


def carved(name: str, lines: str) -> Iterator[Fields]:
    """The pieces of one row, copies written out. Raises ValueError naming row and line.

    >>> [piece["at_m"] for piece in carved("duo", "*sphere .1 at .3 0 0 mx felt")]
    [(0.3, 0.0, 0.0), (-0.3, 0.0, 0.0)]
    """
    told = [line.partition("//")[0].split() for line in lines.splitlines()]
    told = [words for words in told if words]
    some = any(words[0].startswith("*") for words in told)
    for words in told:
        collides = not some or words[0].startswith("*")
        try:
            pieces = list(_line([words[0].lstrip("*"), *words[1:]]))
        except (ValueError, IndexError, KeyError) as error:
            raise ValueError(f'prop "{name}", line "{" ".join(words)}": {error}') from error
        for piece in pieces:
            yield piece if collides else piece | {"collides": False}


def _line(words: list[str]) -> Iterator[Fields]:
    piece, rest = _measured(words)
    copies: list[tuple[str, Any]] = []
    while rest:
        word, rest = rest[0], rest[1:]
        if word in ("mx", "my"):
            copies.append((word, None))
        elif word == "ring":
            copies.append((word, int(rest.pop(0))))
        elif word in _THREE:
            if word == "row":
                copies.append((word, (int(rest.pop(0)), _triple(rest[:3]))))
            else:
                piece[_THREE[word]] = _triple(rest[:3])
            rest = rest[3:]
        elif word in _ONE:
            piece[_ONE[word]] = float(rest.pop(0))
        elif word in ("texture", "limb"):
            piece[word] = rest.pop(0)
        elif word == "curved":
            piece["curved"] = True
        elif word[0] == "#":
            piece["colour"] = word
        else:
            piece["material"] = word
    pieces = [_placed(piece)]
    for kind, value in copies:
        pieces = [made for one in pieces for made in _copies(one, kind, value)]
    yield from pieces


def _measured(words: list[str]) -> tuple[Fields, list[str]]:
    """The shape with its measures, and the words that follow."""
    shape, count = words[0], 1
    while count < len(words) and (words[count][0].isdigit() or words[count][0] in ".-"):
        count += 1
    numbers, rest = [float(word) for word in words[1:count]], words[count:]
    piece: Fields = {"shape": shape}
    if shape == "lathe":
        piece["profile_m"] = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    elif shape == "prism":
        piece["size_m"] = (0.0, numbers[0], 0.0)
        piece["profile_m"] = tuple(zip(numbers[1::2], numbers[2::2], strict=True))
    elif shape == "tube":
        columns = [numbers[i::4] for i in range(4)]
        piece["path_m"] = tuple(zip(*columns, strict=True))
    elif MEASURES[shape] == ("size_m",):
        piece["size_m"] = _triple(numbers)
    else:
        piece |= dict(zip(MEASURES[shape], numbers, strict=True))
        if "height" in piece:
            piece["size_m"] = (0.0, 0.0, piece.pop("height"))
    return piece, rest


def _triple(words: list[Any]) -> tuple[float, float, float]:
    x, y, z = map(float, words)
    return x, y, z


def _height(piece: Fields) -> float:
    shape = piece["shape"]
    if shape == "sphere":
        return float(2 * piece["radius_m"])
    if shape == "torus":
        return float(2 * piece["tip_m"])
    if shape in ("lathe", "prism"):
        levels = [z for _, z in piece["profile_m"]]
        return float(max(levels) + min(levels))
    return float(piece["size_m"][2])


def _middle_x(piece: Fields) -> float:
    """Where the middle of a shape lies beside its mark: only outlines may stand off it."""
    if piece["shape"] != "prism":
        return 0.0
    places = [x for x, _ in piece["profile_m"]]
    return float(max(places) + min(places)) / 2


def _placed(piece: Fields) -> Fields:
    """``mid`` as the place to stand on."""
    if "mid" in piece:
        x, y, z = piece.pop("mid")
        piece["at_m"] = (x - _middle_x(piece), y, z - _height(piece) / 2)
    return piece


_SIDES = {"mx": ("ahead", "behind"), "my": ("left", "right")}


def _copies(piece: Fields, kind: str, value: Any) -> Iterator[Fields]:
    if "limb" in piece and kind in _SIDES:
        here, there = (piece | {"limb": f"{piece['limb']}-{side}"} for side in _SIDES[kind])
        yield here
        yield _mirrored(there, in_x=kind == "mx")
        return
    yield piece
    if kind == "row":
        count, step = value
        x, y, z = piece.get("at_m", (0.0, 0.0, 0.0))
        for i in range(1, count):
            yield piece | {"at_m": (x + i * step[0], y + i * step[1], z + i * step[2])}
    elif kind == "ring":
        for i in range(1, value):
            yield _swung(piece, 360 * i / value)
    else:
        yield _mirrored(piece, in_x=kind == "mx")


def _swung(piece: Fields, degrees: float) -> Fields:
    """The piece carried around the z axis."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y, z = piece.get("at_m", (0.0, 0.0, 0.0))
    if "path_m" in piece:
        path = tuple((u * cos - v * sin, u * sin + v * cos, w, r) for u, v, w, r in piece["path_m"])
        return piece | {"path_m": path, "at_m": (x * cos - y * sin, x * sin + y * cos, z)}
    a, b, c = piece.get("turn_deg", (0.0, 0.0, 0.0))
    off = _middle_x(piece)
    at_m = ((x + off) * cos - y * sin - off, (x + off) * sin + y * cos, z)
    return piece | {"at_m": at_m, "turn_deg": (a, b, c + degrees)}


def _mirrored(piece: Fields, *, in_x: bool) -> Fields:
    x, y, z = piece.get("at_m", (0.0, 0.0, 0.0))
    a, b, c = piece.get("turn_deg", (0.0, 0.0, 0.0))
    sx, sy = (-1, 1) if in_x else (1, -1)
    turn = (a, -b, -c) if in_x else (-a, b, -c)
    other = piece | {"at_m": (sx * x, sy * y, z), "turn_deg": turn}
    if "path_m" in piece:
        other["path_m"] = tuple((sx * u, sy * v, w, r) for u, v, w, r in piece["path_m"])
    elif piece["shape"] == "prism" and in_x:
        other["profile_m"] = tuple((-u, w) for u, w in piece["profile_m"][::-1])
    elif piece["shape"] == "wedge" and in_x:
        other["turn_deg"] = (a, b, 180 - c)
    return other
