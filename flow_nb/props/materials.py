"""What things are made of. In: ``materials.toml``. Out: `Material` rows, and what a pair of them does.

Used by physics (friction, restitution, breakage), by the stage (look) and by foley (sound).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """One row of ``materials.toml``; the columns are explained at its head."""

    name: str
    density_kg_m3: float
    friction: float
    restitution: float
    hardness: float
    colour: str
    roughness: float
    metallic: float
    opacity: float
    loss_factor: float
    wave_speed_m_s: float
    brightness: float
    breaks_at_m_s: float | None = None
    texture: str | None = None


@cache
def materials() -> Mapping[str, Material]:
    """All rows by name."""
    text = files(__package__).joinpath("materials.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    return MappingProxyType({name: Material(name=name, **row) for name, row in rows.items()})


def pair_friction(a: Material, b: Material) -> float:
    """Coulomb coefficient of a pair: the geometric mean.

    >>> rows = materials()
    >>> round(pair_friction(rows["glass"], rows["hardwood"]), 3)
    0.374
    """
    return math.sqrt(a.friction * b.friction)


def pair_restitution(a: Material, b: Material) -> float:
    """Share of the closing speed that comes back: the geometric mean."""
    return math.sqrt(a.restitution * b.restitution)


def breaking_speed_m_s(limit_m_s: float | None, other: Material) -> float:
    """Closing speed at which something shatters that breaks on an anvil at ``limit_m_s``, met by
    ``other``: softer partners forgive more. None never breaks.

    >>> rows = materials()
    >>> round(breaking_speed_m_s(rows["glass"].breaks_at_m_s, rows["hardwood"]), 2)
    2.5
    >>> breaking_speed_m_s(rows["rubber"].breaks_at_m_s, rows["tile"])
    inf
    """
    return math.inf if limit_m_s is None else limit_m_s / other.hardness
