"""Real JupyterLab, real Notebook 7, real Chromium. Each test runs in both apps."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

FAKES = Path(__file__).parents[1] / "notebook"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NO_CHROMIUM = "NO BROWSER TESTS: there is no Chromium here. apt-get install chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
RESULTS = Path(__file__).parents[2] / "test-results"
FAILED = pytest.StashKey[bool]()
START_S = 60
LOAD_MS = 60_000


@dataclass(frozen=True)
class App:
    """One running server and the folder that it serves."""

    name: str
    base: str
    folder: Path
    settings: Path

    def url(self, notebook: str) -> str:
        page = f"lab/tree/{notebook}?reset" if self.name == "lab" else f"notebooks/{notebook}"
        return f"{self.base}/{page}"

    def theme(self, name: str) -> None:
        folder = self.settings / "@jupyterlab" / "apputils-extension"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "themes.jupyterlab-settings").write_text(json.dumps({"theme": name}))

    def sessions(self) -> list[dict]:
        return json.loads(self.ask("api/sessions", "GET"))

    def ask(self, path: str, method: str) -> bytes:
        request = urllib.request.Request(f"{self.base}/{path}", method=method)
        with urllib.request.urlopen(request) as answer:
            return answer.read()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
    if here and not CHROMIUM:
        warnings.warn(NO_CHROMIUM, stacklevel=1)


@pytest.fixture(scope="session", params=["lab", "notebook"])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp(f"{request.param}-root")
    home = tmp_path_factory.mktemp(f"{request.param}-home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = App(request.param, f"http://127.0.0.1:{port}", folder, home / "settings")
    log = home / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter", request.param, *_options(port, folder)],
            env=_environment(home),
            stdout=out,
            stderr=out,
        )
        try:
            _wait(server, process, log)
            yield server
        finally:
            process.terminate()
            process.wait(20)


def _options(port: int, folder: Path) -> list[str]:
    return [
        "--allow-root", "--no-browser", f"--ServerApp.port={port}", "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "--LabApp.news_url=None", "--ServerApp.disable_check_xsrf=True",
    ]  # fmt: skip


def _environment(home: Path) -> dict[str, str]:
    """Nothing of the user's own Jupyter reaches the tests, and nothing of theirs reaches it."""
    search = os.pathsep.join([str(FAKES), os.environ.get("PYTHONPATH", "")])
    return {
        **os.environ,
        "PYTHONPATH": search,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }


def _wait(server: App, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.base}/api/status", timeout=1).close()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"jupyter {server.name} did not start:\n{log.read_text()[-2000:]}")


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
