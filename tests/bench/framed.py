"""Whether subjects are in their pictures. In: the gallery's texts, the strangers', the abilities. Out: of each, what
share of the picture its subject takes, by the segmentation pass, and whether that is right for the shot's size.

`python -m tests.bench.framed [-o FOLDER] [--of gallery,strangers,abilities] [--only N,N-M] [TEXT ...]`
With a folder, four frames of each are drawn there. Solved motions are kept beside the textures.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import gettempdir

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from flow_nb.director.grammar import Grammar
from flow_nb.engines.base import Format
from flow_nb.engines.stage import vulkan
from flow_nb.engines.stage.draw import Drawer
from flow_nb.engines.stage.framing import target
from flow_nb.engines.stage.picture import Picture
from flow_nb.engines.stage.scene import stage_picture
from flow_nb.engines.stage.tiers import TIERS, Tier
from flow_nb.errors import FlowError
from flow_nb.physics.solve import VERSION, solve
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot
from flow_nb.timebase import FPS
from tests.bench.sheet import numbers

HERE = Path(__file__).parent
CACHE = Path(gettempdir()) / "flow_nb-sheet"
SMALL = replace(TIERS["sketch"], name="small", format=Format(width=256, height=144, fps=FPS))
LOOKED_AT, ENOUGH = 20, 0.9
SHARE = {
    "extreme wide": (0.002, 0.4), "wide": (0.01, 0.6), "full": (0.03, 0.8), "medium": (0.04, 0.8),
    "medium close-up": (0.06, 0.85), "close-up": (0.06, 0.9), "extreme close-up": (0.1, 1.0),
}  # fmt: skip
"""How much of the picture a subject may take, by the size of the shot."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What share of the picture the subject takes at frames spread over the shot; what is right."""

    subject: str
    shares: tuple[float, ...]
    low: float
    high: float

    @property
    def right(self) -> float:
        """In what share of the frames it takes its share of the picture."""
        return float(np.mean([self.low <= share <= self.high for share in self.shares]))

    @property
    def good(self) -> bool:
        """Whether that is so in nine frames of ten."""
        return self.right >= ENOUGH

    def __str__(self) -> str:
        told = f"{self.subject} takes {min(self.shares):.3f} to {max(self.shares):.3f} of "
        return f"{told}{self.low:g} to {self.high:g}, right in {self.right:.0%}"


def seen(plan: Plan, motion: Motion, owners: Sequence[NDArray[np.int32]]) -> Seen:
    """The subject, with all of its kind, in frames of the segmentation pass."""
    name = target(plan, motion) or ""
    noun = next((body.noun for body in plan.bodies if body.name == name), "")
    kind = {body.name for body in plan.bodies if body.noun == noun}
    mine = [1 + i for i, other in enumerate(motion.names) if other.split("/")[0] in kind]
    low, high = SHARE[plan.camera.size]
    shares = tuple(float(np.isin(part, mine).mean()) for part in owners)
    return Seen(subject=name, shares=shares, low=low, high=high)


def spread(frames: int) -> list[int]:
    """The frames that are looked at."""
    return [int(frame) for frame in np.linspace(0, frames - 1, LOOKED_AT)]


def texts_of(which: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each text with its number in its own list."""
    lists = {
        "gallery": tomllib.loads((HERE / "gallery.toml").read_text("utf-8"))["texts"],
        "strangers": [
            row["text"]
            for row in tomllib.loads((HERE / "reading/strangers.toml").read_text("utf-8"))["prompt"]
        ],
        "abilities": tomllib.loads((HERE / "abilities.toml").read_text("utf-8"))["texts"],
    }
    for name in which:
        for number, text in enumerate(lists[name], start=1):
            yield f"{name[0]}{number}", text


def solved(plan: Plan) -> Motion:
    """The plan's motion, solved once."""
    content = plan.model_dump_json(by_alias=True) + VERSION
    path = CACHE / f"{hashlib.sha256(content.encode()).hexdigest()[:24]}.npz"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        path.write_bytes(solve(plan).to_bytes())
    return Motion.from_bytes(path.read_bytes())


class Viewfinder:
    """Looks at shots, one by one."""

    def __init__(self, folder: Path | None, tier: Tier = SMALL) -> None:
        self.folder, self.tier = folder, tier
        self.drawer = Drawer(software=vulkan.best_device().software)
        self.slot = np.zeros((tier.format.height, tier.format.width, 3), np.uint8)
        self.counts: dict[str, list[bool]] = {}

    def look(self, key: str, text: str) -> None:
        """One line about a text."""
        try:
            plan = Grammar().read(make_shot("gallery", text, tier="light"))
            motion = solved(plan)
        except FlowError as error:
            print(f"{key:5s} --- {text[:80]!r}\n      {type(error).__name__}: {error}", flush=True)
            return
        found = self._seen(plan, motion, stage_picture(plan, motion, self.tier, CACHE), key)
        self.counts.setdefault(key[0], []).append(found.good)
        camera = plan.camera
        print(f"{key:5s} {'ok ' if found.good else 'NO '} {text[:90]!r}")
        print(
            f"      {plan.set.kind}, {camera.size}, {camera.angle}, {camera.move}, "
            f"{camera.lens_mm:g} mm: {found}",
            flush=True,
        )

    def _seen(self, plan: Plan, motion: Motion, picture: Picture, key: str) -> Seen:
        self.drawer.load(picture, self.tier, [self.slot])
        owners, chosen = [], spread(len(picture.cameras))
        for frame in chosen:
            self.drawer.pose(frame)
            owners.append(self.drawer.owners(frame))
        found = seen(plan, motion, owners)
        if self.folder is not None:
            self._strip([chosen[i] for i in (0, 6, 13, 19)], key)
        return found

    def _strip(self, frames: Sequence[int], key: str) -> None:
        assert self.folder is not None
        self.folder.mkdir(parents=True, exist_ok=True)
        tiles = []
        for frame in frames:
            self.drawer.draw(frame, 0)
            tiles.append(self.slot.copy())
        Image.fromarray(np.concatenate(tiles, 1)).save(self.folder / f"{key}.png")


def report(counts: Mapping[str, Sequence[bool]]) -> None:
    """One line a list."""
    for key, goods in counts.items():
        print(f"{key}: subject in its picture in {sum(goods)} of {len(goods)}")


def main(arguments: Sequence[str]) -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.framed", description=__doc__)
    parser.add_argument("-o", metavar="FOLDER", type=Path)
    parser.add_argument("--of", metavar="LIST,LIST", default="gallery,strangers,abilities")
    parser.add_argument("--only", metavar="N,N", help="numbers from 1; 3-5 is a range")
    parser.add_argument("text", nargs="*", help="texts of your own instead")
    options = parser.parse_args(arguments)
    only = {str(number) for number in numbers(options.only)} if options.only else None
    own = [(f"own{number}", text) for number, text in enumerate(options.text, start=1)]
    finder = Viewfinder(options.o)
    for key, text in own or texts_of(options.of.split(",")):
        if only is None or key[1:] in only:
            finder.look(key, text)
    report(finder.counts)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
