"""Real JupyterLab, real Notebook 7, real Chromium: one server and one browser for all tests.

A test runs in JupyterLab; one that is marked with `tests.browser.pages.BOTH` in Notebook 7 as well.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.serving import CHROMIUM, FLAGS, App, serving

NO_CHROMIUM = "NO BROWSER TESTS: there is no Chromium here. apt-get install chromium"
RESULTS = Path(__file__).parents[2] / "test-results"
FAILED = pytest.StashKey[bool]()
LOAD_MS = 40_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
    if here and not CHROMIUM:
        warnings.warn(NO_CHROMIUM, stacklevel=1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with serving(tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("home")) as app:
        yield app


@pytest.fixture(scope="session", params=["lab"])
def app(request: pytest.FixtureRequest, server: App) -> App:
    return replace(server, name=request.param)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def page(browser, request: pytest.FixtureRequest):
    """A page of its own for each test; where the test fails, its picture is kept."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(LOAD_MS)
    made = context.new_page()
    yield made
    if request.node.stash.get(FAILED, False):
        RESULTS.mkdir(exist_ok=True)
        made.screenshot(path=RESULTS / f"{request.node.name}.png", full_page=True)
    context.close()
