"""Plans under a cell. In: a `Plan`, perhaps its `Motion`. Out: a table to read, and one-line refusals.

All words may come from a user's text: they are escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby
from typing import Any

from flow_nb.errors import PlanError, choices, quote
from flow_nb.notebook.session import Session
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.table import Row, motion_rows, plan_rows

_STYLE = (
    "border-collapse:collapse;font-size:var(--jp-ui-font-size1,13px);"
    "color:var(--jp-content-font-color1,inherit);background:transparent"
)
_CELL = "text-align:left;vertical-align:top;padding:2px 10px 2px 0;white-space:normal"
_QUIET = "color:var(--jp-content-font-color2,inherit)"
_HEADS = ("", "what was read", "how sure", "from the words")


def show_plan(session: Session, name: str | None) -> None:
    """``%plan glass``: the table of a shot that was read here. Raises PlanError."""
    known = session.plans
    if not known:
        raise PlanError(
            "no shot has been read yet.", fix="Run a %%shot cell, or %%shot --plan-only."
        )
    chosen = name or next(reversed(known))
    if chosen not in known:
        raise PlanError(f'there is no plan of "{quote(chosen)}".', fix=choices(chosen, known))
    display_plan(chosen, *known[chosen])


def display_plan(name: str, plan: Plan, motion: Motion | None) -> None:
    """The table, as HTML and as text."""
    from IPython.display import display

    rows = (*plan_rows(plan), *(motion_rows(motion) if motion else ()))
    head = f"{name} · {plan.duration_s:g} s · read by {plan.director}{_tokens(plan)}"
    data = {"text/html": html(head, rows), "text/plain": plain(head, rows)}
    put: Callable[..., Any] = display
    put(data, raw=True)


def _tokens(plan: Plan) -> str:
    sent, received = plan.tokens
    return f" ({sent:,} tokens sent, {received:,} received)" if sent or received else ""


def plain(head: str, rows: Iterable[Row]) -> str:
    """One line a row."""
    lines = [head]
    for row in rows:
        words = f"  “{row.words}”" if row.words else ""
        lines.append(f"  {row.part:9}{row.reading}  [{row.source}]{words}")
    return "\n".join(lines)


def html(head: str, rows: Iterable[Row]) -> str:
    """A table whose first column names a part once for all rows of it."""
    lines = []
    for part, group in groupby(rows, key=lambda row: row.part):
        for i, row in enumerate(group):
            cells = [row.reading, row.source, f"“{row.words}”" if row.words else ""]
            told = "".join(
                f'<td style="{_CELL};{_QUIET if column else ""}">{escape(cell)}</td>'
                for column, cell in enumerate(cells)
            )
            name = escape(part) if i == 0 else ""
            lines.append(f'<tr><th scope="row" style="{_CELL}">{name}</th>{told}</tr>')
    heads = "".join(f'<th scope="col" style="{_CELL};{_QUIET}">{text}</th>' for text in _HEADS)
    return (
        f'<table style="{_STYLE}"><caption style="{_CELL};font-weight:600">{escape(head)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    )
