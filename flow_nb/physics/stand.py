"""A body ready to be built. In: plan entries. Out: `Stand`: what it is, where it stands, how it is let go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flow_nb.plan.plan import Body
from flow_nb.props.archetypes import Archetype, archetypes
from flow_nb.props.materials import Material, materials
from flow_nb.props.shapes import piece_mesh, prop_bounds_m, volume_m3

Vector = NDArray[np.float64]
UPRIGHT = (1.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """One body on its mark.

    ``foot_m`` is where its frame's origin stands; ``velocity_m_s`` and ``spin_rad_s`` are given to
    it at ``start_s`` (None: nobody moves it). A ``held`` body floats on its mark until then, or
    until something touches it. ``pivot_m`` is where its cord is tied, for what hangs.
    """

    body: Body
    foot_m: tuple[float, float, float]
    turn: tuple[float, float, float, float] = UPRIGHT
    start_s: float | None = None
    velocity_m_s: tuple[float, float, float] = (0.0, 0.0, 0.0)
    spin_rad_s: tuple[float, float, float] = (0.0, 0.0, 0.0)
    held: bool = False
    pivot_m: tuple[float, float, float] | None = None

    @property
    def prop(self) -> Archetype:
        """The archetype's row."""
        return archetypes()[self.body.prop]

    @property
    def material(self) -> Material:
        """The material's row."""
        return materials()[self.body.material]

    @property
    def bounds_m(self) -> Vector:
        """Lowest and highest corner in its own frame, (2, 3)."""
        return prop_bounds_m(self.prop, self.body.scale)

    @property
    def size_m(self) -> float:
        """Its longest dimension."""
        low, high = self.bounds_m
        return float((high - low).max())

    @property
    def mass_kg(self) -> float:
        """As told; else the archetype's, scaled by size and by material; else volume times density."""
        if self.body.mass_kg is not None:
            return self.body.mass_kg
        scale, prop = self.body.scale, self.prop
        if prop.mass_kg is not None:
            usual = materials()[prop.material].density_kg_m3
            return prop.mass_kg * scale**3 * self.material.density_kg_m3 / usual
        volume = sum(volume_m3(piece_mesh(piece, scale)) for piece in prop.body)
        return float(volume * self.material.density_kg_m3)

    @property
    def breaks_at_m_s(self) -> float | None:
        """Closing speed on an anvil at which it shatters, None for what does not."""
        if self.prop.unbreakable or len(self.prop.body) > 1 or self.body.fixed:
            return None
        if self.prop.breaks_at_m_s is not None and self.body.material == self.prop.material:
            return self.prop.breaks_at_m_s
        return self.material.breaks_at_m_s
