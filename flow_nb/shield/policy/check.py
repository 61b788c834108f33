"""Policy before spend. In: the text of a shot. Out: `Judgement`, or a `PolicyError` that costs nothing.

It reads words and their context, in English, and nothing else: it can be wrong in both directions. It
spares a spend that an engine would refuse; it is no guarantee that one will accept, and it looks at
no picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from flow_nb.errors import PolicyError, quote
from flow_nb.shield.policy.house import House
from flow_nb.shield.policy.people import people
from flow_nb.shield.policy.personal import personal
from flow_nb.shield.policy.rules import Finding, Verdict, findings
from flow_nb.shield.policy.words import sentences

_RANK: dict[Verdict, int] = {"allow": 0, "warn": 1, "refuse": 2}


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """The strictest verdict of all findings, and the findings, strictest first."""

    verdict: Verdict
    findings: tuple[Finding, ...] = ()


@lru_cache(maxsize=64)
def judge(text: str, house: House | None = None) -> Judgement:
    """What policy says of a text.

    >>> judge("A cock crows while they shoot a film.").verdict
    'allow'
    """
    house = house or House()
    read = sentences(text)
    found = [
        *findings(read),
        *people(read, house.people),
        *personal(text),
        *house.findings(read),
    ]
    found.sort(key=lambda finding: (-_RANK[finding.verdict], finding.start))
    return Judgement(verdict=found[0].verdict if found else "allow", findings=tuple(found))


def require(text: str, house: House | None = None) -> tuple[str, ...]:
    """What is to be said before the spend, in words.

    Raises:
        PolicyError: a finding refuses the text; it names the words and where they stand.
    """
    judged = judge(text, house)
    first = next(iter(judged.findings), None)
    if first is not None and first.verdict == "refuse":
        raise PolicyError(
            f"{_told(text, first)}. Nothing was spent.",
            fix="Say it otherwise; what policy asks stands in %%shot -h.",
        )
    return tuple(f"policy: {_told(text, finding)}" for finding in judged.findings)


def _told(text: str, finding: Finding) -> str:
    line = text.count("\n", 0, finding.start) + 1
    column = finding.start - (text.rfind("\n", 0, finding.start) + 1) + 1
    words = quote(text[finding.start : finding.end])
    return f'"{words}" (line {line}, column {column}), {finding.category}: {finding.reason}'
