"""The storyboard. In: the shots of a notebook, read and perhaps shot. Out: a `Storyboard`, as HTML, as text.

A shot without a take has its card all the same. All words may come from a user's text: they are escaped.
"""

from __future__ import annotations

import base64
import io
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from html import escape
from pathlib import Path
from types import MappingProxyType

from flow_nb.errors import FlowError, ShotError, one_line
from flow_nb.files import relative
from flow_nb.notebook.cards import Card, Storyboard
from flow_nb.notebook.desk import Desk
from flow_nb.notebook.digest import camera_text
from flow_nb.notebook.reading import shot_cells
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import DEFAULT_DURATION_S, EXAMPLE, Shot
from flow_nb.plan.take import Take
from flow_nb.studio import Studio

NOT_SHOT = "not shot yet"
MAX_TEXT_CHARS, MAX_LINES = 400, 12
THUMB_PX, THUMB_QUALITY = 640, 82
NO_PLANS: Mapping[str, Plan] = MappingProxyType({})
_SLUG = re.compile(r"^(?:INT|EXT|INT\.?/EXT|I/E)[.\s].*$", re.I)

_STYLE = """
@page { size: A4 landscape; margin: 12mm }
body { margin: 24px; font: 13px/1.45 system-ui, sans-serif; color: #1c1b19; background: #fff }
h1 { margin: 0; font-size: 20px } header { margin-bottom: 18px } header p { margin: 2px 0; color: #5d5a54 }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(270px, 1fr)); gap: 22px 20px }
article { break-inside: avoid } .picture { display: grid; place-items: center; aspect-ratio: 16/9;
overflow: hidden; border-radius: 3px; background: #eeece7; color: #5d5a54 }
.picture img { width: 100%; height: 100%; object-fit: contain; background: #111 }
h2 { display: flex; gap: 8px; align-items: baseline; margin: 8px 0 2px; font-size: 14px }
h2 b { padding: 0 6px; border-radius: 2px; background: #1c1b19; color: #fff; font-variant-numeric: tabular-nums }
h2 span { margin-inline-start: auto; font-weight: 400; color: #5d5a54; white-space: nowrap }
p { margin: 3px 0; overflow-wrap: anywhere } .quiet { color: #5d5a54 } .slug { font-weight: 600 }
blockquote { margin: 4px 0 0 14px; font-style: italic } .note { color: #8a2f1d }
@media print { body { margin: 0 } main { grid-template-columns: repeat(3, 1fr) }
* { print-color-adjust: exact; -webkit-print-color-adjust: exact } }
"""


def board_of_desk(desk: Desk, title: str) -> Storyboard:
    """The shots of the open notebook, from the top: as their cells ran, or else as the file has them."""
    session = desk.session
    plans = {name: plan for name, (plan, _) in session.plans.items()}
    return storyboard(session.studio, _shots(desk), title=title, folder=session.folder, plans=plans)


def board_of_file(notebook: Path, studio: Studio) -> Storyboard:
    """The shots of a notebook's file. Raises ShotError: it is none."""
    shots = shot_cells(notebook).values()
    return storyboard(studio, shots, title=notebook.stem, folder=notebook.resolve().parent)


def storyboard(
    studio: Studio,
    shots: Iterable[Shot],
    *,
    title: str,
    folder: Path,
    plans: Mapping[str, Plan] = NO_PLANS,
) -> Storyboard:
    """A card for each shot; ``plans`` are those that were read already. Raises ShotError: there is none."""
    cards = [
        _card(studio, i, shot, folder, plans.get(shot.name))
        for i, shot in enumerate(shots, start=1)
    ]
    if not cards:
        raise ShotError("there is no shot to put on a storyboard.", fix=EXAMPLE)
    return Storyboard(title=one_line(title)[:120], cards=cards)


def total_text(board: Storyboard) -> str:
    """``3 shots, 14 s, 1 not shot yet``."""
    open_ = sum(not card.take for card in board.cards)
    total_s = sum(card.duration_s for card in board.cards)
    count = f"{len(board.cards)} shot{'s' * (len(board.cards) != 1)}"
    return f"{count}, {total_s:g} s" + (f", {open_} {NOT_SHOT}" if open_ else "")


def facts(card: Card) -> str:
    """The line under a card's name."""
    return " · ".join(filter(None, (card.tier, card.scene, card.camera)))


def plain(board: Storyboard) -> str:
    """Three lines a shot."""
    lines = [f"{board.title}: {total_text(board)}"]
    for card in board.cards:
        state = "" if card.take else f", {NOT_SHOT}"
        lines.append(f"{card.number:3}  {card.shot}  {card.duration_s:g} s  {facts(card)}{state}")
        lines += [f"     {text}" for text in (card.slug, card.text, *card.lines, card.note) if text]
    return "\n".join(lines)


def html(board: Storyboard, folder: Path) -> str:
    """A page that prints well and needs nothing beside it: the posters are inside."""
    cards = "".join(_article(card, folder) for card in board.cards)
    title = escape(board.title)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><header><h1>{title}</h1>"
        f"<p>{escape(total_text(board))}</p></header><main>{cards}</main></body></html>"
    )


def thumb_jpeg(path: Path, long_px: int = THUMB_PX) -> bytes:
    """A poster, smaller; empty where there is none."""
    from PIL import Image

    try:
        with Image.open(path) as picture:
            small = picture.convert("RGB")
    except (OSError, ValueError):
        return b""
    small.thumbnail((long_px, long_px), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=THUMB_QUALITY)
    return out.getvalue()


def _shots(desk: Desk) -> Sequence[Shot]:
    """Those of cells that never ran in this kernel are read from the notebook's file, where a page told
    which they are and the server told where it lies."""
    ran = {run.cell: run.shot for run in desk.runs.values() if run.shot}
    written: dict[str, Shot] = {}
    if file := os.environ.get("JPY_SESSION_NAME"):
        with suppress(ShotError):
            written = shot_cells(desk.session.folder / Path(file).name)
    order = desk.session.order or list(written)
    told = [shot for cell in order if (shot := ran.get(cell) or written.get(cell))]
    return told + [shot for cell, shot in ran.items() if cell not in order]


def _card(studio: Studio, number: int, shot: Shot, folder: Path, plan: Plan | None) -> Card:
    """A text that cannot be staged has a card that says why; nothing is bought for a board."""
    take: Take | None = None
    note = ""
    try:
        if plan is None and not studio.director.costs:
            plan = studio.plan(shot)
        take = studio.find(shot, plan) if plan else None
    except FlowError as error:
        note = error.what
    slug, text = _told(shot, plan)
    poster = studio.folder / take.poster if take else None
    return Card(
        number=number,
        shot=shot.name,
        scene=shot.scene or "",
        tier=shot.tier,
        duration_s=take.duration_s if take else plan.duration_s if plan else _length_s(shot),
        slug=slug,
        text=text,
        camera=camera_text(plan.camera) if plan else "",
        lines=[_short(f"{line.speaker}: {line.text}") for line in plan.lines[:MAX_LINES]]
        if plan
        else [],
        poster=relative(poster, folder) if poster else "",
        take=take.id if take else "",
        note=note,
    )


def _length_s(shot: Shot) -> float:
    return shot.duration_s or DEFAULT_DURATION_S


def _told(shot: Shot, plan: Plan | None) -> tuple[str, str]:
    """The slug line, and what happens: the lines that are spoken stand apart."""
    spoken = {one_line(line.text) for line in plan.lines} if plan else set()
    names = {line.speaker.upper() for line in plan.lines} if plan else set()
    slug, rest = "", []
    for line in filter(None, map(one_line, shot.text.splitlines())):
        if not slug and not rest and _SLUG.match(line):
            slug = line
        elif line not in spoken and line.split("(")[0].strip().upper() not in names:
            rest.append(line)
    return _short(slug), _short(" ".join(rest))


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= MAX_TEXT_CHARS else f"{line[: MAX_TEXT_CHARS - 1]}…"


def _article(card: Card, folder: Path) -> str:
    jpeg = thumb_jpeg(folder / card.poster) if card.poster else b""
    data = base64.b64encode(jpeg).decode("ascii")
    alt = escape(f"Shot {card.number}, {card.shot}", quote=True)
    shown = f'<img alt="{alt}" src="data:image/jpeg;base64,{data}">' if jpeg else NOT_SHOT
    parts = [("slug", card.slug), ("", card.text), ("quiet", facts(card)), ("note", card.note)]
    told = "".join(
        f'<p class="{kind}" dir="auto">{escape(text)}</p>' for kind, text in parts if text
    )
    said = "".join(f'<blockquote dir="auto">{escape(line)}</blockquote>' for line in card.lines)
    return (
        f'<article><div class="picture">{shown}</div><h2><b>{card.number}</b>'
        f"<bdi>{escape(card.shot)}</bdi><span>{card.duration_s:g} s</span></h2>{told}{said}</article>"
    )
