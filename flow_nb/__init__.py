"""flow_nb: a Jupyter notebook that is a film studio.

In a notebook: ``%load_ext flow_nb``, then cells that begin with ``%%shot``. In Python::

    from flow_nb import Studio, make_shot
    shooting = Studio("film").shoot(make_shot("glass", "A glass falls off a table and shatters."))
    print(shooting.take.clip, [event.text for event in shooting.motion.events])

Importing this module loads nothing heavy; the names below are fetched when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from flow_nb.errors import FlowError
    from flow_nb.notebook.scripted import shot
    from flow_nb.plan.motion import Event, Motion
    from flow_nb.plan.plan import Plan
    from flow_nb.plan.shot import Shot, make_shot
    from flow_nb.plan.take import Take
    from flow_nb.studio import Shooting, Studio

__version__ = "0.1.0"

__all__ = [
    "Event", "FlowError", "Motion", "Plan", "Shooting", "Shot", "Studio", "Take", "make_shot",
    "shot",
]  # fmt: skip

_HOMES = {
    "Event": "flow_nb.plan.motion",
    "FlowError": "flow_nb.errors",
    "Motion": "flow_nb.plan.motion",
    "Plan": "flow_nb.plan.plan",
    "Shooting": "flow_nb.studio",
    "Shot": "flow_nb.plan.shot",
    "Studio": "flow_nb.studio",
    "Take": "flow_nb.plan.take",
    "make_shot": "flow_nb.plan.shot",
    "shot": "flow_nb.notebook.scripted",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


def load_ipython_extension(shell: InteractiveShell) -> None:
    """``%load_ext flow_nb``."""
    from flow_nb.notebook.magics import load_ipython_extension as load

    load(shell)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """``%unload_ext flow_nb``."""
    from flow_nb.notebook.magics import unload_ipython_extension as unload

    unload(shell)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "flow-nb"}]
