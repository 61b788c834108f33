"""What can draw here. In: the system's Vulkan loader. Out: `Device`s, or DriverMissing with the cure.

The renderer aborts its whole process when there is no loader, so ask first, by ctypes alone.
"""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from typing import Literal

from flow_nb.errors import DriverMissing

FIX = (
    "Install one with: apt-get install -y libvulkan1 mesa-vulkan-drivers "
    "(everything but drawing still works)."
)
Kind = Literal["other", "integrated", "discrete", "virtual", "cpu"]
_KINDS: tuple[Kind, ...] = ("other", "integrated", "discrete", "virtual", "cpu")
_LOADERS = {
    "darwin": ("libvulkan.dylib", "libvulkan.1.dylib", "libMoltenVK.dylib"),
    "win32": ("vulkan-1.dll",),
}
_MAX_DEVICES = 16
_PROPERTIES_BYTES = 4096  # VkPhysicalDeviceProperties has 824 of them


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """One device that Vulkan lists, in its own words."""

    name: str
    kind: Kind

    @property
    def software(self) -> bool:
        """Whether it is a processor that plays a graphics card."""
        return self.kind == "cpu"


class _InstanceInfo(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("flags", ctypes.c_uint32),
        ("application", ctypes.c_void_p),
        ("layer_count", ctypes.c_uint32),
        ("layers", ctypes.c_void_p),
        ("extension_count", ctypes.c_uint32),
        ("extensions", ctypes.c_void_p),
    )


def best_device() -> Device:
    """The device to draw with: a graphics card before a processor. Raises DriverMissing."""
    found = devices()
    if not found:
        raise DriverMissing("Vulkan is here but lists no device to draw with.", fix=FIX)
    order: tuple[Kind, ...] = ("discrete", "integrated", "virtual", "other", "cpu")
    return min(found, key=lambda device: order.index(device.kind))


def devices() -> tuple[Device, ...]:
    """All devices, in Vulkan's order. Raises DriverMissing without a loader or an instance."""
    library = _loader()
    instance = ctypes.c_void_p()
    info = _InstanceInfo(type=1)
    if library.vkCreateInstance(ctypes.byref(info), None, ctypes.byref(instance)) != 0:
        raise DriverMissing("Vulkan cannot start: no driver is installed.", fix=FIX)
    try:
        return tuple(_described(library, handle) for handle in _handles(library, instance))
    finally:
        library.vkDestroyInstance(instance, None)


def _loader() -> ctypes.CDLL:
    for name in _LOADERS.get(sys.platform, ("libvulkan.so.1",)):
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    raise DriverMissing("there is no Vulkan driver to draw with.", fix=FIX)


def _handles(library: ctypes.CDLL, instance: ctypes.c_void_p) -> list[ctypes.c_void_p]:
    count = ctypes.c_uint32(_MAX_DEVICES)
    handles = (ctypes.c_void_p * _MAX_DEVICES)()
    if library.vkEnumeratePhysicalDevices(instance, ctypes.byref(count), handles) < 0:
        return []
    return [ctypes.c_void_p(handles[i]) for i in range(count.value)]


def _described(library: ctypes.CDLL, handle: ctypes.c_void_p) -> Device:
    raw = ctypes.create_string_buffer(_PROPERTIES_BYTES)
    library.vkGetPhysicalDeviceProperties(handle, raw)
    kind = int.from_bytes(raw.raw[16:20], sys.byteorder)
    name = raw.raw[20:276].split(b"\0")[0].decode("utf-8", "replace")
    return Device(name=name, kind=_KINDS[kind] if kind < len(_KINDS) else "other")
