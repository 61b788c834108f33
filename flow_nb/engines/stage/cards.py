"""Cut-outs. In: a body without a shape of its own. Out: `Item`s that print its noun on its sheet of card,
and the print itself.

The word is drawn and nothing else: it is never read as markup, a path or a command.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from flow_nb.engines.stage import ktx
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Item, Look, Solid
from flow_nb.plan.bodies import Body
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import Piece, archetypes

WORD = "word"
"""The texture of a print; it is no recipe of `textures`."""
HEIGHT_PX, SIDE_PX, MAX_LETTERS = 640, 512, 60
PAPER, INK = (0xF0, 0xE7, 0xD3), (0x2A, 0x25, 0x22)
SPOTS = ("#d2683f", "#d9a53a", "#5f8f8a", "#7a9a5a", "#b8737f", "#6b86ad")
PROUD_M = 0.0008
LONGEST = 17
"""So many letters of one word stay on one line."""
MARGIN = 0.09
"""Of the card's shorter side."""
Painted = tuple[bytes, bytes, bytes]
Pixels = NDArray[np.uint8]


def is_card(body: Body) -> bool:
    """Whether a body is shown as a cut-out."""
    return archetypes()[body.prop].kind == "cutout"


def card_items(body: Body, column: int) -> list[Item]:
    """The print on both sides of its largest piece, a hair in front of the card."""
    piece = _sheet(body)
    wide, thick, tall = (value * body.scale for value in piece.size_m)
    x, y, z = (value * body.scale for value in piece.at_m)
    look = word_look(body)
    rim = min(wide, tall) * 0.02
    found = []
    for side in (-1.0, 1.0):
        left, right = x + side * (wide / 2 - rim), x - side * (wide / 2 - rim)
        front = y + side * (thick / 2 + PROUD_M)
        corners = [(left, front, z + rim), (right, front, z + rim),
                   (right, front, z + tall - rim), (left, front, z + tall - rim)]  # fmt: skip
        found.append(Item(solid=_quad(corners, side), look=look, body=column))
    return found


def word_look(body: Body) -> Look:
    """The look of a body's print; bodies that print the same share it."""
    piece = _sheet(body)
    shape = round(piece.size_m[0] / piece.size_m[2], 2)
    told = repr((_word(body), body.colour, shape)).encode()
    return Look(texture=WORD, seed=int.from_bytes(hashlib.sha256(told).digest()[:6], "big"))


def prints(plan: Plan) -> dict[Look, Painted]:
    """The maps of every print of a shot."""
    found = {}
    for body in plan.bodies:
        if is_card(body):
            size = _sheet(body).size_m
            found[word_look(body)] = _maps(_word(body), body.colour, round(size[0] / size[2], 2))
    return found


def _sheet(body: Body) -> Piece:
    return max(archetypes()[body.prop].pieces, key=lambda piece: piece.size_m[0] * piece.size_m[2])


def _word(body: Body) -> str:
    """The noun as it is printed: on one line, no longer than can be read."""
    plain = unicodedata.normalize("NFKD", body.noun)  # the type has no accents
    letters = (c if c.isprintable() else " " for c in plain if not unicodedata.combining(c))
    shown = " ".join("".join(letters).split())
    return shown[:MAX_LETTERS] if shown else body.name


@lru_cache(maxsize=64)
def _maps(word: str, colour: str | None, shape: float) -> Painted:
    picture = printed(word, colour, shape)
    rough = np.full((4, 4, 3), (255, 225, 0), np.uint8)
    flat = np.full((4, 4, 3), (128, 128, 255), np.uint8)
    return ktx.image(picture, srgb=True), ktx.image(flat, srgb=False), ktx.image(rough, srgb=False)


def printed(word: str, colour: str | None, shape: float) -> Pixels:
    """A card ``shape`` times as wide as it is high: a spot of colour, a frame and the word as large as
    it goes; squeezed into a square (512, 512, 3) uint8, as textures are."""
    tall = HEIGHT_PX
    wide = max(64, round(tall * shape))
    rng = np.random.default_rng(list(word.encode())[:64])
    image = Image.new("RGB", (wide, tall), PAPER)
    draw = ImageDraw.Draw(image)
    _spot(draw, wide, tall, colour or str(rng.choice(SPOTS)), rng)
    edge = MARGIN * min(wide, tall)
    draw.rectangle([edge / 2, edge / 2, wide - edge / 2, tall - edge / 2], outline=INK, width=4)
    _set(draw, word, wide, tall, edge)
    square = np.asarray(image.resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS), float)
    fibre = rng.normal(0, 2.2, (SIDE_PX, SIDE_PX, 1))
    return np.clip(square + fibre, 0, 255).astype(np.uint8)


def _spot(
    draw: ImageDraw.ImageDraw, wide: int, tall: int, colour: str, rng: np.random.Generator
) -> None:
    """A large disc, as a poster has it, a little off the middle."""
    size = 0.36 * min(wide, tall)
    x, y = wide * rng.uniform(0.42, 0.58), tall * rng.uniform(0.40, 0.52)
    paint = tuple(round(255 * value) for value in srgb(colour))
    pale = tuple(round(0.55 * a + 0.45 * b) for a, b in zip(paint, PAPER, strict=True))
    draw.ellipse([x - size, y - size, x + size, y + size], fill=pale)
    draw.rectangle([0, tall * 0.90, wide, tall], fill=paint)


def _set(draw: ImageDraw.ImageDraw, word: str, wide: int, tall: int, edge: float) -> None:
    """The word in the middle of the card, in as many lines as let it be largest."""
    room_x, room_y = wide - 2.4 * edge, tall * 0.86 - 2.2 * edge
    best, lines = 0.0, [word]
    for count in range(1, 7):
        broken = _broken(word, count)
        size = _fitting(broken, room_x, room_y)
        if size > best * 1.08:
            best, lines = size, broken
    font = ImageFont.load_default(size=best)
    draw.multiline_text(
        (wide / 2, tall * 0.46), "\n".join(lines), font=font, fill=INK, anchor="mm",
        align="center", spacing=best * 0.12, stroke_width=best * 0.012,
    )  # fmt: skip


def _fitting(lines: list[str], room_x: float, room_y: float) -> float:
    """The size of type at which the lines fill their room, pixels."""
    trial = 100.0
    font = ImageFont.load_default(size=trial)
    widest = max(font.getlength(line) for line in lines)
    return float(
        min(trial * room_x / max(widest, 1.0), room_y / (1.22 * len(lines)), 0.42 * room_y)
    )


def _broken(word: str, count: int) -> list[str]:
    """The words in ``count`` lines of about one length; only a very long word is cut.

    >>> _broken("hot air balloon", 2)
    ['hot air', 'balloon']
    """
    pieces: list[str] = []
    for part in word.split():
        cut = max(1, -(-len(part) // LONGEST)) if count > 1 else 1
        step = -(-len(part) // cut)
        pieces += [part[i : i + step] for i in range(0, len(part), step)]
    lines, left = [""], len(word) / count
    for piece in pieces:
        if lines[-1] and len(lines) < count and len(lines[-1]) + len(piece) / 2 > left:
            lines.append("")
        lines[-1] = f"{lines[-1]} {piece}".strip()
    return lines


def _quad(corners: list[tuple[float, float, float]], side: float) -> Solid:
    faces = np.array([(0, 1, 2), (0, 2, 3)], np.int32)
    place = np.array([(0, 1), (1, 1), (1, 0), (0, 0)], np.float32)
    normal = np.tile(np.array([0, side, 0], np.float32), (2, 3, 1))
    return Solid(
        vertices=np.array(corners, np.float32), faces=faces, normals=normal,
        surface_m=place[faces],
    )  # fmt: skip
