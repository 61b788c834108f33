"""Names of bodies. In: a noun of any script. Out: a name as plans want it."""

from __future__ import annotations

import re


def slug_of(noun: str) -> str:
    """A noun as a body's name; other scripts are spelt by number."""
    slug = re.sub(r"[^a-z0-9]+", "-", noun.lower()).strip("-")[:34].strip("-")
    return slug if slug[:1].isalpha() else f"body-{slug}".strip("-")
