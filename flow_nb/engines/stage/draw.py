"""MuJoCo's Filament renderer behind three verbs. In: a `Picture`. Out: pixels in given arrays.

Lives in the renderer's own process; nothing else imports it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import mujoco
import numpy as np
from mujoco import mjrf
from mujoco.studio import window as _assets  # noqa: F401  (registers Filament's materials)
from numpy.typing import NDArray

from flow_nb.engines.stage import ktx
from flow_nb.engines.stage.model import compiled
from flow_nb.engines.stage.picture import Lamp, Light, Look, Picture, Sky, View
from flow_nb.engines.stage.pliant import Bending
from flow_nb.engines.stage.tiers import Tier

UNIT_LUX = 20_860.0
"""Light from all around that makes white as bright as the film takes; measured on a grey card."""

NEAR_M, FAR_M = 0.02, 60.0


class Drawer:
    """A graphics context, and the shot that is loaded into it."""

    def __init__(self, *, software: bool) -> None:
        self._software = software

    def load(self, picture: Picture, tier: Tier, slots: Sequence[NDArray[np.uint8]]) -> None:
        """Makes ready to draw ``picture`` into ``slots``; what was loaded before is dropped."""
        self._drop()
        # A context of its own for every shot: dithering follows the context's count of frames, and
        # the same shot is to give the same bits whatever was drawn before it.
        self._context = mjrf.Context(
            mjrf.ContextConfig(
                graphics_api=mjrf.GraphicsApi.GRAPHICS_API_VULKAN,
                software_rendering=self._software,
            )
        )
        self._picture = picture
        model = compiled(picture, tier)
        data = mujoco.MjData(model)
        mujoco.mj_kinematics(model, data)
        self._model, self._data = model, data
        self._resources = mjrf.ModelResources(self._context, model)
        self._scene = self._context.create_scene(mjrf.SceneParams())
        self._scene.configure_from_model(model)
        self._renderables = mjrf.ModelRenderables(self._scene, self._resources)
        self._kept: list[object] = []
        self._dress()
        self._light(picture.light, tier)
        self._aim(tier, slots)

    def draw(self, frame: int, slot: int) -> None:
        """Draws one frame into one slot and waits until it is there."""
        self._pose(frame)
        self._request.camera = _camera(self._picture.cameras[frame])
        handle = self._context.render([self._request], [self._reads[slot]])
        self._context.wait_for_frame(handle)

    def _drop(self) -> None:
        """Lets go of the last shot, inner things first."""
        for name in (
            "_parts",
            "_bending",
            "_carried",
            "_lights",
            "_renderables",
            "_request",
            "_reads",
            "_target",
            "_scene",
        ):
            if hasattr(self, name):
                delattr(self, name)
        for name in ("_resources", "_textures", "_kept", "_model", "_data", "_context"):
            if hasattr(self, name):
                delattr(self, name)

    def _dress(self) -> None:
        """Gives every part its material, and those that stand still their place."""
        self._textures: dict[Look, tuple[object, ...]] = {}
        self._parts: list[mjrf.Renderable] = []
        self._shown = np.ones(len(self._picture.items), dtype=bool)
        for index, item in enumerate(self._picture.items):
            part = self._renderables.get_renderable(mujoco.mjtObj.mjOBJ_GEOM, index)
            part.set_material(self._material(item.look))
            part.set_pose(*self._placed(index))
            self._parts.append(part)
        self._bending: list[Bending] = []
        for pliant in self._picture.pliants:
            bending = Bending(self._context, self._scene, pliant)
            bending.part.set_material(self._material(pliant.look))
            self._bending.append(bending)

    def _material(self, look: Look) -> mjrf.Material:
        if look.texture is not None and look not in self._textures:
            maps = self._picture.textures[look]
            self._textures[look] = tuple(self._texture(data) for data in maps)
        glow = self._texture(_plain(look)) if look.glow > 0 else None
        return _material(look, self._textures.get(look), glow)

    def _pose(self, frame: int) -> None:
        """Moves the bodies, and takes those away that are not there."""
        picture = self._picture
        self._data.mocap_pos[:] = picture.positions_m[frame]
        self._data.mocap_quat[:] = picture.quaternions[frame]
        mujoco.mj_kinematics(self._model, self._data)
        for index, item in enumerate(picture.items):
            if item.body < 0:
                continue
            there = bool(picture.present[frame, item.body])
            if there:
                self._parts[index].set_pose(*self._placed(index))
            if there != self._shown[index]:
                change = self._scene.add_renderable if there else self._scene.remove_renderable
                change(self._parts[index])
                self._shown[index] = there
        for bending in self._bending:
            bending.pose(frame)
        for lamp, light in self._carried:
            place = self._data.mocap_pos[lamp.body] + np.array([0, 0, lamp.at_m[2]])
            light.set_pose(place.astype(np.float32), np.array(lamp.towards, np.float32))

    def _placed(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        place = self._data.geom_xpos[index].astype(np.float32)
        return place, self._data.geom_xmat[index].astype(np.float32)

    def _texture(self, data: bytes, *, cube: bool = False) -> object:
        kinds = mjrf.SamplerType
        config = mjrf.TextureConfig()
        config.width = config.height = 1  # the file inside knows better
        config.sampler_type = kinds.TEXTURE_CUBE if cube else kinds.TEXTURE_2D
        config.format = mjrf.PixelFormat.PIXEL_FORMAT_KTX
        config.color_space = mjrf.ColorSpace.COLORSPACE_AUTO
        texture = self._context.create_texture(config)
        content = mjrf.TextureData()
        content.set_image(data)
        texture.upload(content)
        self._kept.append((texture, content, data))
        return texture

    def _light(self, light: Light, tier: Tier) -> None:
        self._lights: list[mjrf.Light] = []
        around, behind = self._cube(light.around), self._cube(light.behind)
        self._scene.set_skybox(behind)
        surround = mjrf.LightParams()
        surround.type = mjrf.LightType.LIGHT_IMAGE
        surround.texture = around
        surround.intensity = UNIT_LUX
        self._add(surround)
        # Soft shadows of lamps come out black without a sun, so it shines there with no light at all;
        # elsewhere a sun that is down would only cost time.
        if light.sun_strength > 0 or tier.shadows != "pcf":
            self._add(_sun(light, tier), (0, 0, 5), light.sun_towards)
        self._carried: list[tuple[Lamp, mjrf.Light]] = []
        for lamp in light.lamps:
            self._add(_lamp(lamp, tier), lamp.at_m, lamp.towards)
            if lamp.body >= 0:
                self._carried.append((lamp, self._lights[-1]))

    def _cube(self, sky: Sky) -> object:
        return self._texture(ktx.cube(sky.levels, sky.harmonics), cube=True)

    def _add(
        self,
        params: mjrf.LightParams,
        at: Sequence[float] | None = None,
        towards: Sequence[float] = (),
    ) -> None:
        light = self._context.create_light(params)
        self._scene.add_light(light)
        if at is not None:
            aim = np.array(towards, np.float32)
            light.set_pose(np.array(at, np.float32), aim / np.linalg.norm(aim))
        self._lights.append(light)

    def _aim(self, tier: Tier, slots: Sequence[NDArray[np.uint8]]) -> None:
        width, height = tier.format.width, tier.format.height
        colour = mjrf.PixelFormat.PIXEL_FORMAT_RGB8
        self._target = self._context.create_render_target(
            mjrf.RenderTargetConfig(color_format=colour)
        )
        self._target.resize(width, height)
        self._request = mjrf.RenderRequest()
        self._request.scene, self._request.target = self._scene, self._target
        self._request.viewport.width, self._request.viewport.height = width, height
        self._reads: list[mjrf.ReadRequest] = []
        for slot in slots:
            read = mjrf.ReadRequest(target=self._target)
            read.set_buffer(slot)
            self._reads.append(read)


def _material(look: Look, maps: tuple[object, ...] | None, glow: object | None) -> mjrf.Material:
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


def _plain(look: Look) -> bytes:
    """A texture of the look's colour alone: the colour of its glow."""
    colour = np.round(np.asarray(look.colour) * 255).astype(np.uint8)
    return ktx.image(np.broadcast_to(colour, (4, 4, 3)).copy(), srgb=True)


def _sun(light: Light, tier: Tier) -> mjrf.LightParams:
    params = mjrf.LightParams()
    params.type = mjrf.LightType.LIGHT_DIRECTIONAL
    params.color = np.array(light.sun_colour, np.float32)
    params.intensity = light.sun_strength * math.pi * UNIT_LUX
    params.cast_shadow = light.sun_strength > 0
    params.shadow_map_size = tier.shadow_map_px
    params.bulb_radius = light.sun_radius_m
    return params


def _lamp(lamp: Lamp, tier: Tier) -> mjrf.LightParams:
    params = mjrf.LightParams()
    kinds = mjrf.LightType
    params.type = kinds.LIGHT_SPOT if lamp.kind == "spot" else kinds.LIGHT_POINT
    params.color = np.array(lamp.colour, np.float32)
    params.intensity = lamp.strength * math.pi * UNIT_LUX
    params.range, params.cutoff, params.softness = lamp.reach_m, lamp.cone_deg, 0.6
    params.cast_shadow, params.bulb_radius = lamp.shadow, lamp.bulb_m
    params.shadow_map_size = tier.shadow_map_px
    return params


def _camera(view: View) -> mjrf.Camera:
    top = NEAR_M * math.tan(math.radians(view.fovy_deg) / 2)
    return mjrf.Camera(
        pos=view.at_m.astype(np.float32),
        forward=view.forward.astype(np.float32),
        up=view.up.astype(np.float32),
        frustum_bottom=-top,
        frustum_top=top,
        frustum_near=NEAR_M,
        frustum_far=FAR_M,
        frustum_width=0,
    )
