"""One comparison. In: what theory and the solver give. Out: a `Check` with its sentence."""

from __future__ import annotations

from flow_nb.plan.events import Check, CheckKind

TIME = 0.01
SPEED = 0.02
"""Relative errors within which theory holds, of a time and of a speed or a length."""

STEP_S = 0.0015
"""An instant is known to the solver's step: smaller differences of time are none."""


def verdict(
    *,
    kind: CheckKind,
    body: str,
    time_s: float,
    law: str,
    expected: float,
    solved: float,
    unit: str,
    within: float,
    says: str,
) -> Check:
    """A check that holds within a relative error; ``says`` begins its sentence.

    >>> verdict(kind="fall", body="ball", time_s=1, law="t = sqrt(2 h / g)", expected=0.45,
    ...     solved=0.451, unit="s", within=TIME, says="The ball falls").text
    'The ball falls: 0.451 s, by theory 0.450 s.'
    """
    apart = abs(solved - expected)
    holds = apart <= within * abs(expected) or (unit == "s" and apart <= STEP_S)
    return Check(
        kind=kind,
        body=body,
        time_s=time_s,
        law=law,
        expected=expected,
        solved=solved,
        unit=unit,
        holds=holds,
        text=f"{says}: {solved:.3f} {unit}, by theory {expected:.3f} {unit}.",
    )
