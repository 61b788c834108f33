"""Tests that draw need a Vulkan driver; without one they are skipped and say so."""

from __future__ import annotations

import pytest

from flow_nb.engines.stage import vulkan
from flow_nb.engines.stage.renderer import close_shared
from flow_nb.errors import DriverMissing


@pytest.fixture(autouse=True)
def _driver(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("draws") is None:
        return
    try:
        vulkan.best_device()
    except DriverMissing as error:
        pytest.skip(str(error))


@pytest.fixture(autouse=True, scope="session")
def _no_child_left() -> object:
    yield
    close_shared()
