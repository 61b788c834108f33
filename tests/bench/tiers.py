"""Every tier of one shot side by side. In: a text. Out: one picture, a still a tier, all as high.

`python -m tests.bench.tiers [-o tiers.png] [--at SECONDS] [--tier TIER ...] [--high PX] [TEXT]`
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from flow_nb.director.grammar import Grammar
from flow_nb.engines.stage import vulkan
from flow_nb.engines.stage.draw import Drawer
from flow_nb.engines.stage.finish.finish import Finish
from flow_nb.engines.stage.scene import frame_times, stage_picture
from flow_nb.engines.stage.tiers import TIERS, grounded
from flow_nb.plan.shot import make_shot
from tests.bench.framed import CACHE, solved

TEXT = "A red ball rolls across the living room and knocks over a wooden block, afternoon."
GAP = 8


def still(drawer: Drawer, name: str, text: str, at_s: float) -> Image.Image:
    """One frame of a text at a tier, finished as its takes are."""
    tier = TIERS[name]
    plan = grounded(Grammar().read(make_shot("tiers", text, tier=name)), name)
    motion = solved(plan)
    picture = stage_picture(plan, motion, tier, CACHE)
    pixels = np.zeros((tier.format.height, tier.format.width, 3), np.uint8)
    drawer.load(picture, tier, [pixels])
    frame = min(int(at_s * tier.format.fps), len(picture.cameras) - 1)
    drawer.draw(frame, 0)
    if tier.finished:
        times = frame_times(plan, tier.format)
        finish = Finish(plan, motion, picture.cameras, times, tier)
        finish(pixels, frame, (drawer.distances(frame), drawer.owners(frame)))
    return Image.fromarray(pixels)


def main(arguments: list[str]) -> int:
    """The picture."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.tiers", description=__doc__)
    parser.add_argument("-o", "--out", type=Path, default=Path("tiers.png"))
    parser.add_argument("--at", type=float, default=1.5, help="when, in seconds")
    parser.add_argument("--tier", nargs="*", choices=tuple(TIERS), default=tuple(TIERS))
    parser.add_argument("--high", type=int, default=360, help="height of a still in the picture")
    parser.add_argument("text", nargs="?", default=TEXT)
    asked = parser.parse_args(arguments)
    drawer = Drawer(software=vulkan.best_device().software)
    parts = []
    for name in asked.tier:
        one = still(drawer, name, asked.text, asked.at)
        size = round(one.width * asked.high / one.height), asked.high
        parts.append(one.resize(size, Image.Resampling.LANCZOS))
        print(f"{name}: {one.width}×{one.height}", flush=True)
    wide = sum(part.width for part in parts) + GAP * (len(parts) - 1)
    sheet = Image.new("RGB", (wide, asked.high), "white")
    left = 0
    for part in parts:
        sheet.paste(part, (left, 0))
        left += part.width + GAP
    sheet.save(asked.out)
    print(asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
