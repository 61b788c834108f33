"""What is asked of the cast. In: the words after ``%voice`` or ``flow-nb voice``. Out: `Asked`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTED = re.compile(r"[\"“](?P<name>[^\"”]*)[\"”]\s*:?\s*(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Of whom, and what: words, a blend that begins with ``=``, or nothing: then it is to be heard."""

    name: str = ""
    words: str = ""


def asked(text: str) -> Asked:
    """The name is one word, or in quotation marks, or all that stands before ``=``.

    >>> asked("OLD MAN = am_santa"), asked('"OLD MAN" low')
    (Asked(name='OLD MAN', words='= am_santa'), Asked(name='OLD MAN', words='low'))
    """
    text = text.strip()
    if found := _QUOTED.fullmatch(text):
        return Asked(name=found["name"].strip(), words=found["rest"].strip())
    before, equals, after = text.partition("=")
    if equals:
        return Asked(name=before.strip(), words=f"= {after.strip()}")
    name, _, rest = text.partition(" ")
    return Asked(name=name.rstrip(":,"), words=rest.strip())
