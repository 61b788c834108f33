"""The storyboard as a picture. In: a `Storyboard`, its folder. Out: PNG bytes, three cards to a row."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flow_nb.notebook.cards import Card, Storyboard
from flow_nb.notebook.storyboard import NOT_SHOT, facts, thumb_jpeg, total_text

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

COLUMNS, WIDTH_PX, MARGIN_PX, GAP_PX = 3, 1800, 60, 42
CARD_PX = (WIDTH_PX - 2 * MARGIN_PX - (COLUMNS - 1) * GAP_PX) // COLUMNS
PICTURE_PX = CARD_PX * 9 // 16
MAX_TEXT_LINES, MAX_SPOKEN_LINES = 5, 6
PAPER, INK, SOFT, EDGE = (251, 250, 247), (28, 27, 25), (104, 100, 92), (226, 222, 214)
DARK, WARN = (17, 17, 17), (138, 47, 29)
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: its words, size in pixels, colour, and how far it stands in."""

    text: str
    size: int
    colour: Colour = INK
    indent: int = 0

    @property
    def height(self) -> int:
        """With the space below it."""
        return round(self.size * 1.45)


def contact_sheet(board: Storyboard, folder: Path) -> bytes:
    """The whole board; each row is as high as its longest card."""
    from PIL import Image, ImageDraw

    rows = [board.cards[i : i + COLUMNS] for i in range(0, len(board.cards), COLUMNS)]
    told = [[_lines(card) for card in row] for row in rows]
    heights = [
        PICTURE_PX + 16 + max(sum(line.height for line in lines) for lines in row) for row in told
    ]
    top = MARGIN_PX + 96
    size = (WIDTH_PX, top + sum(heights) + GAP_PX * (len(rows) - 1) + MARGIN_PX)
    sheet = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.text((MARGIN_PX, MARGIN_PX - 12), board.title, fill=INK, font=_font(40))
    draw.text((MARGIN_PX, MARGIN_PX + 40), total_text(board), fill=SOFT, font=_font(22))
    for row, lines, height in zip(rows, told, heights, strict=True):
        for i, card in enumerate(row):
            left = MARGIN_PX + i * (CARD_PX + GAP_PX)
            _put(sheet, draw, card, lines[i], (left, top), folder)
        top += height + GAP_PX
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


def _put(
    sheet: Image, draw: ImageDraw, card: Card, lines: list[Line], at: tuple[int, int], folder: Path
) -> None:
    """One card: its picture with the number on it, its lines below."""
    from PIL import Image

    left, top = at
    right, bottom = left + CARD_PX, top + PICTURE_PX
    jpeg = thumb_jpeg(folder / card.poster, CARD_PX) if card.poster else b""
    draw.rectangle((left, top, right, bottom), fill=DARK if jpeg else EDGE)
    if jpeg:
        picture = Image.open(io.BytesIO(jpeg))
        picture.thumbnail((CARD_PX, PICTURE_PX))
        shift = (CARD_PX - picture.width) // 2, (PICTURE_PX - picture.height) // 2
        sheet.paste(picture, (left + shift[0], top + shift[1]))
    else:
        middle = ((left + right) // 2, (top + bottom) // 2)
        draw.text(middle, NOT_SHOT, fill=SOFT, font=_font(24), anchor="mm")
    number = str(card.number)
    wide = round(_font(24).getlength(number)) + 24
    draw.rectangle((left, top, left + wide, top + 40), fill=INK)
    draw.text((left + wide // 2, top + 20), number, fill=PAPER, font=_font(24), anchor="mm")
    y = bottom + 16
    length = f"{card.duration_s:g} s"
    draw.text((right, y), length, fill=SOFT, font=_font(22), anchor="ra")
    for line in lines:
        draw.text((left + line.indent, y), line.text, fill=line.colour, font=_font(line.size))
        y += line.height


def _lines(card: Card) -> list[Line]:
    """What stands under a card's picture."""
    found = [Line(_wrapped(card.shot, 26, CARD_PX - 110, 1)[0], 26)]
    found += [Line(text, 18, SOFT) for text in _wrapped(facts(card), 18, CARD_PX, 2)]
    found += [Line(text, 20) for text in _wrapped(card.slug, 20, CARD_PX, 1)]
    found += [Line(text, 20) for text in _wrapped(card.text, 20, CARD_PX, MAX_TEXT_LINES)]
    spoken = [part for line in card.lines for part in _wrapped(line, 20, CARD_PX - 28, 3)]
    found += [Line(text, 20, SOFT, indent=28) for text in spoken[:MAX_SPOKEN_LINES]]
    return found + [Line(text, 18, WARN) for text in _wrapped(card.note, 18, CARD_PX, 3)]


def _wrapped(text: str, size: int, width_px: int, most: int) -> list[str]:
    """The text in lines that fit; an ellipsis where they are more than ``most``."""
    font = _font(size)
    lines: list[str] = []
    now = ""
    for word in text.split():
        longer = f"{now} {word}".strip()
        if now and font.getlength(longer) > width_px:
            lines.append(now)
            now = word
        else:
            now = longer
    lines += [now] if now else []
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}…"]
    return [_cut(line, font, width_px) for line in lines]


def _cut(line: str, font: FreeTypeFont, width_px: int) -> str:
    """A word that is longer than a line ends in an ellipsis."""
    while font.getlength(line) > width_px and len(line) > 1:
        line = f"{line[: max(1, len(line) * 9 // 10 - 1)]}…"
    return line


@cache
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.load_default(size=size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font
