"""The property department, to look at. In: nothing, or names. Out: a contact sheet with every archetype.

`python -m tests.bench.props [-o FILE] [--kind props|animals|people] [--speed M_S] [--turn DEG] [NAME ...]`
draws each alone in the studio, with its name; with a speed it goes to the right and is drawn thrice.
"""

from __future__ import annotations

import argparse
import math
import sys
import tomllib
from dataclasses import replace
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from flow_nb.director.grammar import Grammar
from flow_nb.engines.base import Format
from flow_nb.engines.stage import creatures, vulkan
from flow_nb.engines.stage.draw import Drawer
from flow_nb.engines.stage.scene import stage_picture
from flow_nb.engines.stage.tiers import TIERS
from flow_nb.plan.motion import CONTACT, POSE_RATE_HZ, RUB, Motion
from flow_nb.plan.plan import Body, Camera, Plan, SetDesign
from flow_nb.plan.shot import make_shot
from flow_nb.props.archetypes import archetypes
from flow_nb.props.skeleton import HEIGHTS_M, skeleton
from tests.bench.sheet import CACHE

WIDE, HIGH, COLUMNS = 384, 288, 6
FRESH = 12
SKIP = frozenset({"person"})
PEOPLE = (
    "A woman stands.",
    "A man stands.",
    "A girl stands.",
    "A boy stands.",
    "A grandmother stands.",
    "An old man stands.",
    "A fat man stands.",
    "A thin woman stands.",
    "A muscular man stands.",
    "A bride stands.",
    "A chef in a white apron stands.",
    "A doctor stands.",
    "A police officer stands.",
    "An astronaut stands.",
    "A knight stands.",
    "A woman in a red dress stands.",
    "A man in a blue suit stands.",
    "A girl in a yellow raincoat stands.",
    "A woman in a green coat and a red scarf stands.",
    "A blonde woman in a black skirt stands.",
    "A boy in a grey hoodie stands.",
    "A man in a black hat stands.",
    "A man with a red beard and a brown leather jacket stands.",
    "A woman in a long white gown stands.",
)


def subjects(kind: str, names: list[str]) -> list[Body]:
    """What is drawn: one body a tile."""
    if kind == "people":
        plans = [Grammar().read(make_shot("people", text)) for text in names or PEOPLE]
        return [
            plan.bodies[0].model_copy(update={"name": f"one-{i}"}) for i, plan in enumerate(plans)
        ]
    if kind == "animals":
        rows = []
        for file in ("breeds.toml", "flocks.toml"):
            table = tomllib.loads(files(creatures).joinpath(file).read_text("utf-8"))
            for name, row in table.items():
                prop = row
                while "props" not in prop:
                    prop = table[prop["like"]]
                if not names or name in names:
                    rows.append((name if "props" in row else row["nouns"][0], prop["props"][0]))
        return [
            Body(name="one", noun=noun, prop=prop, material=archetypes()[prop].material)
            for noun, prop in rows
        ]
    return [
        Body(
            name="one",
            noun=name.replace("-", " "),
            prop=name,
            material=row.material,
            lit="lamp" in name,
        )
        for name, row in archetypes().items()
        if name not in SKIP and (not names or name in names)
    ]


def _told(body: Body) -> str:
    return ", ".join([body.noun, *(trait.word for trait in body.traits)])


def motion_of(plan: Plan, speed_m_s: float, turn_deg: float) -> Motion:
    """It stands, or glides along, by formula: no solver."""
    count = round(plan.duration_s * POSE_RATE_HZ) + 1
    turn = math.radians(turn_deg)
    facing = np.array([math.cos(turn), math.sin(turn), 0.0])
    way = speed_m_s * np.arange(count)[:, None] / POSE_RATE_HZ * facing
    body, names, places = plan.bodies[0], [], []
    names.append(body.name)
    places.append(way)
    spin = np.array(
        [[math.cos(turn), -math.sin(turn), 0], [math.sin(turn), math.cos(turn), 0], [0, 0, 1]]
    )
    if archetypes()[body.prop].kind == "figure":
        for bone in skeleton(HEIGHTS_M[body.age] * body.scale, body.age).bones:
            names.append(f"{body.name}/{bone.name}")
            places.append(way + spin @ np.array(bone.joint_m))
    quaternion = np.tile([math.cos(turn / 2), 0, 0, math.sin(turn / 2)], (count, len(names), 1))
    return Motion(
        duration_s=plan.duration_s, names=tuple(names), materials=(body.material,) * len(names),
        masses_kg=np.ones(len(names)), sizes_m=np.ones(len(names)),
        positions_m=np.stack(places, axis=1).astype(np.float32), quaternions=quaternion.astype(np.float32),
        born_s=np.zeros(len(names)), gone_s=np.full(len(names), math.inf),
        contacts=np.zeros(0, CONTACT), rubs=np.zeros(0, RUB), energy_j=np.zeros(count),
        floor_material="linoleum",
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    """Writes the sheet."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.props", description=__doc__)
    parser.add_argument("-o", metavar="FILE", type=Path, default=Path("props.png"))
    parser.add_argument("--kind", choices=("props", "animals", "people"), default="props")
    parser.add_argument("--speed", metavar="M_S", type=float, default=0.0)
    parser.add_argument("--turn", metavar="DEG", type=float, default=None)
    parser.add_argument("--size", default="full", help="the shot's size")
    parser.add_argument("name", nargs="*")
    options = parser.parse_args(arguments)
    bodies = subjects(options.kind, options.name)
    jobs = [(body, options.size, options.speed, _turn_deg(body, options.turn)) for body in bodies]
    tiles: list[Image.Image] = []
    # a fresh process every few: a software driver keeps some of every context it made
    with get_context("spawn").Pool(1, maxtasksperchild=FRESH) as pool:
        for body, drawn in zip(bodies, pool.imap(_drawn, jobs), strict=True):
            for picture in drawn:
                tile = Image.fromarray(picture)
                ImageDraw.Draw(tile).text((6, 4), _told(body), fill=(255, 255, 0))
                tiles.append(tile)
            if len(tiles) % COLUMNS == 0:
                _sheet(tiles).save(options.o)
    _sheet(tiles).save(options.o)
    print(f"{len(bodies)} {options.kind} drawn: {options.o}")
    return 0


def _turn_deg(body: Body, told: float | None) -> float:
    usual = -28.0 if archetypes()[body.prop].kind in ("animal", "vehicle") else 0.0
    return usual if told is None else told


def _drawn(job: tuple[Body, str, float, float]) -> list[NDArray[np.uint8]]:
    """A body in a shot of that size, as it stands, or at three instants of its way."""
    body, size, speed_m_s, turn_deg = job
    tier = replace(
        TIERS["sketch"], format=Format(width=WIDE, height=HIGH, fps=TIERS["sketch"].format.fps)
    )
    plan = Plan(text=body.noun, duration_s=2.0, set=SetDesign(kind="studio"), bodies=(body,),
                camera=Camera.model_validate({"size": size}), seed=3)  # fmt: skip
    slot = np.zeros((HIGH, WIDE, 3), np.uint8)
    try:
        picture = stage_picture(plan, motion_of(plan, speed_m_s, turn_deg), tier, CACHE)
        drawer = Drawer(software=vulkan.best_device().software)
        drawer.load(picture, tier, [slot])
    except Exception as error:  # one that fails must not hide the others
        print(f"{body.noun}: {type(error).__name__}: {error}")
        return []
    last = len(picture.cameras) - 1
    found = []
    for frame in (last // 3, last // 2, 2 * last // 3) if speed_m_s else (0,):
        drawer.draw(frame, 0)
        found.append(slot.copy())
    return found


def _sheet(tiles: list[Image.Image]) -> Image.Image:
    sheet = Image.new("RGB", (WIDE * COLUMNS, HIGH * max(1, -(-len(tiles) // COLUMNS))))
    for i, tile in enumerate(tiles):
        sheet.paste(tile, (i % COLUMNS * WIDE, i // COLUMNS * HIGH))
    return sheet


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
