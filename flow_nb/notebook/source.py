"""Is a cell still what was rendered? In: its text. Out: a short key, the same here and in the page.

The page computes the same key (``js/src/source.ts``) from the cell's editor.
"""

from __future__ import annotations

import re

_SPACES = re.compile(r"[ \t\r\f\v]+")
_FNV_OFFSET, _FNV_PRIME = 0x811C9DC5, 0x01000193


def source_key(source: str) -> str:
    """FNV-1a (32 bit) over the UTF-8 of the text, and its length; spacing does not count.

    >>> source_key("%%shot  glass\\n\\n  A glass falls. \\n")
    '354433de-27'
    """
    lines = (_SPACES.sub(" ", line).strip(" ") for line in source.split("\n"))
    data = "\n".join(line for line in lines if line).encode(errors="replace")
    key = _FNV_OFFSET
    for byte in data:
        key = (key ^ byte) * _FNV_PRIME & 0xFFFFFFFF
    return f"{key:08x}-{len(data)}"
