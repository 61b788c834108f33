"""What the studio can do, to look at. In: `abilities.toml`, or texts. Out: a contact sheet, a row of figures for each.

`python -m tests.bench.sheet [-o FILE] [--only N,N] [--frames N] [TEXT ...]` reads, solves and draws
sketch frames of every text. A text that fails is a grey row and an exit status of 1.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
import traceback
from pathlib import Path
from tempfile import gettempdir

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from flow_nb.director.grammar import Grammar
from flow_nb.engines.stage import vulkan
from flow_nb.engines.stage.draw import Drawer
from flow_nb.engines.stage.scene import stage_picture
from flow_nb.engines.stage.tiers import TIERS
from flow_nb.physics.solve import solve
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Action, Plan
from flow_nb.plan.shot import make_shot

TEXTS = tuple(tomllib.loads((Path(__file__).parent / "abilities.toml").read_text("utf-8"))["texts"])
TIER = TIERS["sketch"]
FRAMES = 3
CACHE = Path(gettempdir()) / "flow_nb-sheet"


class Sheet:
    """Rows of pictures, drawn one by one."""

    def __init__(self, frames: int = FRAMES) -> None:
        self.frames = frames
        self.drawer = Drawer(software=vulkan.best_device().software)
        self.rows: list[Image.Image] = []
        self.failed = 0

    def add(self, number: int, text: str) -> None:
        """Shoots a text: a row of pictures, a line of figures."""
        width, height = TIER.format.width, TIER.format.height
        tiles = [np.full((height, width, 3), 60, np.uint8)] * self.frames
        try:
            tiles = self._shoot(number, text)
        except Exception as error:  # one text that fails must not hide the others
            self.failed += 1
            print(f"{number:2d} FAILS {text}\n   {type(error).__name__}: {error}", flush=True)
            traceback.print_exc(limit=-3)
        row = Image.fromarray(np.concatenate(tiles, 1)).resize(
            (width * self.frames * 2 // 3, height * 2 // 3)
        )
        ImageDraw.Draw(row).text((6, 4), f"{number} {text}"[:160], fill=(255, 255, 0))
        self.rows.append(row)

    def save(self, path: Path) -> None:
        """All rows as one picture."""
        Image.fromarray(np.concatenate([np.asarray(row) for row in self.rows], 0)).save(path)

    def _shoot(self, number: int, text: str) -> list[NDArray[np.uint8]]:
        begin = time.perf_counter()
        plan = Grammar().read(make_shot(f"ability-{number}", text))
        read = time.perf_counter()
        motion = solve(plan)
        solved = time.perf_counter()
        tiles = self._draw(plan, motion)
        drawn = time.perf_counter()
        took = f"read {read - begin:.1f} solve {solved - read:.1f} draw {drawn - solved:.1f} s"
        print(f"{number:2d} {text}\n   {took}; {plan.duration_s:g} s on {plan.set.kind}")
        for line in _figures(plan, motion):
            print(f"   {line}")
        sys.stdout.flush()
        return tiles

    def _draw(self, plan: Plan, motion: Motion) -> list[NDArray[np.uint8]]:
        picture = stage_picture(plan, motion, TIER, CACHE)
        slot = np.zeros((TIER.format.height, TIER.format.width, 3), np.uint8)
        self.drawer.load(picture, TIER, [slot])
        total, tiles = len(picture.cameras), []
        for i in range(self.frames):
            self.drawer.draw(min(total - 1, int((i + 0.5) / self.frames * total)), 0)
            tiles.append(slot.copy())
        return tiles


def _figures(plan: Plan, motion: Motion) -> list[str]:
    """What was read, and what came of it, in words."""
    lines = ["does " + ", ".join(_told(action) for action in plan.actions)]
    lines += [f"where {p.body} {p.relation} {p.anchor}" for p in plan.placements]
    lines += [f"gap {gap.words!r}: {gap.reason}" for gap in plan.gaps]
    lines += [f"warns {line}" for line in motion.warnings]
    lines += [
        f"check {c.kind} of {c.body}: {c.expected:.3g} {c.unit}, solved {c.solved:.3g} {c.text}"
        for c in motion.checks
        if not c.holds
    ]
    return lines


def _told(action: Action) -> str:
    words = f"{action.agent} makes " if action.agent and action.agent != action.body else ""
    words += f"{action.body} {action.verb}"
    words += f" {action.how or 'at'} {action.target}" if action.target else ""
    words += f" from {action.source}" if action.source else ""
    words += "".join(f" {leg.way} {leg.body}" for leg in action.path)
    return f"{words} ({action.start_s:.1f} s{', expected' if action.expected else ''})"


def numbers(text: str) -> list[int]:
    """``3,7-9`` is 3, 7, 8, 9."""
    found = []
    for part in text.split(","):
        low, _, high = part.partition("-")
        found += range(int(low), int(high or low) + 1)
    return found


def main(arguments: list[str]) -> int:
    """Prints the figures and writes the sheet; 1 where a text failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.sheet", description=__doc__)
    parser.add_argument("-o", metavar="FILE", type=Path, default=Path("abilities.png"))
    parser.add_argument(
        "--only", metavar="N,N", help="numbers of abilities, from 1; 3-5 is a range"
    )
    parser.add_argument("--frames", metavar="N", type=int, default=FRAMES, help="pictures in a row")
    parser.add_argument("text", nargs="*", help="texts of your own instead")
    options = parser.parse_args(arguments)
    texts = dict(enumerate(options.text or TEXTS, start=1))
    chosen = numbers(options.only) if options.only else list(texts)
    sheet = Sheet(options.frames)
    for number in chosen:
        sheet.add(number, texts[number])
    sheet.save(options.o)
    return 1 if sheet.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
