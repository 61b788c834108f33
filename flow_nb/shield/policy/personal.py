"""What belongs to one person alone. In: a text. Out: `Finding`s: cards, numbers, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flow_nb.shield.policy.rules import Finding, Verdict

_PATTERNS: tuple[tuple[str, Verdict, re.Pattern[str]], ...] = (
    ("a card number", "refuse", re.compile(r"\b\d(?:[ -]?\d){12,18}\b")),
    ("a social security number", "refuse", re.compile(r"\b\d{3}-\d{2}-\d{4}\b")),
    ("a bank account (IBAN)", "refuse", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b")),
    (
        "an e-mail address",
        "warn",
        re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\b"),
    ),
    ("a telephone number", "warn", re.compile(r"(?<![\w.])\+\d{1,3}(?:[ -]?\d){7,13}\b")),
    ("a telephone number", "warn", re.compile(r"\(\d{3}\) ?\d{3}-\d{4}\b|\b\d{3}-\d{3}-\d{4}\b")),
)


def personal(text: str) -> Iterator[Finding]:
    """Data of a person; example numbers of the standards count too, for they look like real ones."""
    for what, verdict, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if what == "a card number" and not _luhn(found[0]):
                continue
            yield Finding(
                category="personal information",
                verdict=verdict,
                reason=f"{what}: invent one that is nobody's, or leave it out",
                start=found.start(),
                end=found.end(),
            )


def _luhn(number: str) -> bool:
    """The check digit of cards (ISO/IEC 7812-1).

    >>> _luhn("4111 1111 1111 1111"), _luhn("4111 1111 1111 1112")
    (True, False)
    """
    digits = [int(sign) for sign in reversed(number) if sign.isdigit()]
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + doubled) % 10 == 0
