"""A real Jupyter server for tests and bench. In: a folder. Out: an `App`: JupyterLab or Notebook 7 on it."""

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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FAKES = Path(__file__).parents[1] / "notebook"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
START_S, STOP_S = 60, 30


@dataclass(frozen=True)
class App:
    """One of the two applications on a running server, and the folder that it serves."""

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

    def ask(self, path: str, method: str, body: dict | None = None) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/{path}", method=method, data=data)
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    def stop_kernels(self) -> None:
        for session in self.sessions():
            self.ask(f"api/sessions/{session['id']}", "DELETE")


@contextmanager
def serving(folder: Path, home: Path, *, together: bool = False) -> Iterator[App]:
    """A server with nothing of the user's own Jupyter; it shows both applications. ``together``: people
    share documents, where jupyter-collaboration is installed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = App("lab", f"http://127.0.0.1:{port}", folder, home / "settings")
    log = home / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", *_options(port, folder, together)],
            env=_environment(home),
            stdout=out,
            stderr=out,
        )
        try:
            _wait(app, process, log)
            yield app
        finally:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:  # Jupyter waits for a kernel that no longer answers
                process.kill()
                process.wait()


def _options(port: int, folder: Path, together: bool) -> list[str]:
    return [
        "--allow-root", "--no-browser", f"--ServerApp.port={port}", "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "--LabApp.news_url=None", "--ServerApp.disable_check_xsrf=True",
        f"--YDocExtension.disable_rtc={not together}",
    ]  # fmt: skip


def _environment(home: Path) -> dict[str, str]:
    """Nothing of the user's own Jupyter reaches the tests, and nothing of theirs reaches it."""
    search = os.pathsep.join([str(FAKES), str(FAKES.parents[1]), os.environ.get("PYTHONPATH", "")])
    news = home / "settings" / "@jupyterlab" / "apputils-extension"
    news.mkdir(parents=True, exist_ok=True)
    (news / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
    return {
        **os.environ,
        "PYTHONPATH": search,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }


def _wait(app: App, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{app.base}/api/status", timeout=1).close()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"jupyter did not start:\n{log.read_text()[-2000:]}")
