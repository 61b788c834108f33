"""The wheel's JavaScript. In: ``js/``. Out: ``flow_nb/labextension``, by the Node.js of PyPI."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("package.json", "package-lock.json", "build.mjs", "src/**/*.ts", "src/**/*.css")


class JavaScriptHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel or an editable install is made; does nothing where all is up to date."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the labextension unless it is newer than everything that it is made from."""
        js = Path(self.root) / "js"
        target = Path(self.root) / "flow_nb" / "labextension" / "package.json"
        if self.target_name != "wheel" or _is_newer(target, _sources(js)):
            return
        _install(js)
        _node(js, "build.mjs")
        if not target.exists():
            raise RuntimeError(f"js/build.mjs did not write {target}")


def _sources(js: Path) -> list[Path]:
    found = [path for pattern in SOURCES for path in js.glob(pattern)]
    return [path for path in found if not path.name.endswith(".test.ts")]


def _is_newer(target: Path, sources: list[Path]) -> bool:
    """Also true where there is nothing to build from: an sdist that carries the built files."""
    built = target.stat().st_mtime if target.exists() else 0.0
    return built > max((path.stat().st_mtime for path in sources), default=0.0)


def _install(js: Path) -> None:
    """`npm ci` of esbuild alone, unless the lock's modules (or all, for development) are there."""
    modules = js / "node_modules"
    stamp = modules / ".flow-lock"
    lock = hashlib.sha256((js / "package-lock.json").read_bytes()).hexdigest()
    if (modules / "esbuild").exists() and (not stamp.exists() or stamp.read_text() == lock):
        return
    _node(js, "npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund")
    stamp.write_text(lock, encoding="ascii")


def _node(js: Path, *words: str) -> None:
    subprocess.run([sys.executable, js / "node.py", *words], check=True)
