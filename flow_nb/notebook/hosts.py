"""Who shows the notebook. In: this process's surroundings. Out: whether its page can fetch files beside it."""

from __future__ import annotations

import os
import sys

WITHOUT_SERVER = ("VSCODE_PID", "VSCODE_CWD", "VSCODE_IPC_HOOK_CLI", "COLAB_RELEASE_TAG")
"""What VS Code and Colab leave in a kernel's environment: their pages are served by nobody."""


def serves_files() -> bool:
    """Whether a path relative to the notebook is an address that its page can load: a Jupyter server
    serves its own folder; VS Code, Colab and marimo serve nothing."""
    if "JPY_SESSION_NAME" in os.environ:
        return True
    return "marimo" not in sys.modules and not any(name in os.environ for name in WITHOUT_SERVER)
