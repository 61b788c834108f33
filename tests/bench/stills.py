"""The stage, to look at. In: a group of `stills.toml`, or texts. Out: a contact sheet, and of every still what share
of it is white or black.

`python -m tests.bench.stills [-o FILE] [--group faces|hands|...] [--only N,N-M] [--columns N] [--tier TIER] [TEXT ...]`
"""

from __future__ import annotations

import argparse
import sys
import tomllib
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from flow_nb.director.grammar import Grammar
from flow_nb.engines.base import Format
from flow_nb.engines.stage import vulkan
from flow_nb.engines.stage.draw import Drawer
from flow_nb.engines.stage.finish.finish import Finish
from flow_nb.engines.stage.scene import frame_times, stage_picture
from flow_nb.engines.stage.tiers import TIERS, Tier
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot
from tests.bench.framed import CACHE, solved
from tests.bench.props import motion_of
from tests.bench.sheet import numbers

GROUPS = tomllib.loads((Path(__file__).parent / "stills.toml").read_text("utf-8"))
WHITE, BLACK = 252, 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Still:
    """A text, when to look at it as shares of its time, and what is put in place of what it says: the
    ``set``, the hour, the size, the ``seed``. With ``turn_deg`` the one body stands, turned, by formula."""

    text: str
    at: tuple[float, ...] = (0.5,)
    seed: int | None = None
    turn_deg: float | None = None
    light: Mapping[str, Any] = field(default_factory=dict)
    camera: Mapping[str, Any] = field(default_factory=dict)
    set: str | None = None

    def plan(self, tier: str) -> Plan:
        """What is shot."""
        plan = Grammar().read(make_shot("stills", self.text, tier=tier))
        new: dict[str, Any] = {
            "light": plan.light.model_copy(update=dict(self.light)),
            "camera": plan.camera.model_copy(update=dict(self.camera)),
        }
        if self.set is not None:
            new["set"] = plan.set.model_copy(update={"kind": self.set})
        if self.seed is not None:
            new["seed"] = self.seed
        if self.turn_deg is not None:
            new["actions"] = ()
        return plan.model_copy(update=new)

    def motion(self, plan: Plan) -> Motion:
        """How it moves."""
        return solved(plan) if self.turn_deg is None else motion_of(plan, 0.0, self.turn_deg)


def group(name: str) -> list[Still]:
    """The stills of a group, with what the group says of all of them."""
    told = GROUPS[name]
    usual = {key: value for key, value in told.items() if key in Still.__dataclass_fields__}
    rows = [{"text": row} if isinstance(row, str) else row for row in told["shots"]]
    return [Still(**(usual | row)) for row in rows]


def shot(drawer: Drawer, still: Still, tier: Tier) -> Iterator[NDArray[np.uint8]]:
    """The frames of one."""
    plan = still.plan(tier.name)
    motion = still.motion(plan)
    picture = stage_picture(plan, motion, tier, CACHE)
    slot = np.zeros((tier.format.height, tier.format.width, 3), np.uint8)
    drawer.load(picture, tier, [slot])
    last = len(picture.cameras) - 1
    for share in still.at:
        frame = min(last, round(share * last))
        drawer.draw(frame, 0)
        if tier.finished:
            finish = Finish(plan, motion, picture.cameras, frame_times(plan, tier.format), tier)
            finish(slot, frame, drawer.distances(frame), drawer.owners(frame))
        yield slot.copy()


def main(arguments: list[str]) -> int:
    """Writes the sheet; 1 where a still failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.stills", description=__doc__)
    parser.add_argument("-o", metavar="FILE", type=Path, default=Path("stills.png"))
    parser.add_argument("--group", choices=tuple(GROUPS), default="faces")
    parser.add_argument("--only", metavar="N,N", help="numbers from 1; 3-5 is a range")
    parser.add_argument("--columns", type=int)
    parser.add_argument("--tier", default="fast", choices=tuple(TIERS))
    parser.add_argument("--size", metavar="WxH")
    parser.add_argument("--seed", type=int)
    parser.add_argument("text", nargs="*", help="texts of your own, shot as the group is")
    options = parser.parse_args(arguments)
    told = GROUPS[options.group]
    own: dict[str, Any] = {"at": tuple(told["at"])} if options.text and "at" in told else {}
    stills = dict(
        enumerate([Still(text=t, **own) for t in options.text] or group(options.group), 1)
    )
    wide, high = map(int, options.size.split("x")) if options.size else told.get("size", (480, 270))
    tier = TIERS[options.tier]
    tier = replace(tier, format=Format(width=wide, height=high, fps=tier.format.fps))
    drawer = Drawer(software=vulkan.best_device().software)
    tiles: list[Image.Image] = []
    failed = 0
    for number in numbers(options.only) if options.only else list(stills):
        still = stills[number]
        if options.seed is not None:
            still = replace(still, seed=options.seed)
        try:
            frames = list(shot(drawer, still, tier))
        except Exception as error:  # one that fails must not hide the others
            failed += 1
            print(f"{number:2d} FAILS {type(error).__name__}: {error}", flush=True)
            traceback.print_exc(limit=-3)
            frames = [np.full((high, wide, 3), 60, np.uint8)] * len(still.at)
        white = max(float(np.mean(frame.min(-1) >= WHITE)) for frame in frames)
        black = max(float(np.mean(frame.max(-1) <= BLACK)) for frame in frames)
        mean = float(np.mean(frames))
        print(f"{number:2d} white {white:.3f} black {black:.3f} mean {mean:3.0f}  {still.text}"
              f"{' / ' + still.set if still.set else ''}", flush=True)  # fmt: skip
        for i, frame in enumerate(frames):
            tile = Image.fromarray(frame)
            if i == 0:
                label = f"{number} {still.set or ''} {still.text}"
                ImageDraw.Draw(tile).text((6, 4), label[: wide // 7], fill=(255, 255, 0))
            tiles.append(tile)
    columns = options.columns or told.get("columns", 3)
    sheet = Image.new("RGB", (wide * columns, high * -(-len(tiles) // columns)))
    for i, tile in enumerate(tiles):
        sheet.paste(tile, (i % columns * wide, i // columns * high))
    sheet.save(options.o)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
