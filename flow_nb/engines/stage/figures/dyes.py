"""How a figure is coloured. In: its lumps by what they are, its `Outfit`. Out: the lumps by their `Look`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flow_nb.engines.stage.figures.clay import Lump
from flow_nb.engines.stage.figures.wardrobe import Outfit
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Look
from flow_nb.engines.stage.textures.people import SPAN
from flow_nb.plan.bodies import Age

LINEN = "#f2eee6"
_SMOOTH = frozenset({"space", "hard hat", "helmet", "antenna"})


def dyed(
    lumps: Mapping[str, Sequence[Lump]], worn: Outfit, age: Age, extras: Sequence[str]
) -> dict[Look, list[Lump]]:
    """The lumps by their look; ``extras`` are the names of what may be worn besides."""
    metal = worn.row.top == "armour"
    skin_ = worn.row.skin != ""
    cloth = Look(colour=srgb(worn.top), texture="felt", texture_m=0.30, roughness=0.9)
    steel = Look(colour=srgb(worn.top), roughness=0.34, metallic=0.85)
    flesh = Look(colour=srgb(worn.skin), roughness=0.38, metallic=0.75)
    if not skin_:
        flesh = Look(colour=srgb(worn.skin), texture="skin", texture_m=0.22, roughness=0.55)
    dark = _shade(worn.skin, 0.80)
    looks = {
        "skin": flesh, "face": flesh if skin_ else replace(
            flesh, texture=_face(worn, age), texture_m=SPAN, texture_px=1024),
        "lid": replace(flesh, colour=srgb(_shade(worn.skin, 0.93))),
        "top": steel if metal else cloth,
        "bottom": replace(steel if metal else cloth, colour=srgb(worn.bottom)),
        "tights": flesh,
        "shoes": Look(colour=srgb(worn.shoes), roughness=0.42 if not metal else 0.3,
                      metallic=0.7 if metal else 0.0),
        "button": Look(colour=srgb(_shade(worn.top, 0.55)), roughness=0.3),
        "hair": Look(colour=srgb(worn.hair_colour), texture="hair", texture_m=0.16),
        "brow": Look(colour=srgb(_shade(worn.hair_colour, 0.8)), roughness=0.6),
        "hat": Look(colour=srgb(worn.hat), roughness=0.3, metallic=0.9) if worn.row.hat_metal
        else Look(colour=srgb(worn.hat), texture="felt", texture_m=0.30, roughness=0.85)
        if worn.row.hat not in _SMOOTH else Look(colour=srgb(worn.hat), roughness=0.3),
        "trim": Look(colour=srgb(worn.row.trim), roughness=0.5),
        "eye": Look(colour=(0.93, 0.92, 0.89), roughness=0.12),
        "ring": Look(colour=srgb(_shade(worn.iris, 0.28)), roughness=0.12),
        "iris": Look(colour=srgb(worn.iris), roughness=0.10),
        "spark": Look(colour=(1.0, 1.0, 1.0), roughness=0.05, glow=0.30),
        "pupil": Look(colour=(0.02, 0.018, 0.016), roughness=0.05),
        "lash": Look(colour=srgb("#2a1d18"), roughness=0.7),
        "lips": Look(colour=srgb(_lips(worn)), roughness=0.42),
        "gap": Look(colour=srgb("#2a0d0e"), roughness=0.7),
        "teeth": Look(colour=(0.90, 0.88, 0.82), roughness=0.22),
        "tongue": Look(colour=srgb("#a8484a"), roughness=0.45),
    }  # fmt: skip
    if worn.row.name == "robot":
        looks["iris"] = Look(colour=(0.35, 0.9, 1.0), roughness=0.1, glow=0.9)
        looks["ring"] = looks["iris"]
        looks["eye"] = Look(colour=(0.08, 0.09, 0.10), roughness=0.1)
        looks["lips"] = Look(colour=srgb(dark), roughness=0.4, metallic=0.6)
    edge = _shade(worn.top, 0.84)
    own = {"hood": worn.top, "shirtfront": LINEN, "shirt collar": LINEN, "collar": worn.top}
    own |= dict.fromkeys(("crew", "rolled", "lapels", "coat lapels"), edge)
    for name in extras:
        dye = worn.trims.get(name) or own.get(name, worn.row.trim)
        looks[f"extra {name}"] = Look(
            colour=srgb(dye), texture="felt", texture_m=0.30, roughness=0.8
        )
    found: dict[Look, list[Lump]] = {}
    for name, made in lumps.items():
        found.setdefault(looks[name], []).extend(made)
    return found


def _face(worn: Outfit, age: Age) -> str:
    who = "woman" if worn.woman else "man"
    return "face child" if age == "child" else f"face old {who}" if age == "old" else f"face {who}"


def _shade(colour: str, by: float) -> str:
    return "#" + "".join(f"{min(255, round(255 * value * by)):02x}" for value in srgb(colour))


def _lips(worn: Outfit) -> str:
    red, green, blue = srgb(worn.skin)
    tint = (0.72, 0.20, 0.22) if worn.woman else (0.62, 0.33, 0.28)
    share = 0.62 if worn.woman else 0.42
    mixed = [a * (1 - share) + b * share for a, b in zip((red, green, blue), tint, strict=True)]
    return "#" + "".join(f"{round(255 * value * 0.86):02x}" for value in mixed)
