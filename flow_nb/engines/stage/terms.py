"""Light, surfaces and cameras in the renderer's own terms. In: the values of a `Picture`. Out: those of
`mjrf`.

Lives in the renderer's own process, beside `draw`.
"""

from __future__ import annotations

import math

import numpy as np
from mujoco import mjrf

from flow_nb.engines.base import Format
from flow_nb.engines.stage import ktx
from flow_nb.engines.stage.picture import Lamp, Light, Look, View
from flow_nb.engines.stage.tiers import Tier

UNIT_LUX = 20_860.0
"""Light from all around that makes white as bright as the film takes; measured on a grey card."""

NEAR_M, FAR_M = 0.02, 60.0


def material_of(look: Look, maps: tuple[object, ...] | None, glow: object | None) -> mjrf.Material:
    """A look; ``maps`` are its colour, normal and occlusion-roughness-metal textures."""
    material = mjrf.Material()
    material.color = np.array((*look.colour, look.opacity), np.float32)
    material.roughness, material.metallic = look.roughness, look.metallic
    if glow is not None:
        material.emissive, material.emissive_texture = look.glow, glow
    if maps is not None:
        material.color = np.ones(4, np.float32)
        material.color_texture, material.normal_texture, material.orm_texture = maps
        material.roughness = material.metallic = 1.0
    return material


def plain(look: Look) -> bytes:
    """A texture of the look's colour alone: the colour of its glow."""
    colour = np.round(np.asarray(look.colour) * 255).astype(np.uint8)
    return ktx.image(np.broadcast_to(colour, (4, 4, 3)).copy(), srgb=True)


def sun(light: Light, tier: Tier) -> mjrf.LightParams:
    """The sun of a shot."""
    params = mjrf.LightParams()
    params.type = mjrf.LightType.LIGHT_DIRECTIONAL
    params.color = np.array(light.sun_colour, np.float32)
    params.intensity = light.sun_strength * math.pi * UNIT_LUX
    params.cast_shadow = light.sun_strength > 0
    params.shadow_map_size = tier.shadow_map_px
    params.bulb_radius = light.sun_radius_m
    return params


def intensity(lamp: Lamp) -> float:
    """How strong a lamp is when it is steady."""
    return lamp.strength * math.pi * UNIT_LUX


def lamp_of(lamp: Lamp, tier: Tier) -> mjrf.LightParams:
    """A lamp."""
    params = mjrf.LightParams()
    kinds = mjrf.LightType
    params.type = kinds.LIGHT_SPOT if lamp.kind == "spot" else kinds.LIGHT_POINT
    params.color = np.array(lamp.colour, np.float32)
    params.intensity = intensity(lamp)
    params.range, params.cutoff, params.softness = lamp.reach_m, lamp.cone_deg, 0.6
    params.cast_shadow, params.bulb_radius = lamp.shadow, lamp.bulb_m
    params.shadow_map_size = tier.shadow_map_px
    return params


def camera_of(view: View, form: Format, offset_px: tuple[float, float] = (0.0, 0.0)) -> mjrf.Camera:
    """The view, seen from ``offset_px`` beside the middle of its pixels."""
    top = NEAR_M * math.tan(math.radians(view.fovy_deg) / 2)
    pixel = 2 * top / form.height
    right, up = offset_px[0] * pixel, offset_px[1] * pixel
    return mjrf.Camera(
        pos=view.at_m.astype(np.float32),
        forward=view.forward.astype(np.float32),
        up=view.up.astype(np.float32),
        frustum_bottom=up - top,
        frustum_top=up + top,
        frustum_center=right,
        frustum_near=NEAR_M,
        frustum_far=FAR_M,
        frustum_width=0,
    )
