from __future__ import annotations

import sys

import pytest

from flow_nb.engines.stage import vulkan
from flow_nb.errors import DriverMissing


def test_without_a_loader_the_error_names_the_command_that_installs_one(monkeypatch):
    monkeypatch.setattr(vulkan, "_LOADERS", {sys.platform: ("libnothing-of-that-name.so",)})
    with pytest.raises(DriverMissing) as caught:
        vulkan.best_device()
    assert "apt-get install -y libvulkan1 mesa-vulkan-drivers" in str(caught.value)
    assert "everything but drawing still works" in str(caught.value)


def test_a_graphics_card_goes_before_a_processor(monkeypatch):
    cpu = vulkan.Device(name="llvmpipe", kind="cpu")
    card = vulkan.Device(name="a card", kind="discrete")
    monkeypatch.setattr(vulkan, "devices", lambda: (cpu, card))
    assert vulkan.best_device() == card
    assert not card.software
    assert cpu.software


def test_no_device_is_a_missing_driver(monkeypatch):
    monkeypatch.setattr(vulkan, "devices", lambda: ())
    with pytest.raises(DriverMissing, match="lists no device"):
        vulkan.best_device()


@pytest.mark.draws
def test_the_device_has_a_name_and_a_kind():
    device = vulkan.best_device()
    assert device.name.isprintable()
    assert device.name
