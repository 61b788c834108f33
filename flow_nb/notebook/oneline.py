"""What stands under a cell that failed. In: an error. Out: one line of it, or our own bug with its traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flow_nb.errors import Cancelled, FlowError, ShotError

STOPPED = "Stopped. Nothing was spent and nothing is left behind."


@contextmanager
def one_line_errors() -> Iterator[None]:
    """A user's error is one line under the cell, and the cell has failed, so that Run All stops."""
    try:
        yield
    except FlowError as error:
        raise _as_one_line(error) from None
    except KeyboardInterrupt:
        raise _as_one_line(Cancelled(STOPPED)) from None
    except RecursionError:
        raise _as_one_line(ShotError("the text is nested too deeply.")) from None


def _as_one_line(error: FlowError) -> FlowError:
    """IPython shows what this method returns in place of a traceback."""

    def render(*_: object) -> list[str]:
        return [f"{type(error).__name__}: {error}"]

    error._render_traceback_ = render  # type: ignore[attr-defined]
    return error


def keep_empty_cell(lines: list[str]) -> list[str]:
    """IPython refuses a cell magic without a body; this gives it an empty line: the hint is ours.

    >>> keep_empty_cell(["%%shot glass\\n"])
    ['%%shot glass\\n', '\\n']
    """
    alone = len(lines) == 1 and lines[0].split()[:1] == ["%%shot"]
    return [lines[0].rstrip("\n") + "\n", "\n"] if alone else lines
