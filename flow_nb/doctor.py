"""What this machine can do. In: a project folder. Out: `Finding`s, each with the command that mends it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from flow_nb.errors import DriverMissing, FlowError

REINSTALL = 'Run: pip install --force-reinstall "flow_nb[lab]"'


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One part: whether it works, what was found, what mends it."""

    part: str
    ok: bool
    found: str
    fix: str = ""


def examine(folder: Path) -> tuple[Finding, ...]:
    """Looks at every part that a film needs; never raises for a part that is missing."""
    parts: tuple[tuple[str, Callable[[], str]], ...] = (
        ("python", _python),
        ("solver", _solver),
        ("drawing", _drawing),
        ("encoders", _encoders),
        ("speech", _speech),
        ("credentials", _credentials),
        ("store", lambda: _store(folder)),
        ("notebook", _notebook),
        ("labextension", _labextension),
    )
    return tuple(_look(part, check) for part, check in parts)


def _look(part: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(part=part, ok=True, found=check())
    except FlowError as error:
        return Finding(part=part, ok=False, found=error.what, fix=error.fix)
    except PackageNotFoundError as error:
        return Finding(part=part, ok=False, found=f"{error.name} is not installed", fix=REINSTALL)
    except (ImportError, OSError) as error:
        return Finding(part=part, ok=False, found=str(error), fix=REINSTALL)


def _python() -> str:
    return sys.version.split()[0]


def _solver() -> str:
    import mujoco

    return f"MuJoCo {mujoco.__version__}"


def _drawing() -> str:
    from flow_nb.engines.stage.vulkan import best_device

    device = best_device()
    how = "in software, on the processor" if device.software else "on the graphics card"
    return f"{device.name}: draws {how}"


def _encoders() -> str:
    import av

    needed = {"libx264", "aac"}
    if missing := needed - set(av.codecs_available):
        raise DriverMissing(f"PyAV has no {', '.join(sorted(missing))}.", fix=REINSTALL)
    return f"PyAV {av.__version__}: H.264 and AAC"


def _speech() -> str:
    from flow_nb.engines.stage.voice.model import installed

    if installed():
        return "28 English voices"
    return 'none: lines are subtitles; for voices run: pip install "flow_nb[voice]"'


def _credentials() -> str:
    return f"c2pa-python {version('c2pa-python')}"


def _store(folder: Path) -> str:
    from flow_nb.store import Store

    store = Store(folder)
    return f"{sum(1 for _ in store.takes())} takes in {folder.resolve()}"


def _notebook() -> str:
    return f"JupyterLab {version('jupyterlab')}, Notebook {version('notebook')}"


def _labextension() -> str:
    places = [Path(sys.prefix) / "share/jupyter/labextensions/flow-nb/package.json"]
    for place in places:
        if place.is_file():
            return str(place.parent)
    raise FlowError("the labextension is not installed.", fix=REINSTALL)
