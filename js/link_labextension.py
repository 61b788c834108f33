"""For development: links the built labextension to where this Python's Jupyter looks for it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

BUILT = Path(__file__).parents[1] / "flow_nb" / "labextension"
INSTALLED = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / "flow-nb"

if __name__ == "__main__":
    if INSTALLED.is_symlink():
        INSTALLED.unlink()
    elif INSTALLED.exists():
        shutil.rmtree(INSTALLED)
    INSTALLED.parent.mkdir(parents=True, exist_ok=True)
    INSTALLED.symlink_to(BUILT, target_is_directory=True)
    print(f"{INSTALLED} -> {BUILT}")
