"""The gallery. In: `gallery.toml`, or texts. Out: a still of each at light in one contact sheet, and whether
its subject is in that picture, by the segmentation pass.

`python -m tests.bench.gallery [-o FOLDER] [--only N,N-M] [--tier TIER] [--go-on] [TEXT ...]`
"""

from __future__ import annotations

import argparse
import sys
import tomllib
import traceback
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from flow_nb.director.grammar import Grammar
from flow_nb.engines.stage import vulkan
from flow_nb.engines.stage.draw import Drawer
from flow_nb.engines.stage.finish.finish import Finish
from flow_nb.engines.stage.scene import frame_times, stage_picture
from flow_nb.engines.stage.tiers import TIERS
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot
from flow_nb.timebase import frame_at
from tests.bench.framed import CACHE, seen, solved
from tests.bench.sheet import numbers

TEXTS = tuple(tomllib.loads((Path(__file__).parent / "gallery.toml").read_text("utf-8"))["texts"])
TILE = 480, 270
Kept = tuple[Image.Image, str, bool]
"""A still, its line of figures, whether its subject is in it."""


class Gallery:
    """Stills, drawn one by one; each keeps its text and its figures, so that a gallery can ``go_on``."""

    def __init__(self, tier: str, folder: Path, *, go_on: bool = False) -> None:
        self.tier, self.folder, self.go_on = TIERS[tier], folder, go_on
        self.drawer = Drawer(software=vulkan.best_device().software)
        self.tiles: list[Image.Image] = []
        self.good = 0
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, number: int, text: str) -> None:
        """Shoots a text: a still in the folder, a tile, a line of figures."""
        path = self.folder / f"{number:02d}.png"
        still, line, good = self._kept(path, text) or self._made(path, text)
        self.good += good
        print(f"{number:2d} {'ok ' if good else 'NO '} {text[:90]}\n      {line}", flush=True)
        still.thumbnail(TILE)
        ImageDraw.Draw(still).text((6, 4), str(number), fill=(255, 255, 0))
        self.tiles.append(still)

    def _made(self, path: Path, text: str) -> Kept:
        try:
            still, line, good = self._shoot(text)
        except Exception as error:  # one text that fails must not hide the others
            traceback.print_exc(limit=-3)
            return Image.new("RGB", TILE, (60, 60, 60)), f"{type(error).__name__}: {error}", False
        told = PngInfo()
        for key, value in (("text", text), ("line", line), ("good", str(int(good)))):
            told.add_itxt(key, value)
        Image.fromarray(still).save(path, pnginfo=told)
        return Image.fromarray(still), line, good

    def _kept(self, path: Path, text: str) -> Kept | None:
        """A still of the same text that lies there already."""
        if not (self.go_on and path.exists()):
            return None
        still = Image.open(path)
        told = still.info
        return (still, told["line"], told["good"] == "1") if told.get("text") == text else None

    def save(self) -> Path:
        """All tiles as one picture, five in a row."""
        rows = -(-len(self.tiles) // 5)
        sheet = Image.new("RGB", (5 * TILE[0], rows * TILE[1]))
        for i, tile in enumerate(self.tiles):
            sheet.paste(tile, (i % 5 * TILE[0], i // 5 * TILE[1]))
        path = self.folder / "gallery.png"
        sheet.save(path)
        return path

    def _shoot(self, text: str) -> tuple[NDArray[np.uint8], str, bool]:
        form = self.tier.format
        plan = Grammar().read(make_shot("gallery", text, tier=self.tier.name))
        motion = solved(plan)
        picture = stage_picture(plan, motion, self.tier, CACHE)
        slot = np.zeros((form.height, form.width, 3), np.uint8)
        self.drawer.load(picture, self.tier, [slot])
        frame = telling_frame(plan, motion, len(picture.cameras), self.tier.name)
        self.drawer.draw(frame, 0)
        owners = self.drawer.owners(frame)
        if self.tier.finished:
            finish = Finish(plan, motion, picture.cameras, frame_times(plan, form), self.tier)
            finish(slot, frame, (self.drawer.distances(frame), owners))
        found = seen(plan, motion, [owners])
        line = (
            f"{plan.set.kind}, {plan.camera.size}: {found}; "
            f"mean {slot.mean():.0f}, clipped {np.mean(slot.min(-1) > 250):.3f}"
        )
        return slot.copy(), line, found.good


def telling_frame(plan: Plan, motion: Motion, frames: int, tier: str) -> int:
    """Just after something broke, else after the first blow, else the middle."""
    told = [e for kind in ("break", "splash") for e in motion.events if e.kind == kind]
    moment_s = told[0].time_s + 0.1 if told else plan.duration_s / 2
    return min(frame_at(moment_s, TIERS[tier].format.fps), frames - 1)


def main(arguments: Sequence[str]) -> int:
    """Prints the figures and writes the stills and their sheet."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.gallery", description=__doc__)
    parser.add_argument("-o", metavar="FOLDER", type=Path, default=Path("gallery"))
    parser.add_argument("--only", metavar="N,N", help="numbers from 1; 3-5 is a range")
    parser.add_argument("--tier", default="light", choices=tuple(TIERS))
    parser.add_argument("--go-on", action="store_true", help="keep the stills that lie there")
    parser.add_argument("text", nargs="*", help="texts of your own instead")
    options = parser.parse_args(arguments)
    texts = dict(enumerate(options.text or TEXTS, start=1))
    chosen = numbers(options.only) if options.only else list(texts)
    gallery = Gallery(options.tier, options.o, go_on=options.go_on)
    for number in chosen:
        gallery.add(number, texts[number])
    print(f"subject in the picture: {gallery.good} of {len(chosen)}; {gallery.save()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
