"""MuJoCo's Filament renderer behind three verbs. In: a `Picture`. Out: pixels in given arrays.

Lives in the renderer's own process; nothing else imports it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import mujoco
import numpy as np
from mujoco import mjrf
from mujoco.studio import window as _assets  # noqa: F401  (registers Filament's materials)
from numpy.typing import NDArray

from flow_nb.engines.stage import ktx
from flow_nb.engines.stage.flicker import share
from flow_nb.engines.stage.model import compiled
from flow_nb.engines.stage.picture import Lamp, Light, Look, Picture, Singles, Sky
from flow_nb.engines.stage.pliant import Bending
from flow_nb.engines.stage.terms import (
    FAR_M,
    NEAR_M,
    UNIT_LUX,
    camera_of,
    intensity,
    lamp_of,
    material_of,
    plain,
    sun,
)
from flow_nb.engines.stage.tiers import Tier

OFFSETS = {
    1: ((0.0, 0.0),),
    4: ((-0.125, -0.375), (0.375, -0.125), (0.125, 0.375), (-0.375, 0.125)),
}
"""Where in a pixel its samples lie: on a turned grid."""


class Drawer:
    """A graphics context, and the shot that is loaded into it."""

    def __init__(self, *, software: bool) -> None:
        self._software = software
        self._uploads: list[Any] = []

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
        self._picture, self._tier, self._slots = picture, tier, slots
        self._passes: dict[str, tuple[Any, Any, NDArray[Any]]] = {}
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
        self._picture = replace(picture, textures={})
        self._light(picture.light, tier)
        self._aim(tier, slots)

    def draw(self, frame: int, slot: int) -> None:
        """Draws one frame into one slot and waits until it is there."""
        self.pose(frame)
        view, tier = self._picture.cameras[frame], self._tier
        total: NDArray[np.uint16] | None = None
        for offset in OFFSETS[tier.samples]:
            self._request.camera = camera_of(view, tier.format, offset)
            self._render(self._request, self._reads[slot])
            if total is not None:
                total += self._slots[slot]
            elif tier.samples > 1:
                total = self._slots[slot].astype(np.uint16)
        if total is not None:
            total += tier.samples // 2
            self._slots[slot][:] = np.floor_divide(total, tier.samples, out=total)

    def distances(self, frame: int) -> Singles:
        """How far away each pixel of the frame posed last is, along the camera's axis, metres (h, w);
        `FAR_M` where nothing is."""
        request, read, buffer = self._pass("depth")
        request.camera = camera_of(self._picture.cameras[frame], self._tier.format)
        self._render(request, read)
        found = np.maximum(buffer[..., 0], np.float32(NEAR_M / FAR_M))
        return np.asarray(np.divide(np.float32(NEAR_M), found, out=found))

    def owners(self, frame: int) -> NDArray[np.int32]:
        """Whose each pixel is (h, w): 0 the set's, else one more than the body's column."""
        request, read, buffer = self._pass("owners")
        request.camera = camera_of(self._picture.cameras[frame], self._tier.format)
        self._render(request, read)
        found = buffer[..., 2].astype(np.int32)
        for part in (1, 0):  # in place: a frame of ultra has eight million of them
            found <<= 8
            found |= buffer[..., part]
        return np.asarray(found)

    def _render(self, request: mjrf.RenderRequest, read: mjrf.ReadRequest) -> None:
        self._context.wait_for_frame(self._context.render([request], [read]))
        self._forget()

    def _forget(self) -> None:
        """Frees the copies of what the renderer has read by now: nobody else does."""
        while self._uploads:
            self._uploads.pop().free()

    def _pass(self, kind: str) -> tuple[mjrf.RenderRequest, mjrf.ReadRequest, NDArray[Any]]:
        """A target beside the picture's, made when it is first asked for."""
        if kind not in self._passes:
            depth = kind == "depth"
            pixel, mode = mjrf.PixelFormat, mjrf.DrawMode
            width, height = self._tier.format.width, self._tier.format.height
            target = self._context.create_render_target(
                mjrf.RenderTargetConfig(
                    color_format=pixel.PIXEL_FORMAT_R32F if depth else pixel.PIXEL_FORMAT_RGB8
                )
            )
            target.resize(width, height)
            self._kept.append(target)
            request = mjrf.RenderRequest()
            request.scene, request.target, request.post_processing = self._scene, target, False
            request.viewport.width, request.viewport.height = width, height
            request.draw_mode = mode.DRAW_MODE_DEPTH if depth else mode.DRAW_MODE_SEGMENTATION_BY_ID
            buffer = np.zeros((height, width, 1 if depth else 3), np.float32 if depth else np.uint8)
            read = mjrf.ReadRequest(target=target)
            read.set_buffer(buffer)
            self._passes[kind] = request, read, buffer
        return self._passes[kind]

    def _drop(self) -> None:
        """Lets go of the last shot, inner things first."""
        for name in (
            "_passes",
            "_parts",
            "_bending",
            "_carried",
            "_unsteady",
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
        self._forget()  # what was never drawn: now nobody can be reading it

    def _dress(self) -> None:
        """Gives every part its material, and those that stand still their place."""
        self._textures: dict[Look, tuple[object, ...]] = {}
        self._parts: list[mjrf.Renderable] = []
        self._shown = np.ones(len(self._picture.items), dtype=bool)
        for index, item in enumerate(self._picture.items):
            part = self._renderables.get_renderable(mujoco.mjtObj.mjOBJ_GEOM, index)
            part.set_material(self._material(item.look, item.body))
            part.set_pose(*self._placed(index))
            self._parts.append(part)
        self._bending: list[Bending] = []
        for pliant in self._picture.pliants:
            bending = Bending(self._context, self._scene, pliant, self._uploads)
            bending.part.set_material(self._material(pliant.look, pliant.body))
            self._bending.append(bending)

    def _material(self, look: Look, body: int) -> mjrf.Material:
        if look.texture is not None and look not in self._textures:
            maps = self._picture.textures[look]
            self._textures[look] = tuple(self._texture(data) for data in maps)
        glow = self._texture(plain(look)) if look.glow > 0 else None
        material = material_of(look, self._textures.get(look), glow)
        material.segmentation_id = body + 1
        return material

    def pose(self, frame: int) -> None:
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
        time_s = frame / float(self._tier.format.fps)
        for i, (lamp, light) in enumerate(self._unsteady):
            light.set_intensity(intensity(lamp) * share(lamp.flicker, i, time_s))
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
        self._uploads.append(content)
        self._kept.append(texture)
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
            self._add(sun(light, tier), (0, 0, 5), light.sun_towards)
        self._carried: list[tuple[Lamp, mjrf.Light]] = []
        self._unsteady: list[tuple[Lamp, mjrf.Light]] = []
        for lamp in light.lamps:
            self._add(lamp_of(lamp, tier), lamp.at_m, lamp.towards)
            if lamp.flicker:
                self._unsteady.append((lamp, self._lights[-1]))
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
