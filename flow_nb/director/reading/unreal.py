"""What a text only mentions. In: a sentence's tagged units. Out: the same, without what is only compared or depicted.

"Remembers dancing", "would fall", "had rolled away", "instead of jumping": such verbs are marked, and what they tell
is not staged. "Like a dancer leaping", "a story about a shark": nobody there is on the stage at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.frame import Span
from flow_nb.director.reading.lookup import Lookup
from flow_nb.director.reading.nouns import Nouns
from flow_nb.director.reading.unit import Unit

_FINITE = ("VZ", "VP", "VD", "BE", "MD", "HV", "DO")
_DOING = ("VB", "VG", "VN", "VZ", "VP", "VD")
_PASSED = ("RB", "NG", "BE", "HV", "ME", "NOTE", "PS", "PP", "NAME", "D", "D1", "J", "N", "NS")
_NEAR = 5


def unreal(lookup: Lookup, units: list[Unit]) -> tuple[list[Unit], list[Span]]:
    """Marks verbs of what does not happen now; the rest of the words, and the spans of those left out."""
    words = lookup.words.rows["unreal"]
    gone: set[int] = set()
    for i in range(len(units)):
        if i in gone:
            continue
        _mark(units, _undone(words, units, i))
        gone |= _unsaid(lookup, words, units, i)
    told = [unit for i, unit in enumerate(units) if i not in gone]
    return told, [(units[i].at, units[i].upto) for i in sorted(gone)]


def _mark(units: Sequence[Unit], places: Sequence[int]) -> None:
    for i in places:
        units[i].unreal = True


def _tag(units: Sequence[Unit], i: int) -> str:
    return units[i].tag if 0 <= i < len(units) else ""


def _text(units: Sequence[Unit], i: int) -> str:
    return units[i].text if 0 <= i < len(units) else ""


def _until(units: Sequence[Unit], i: int, finites: int = 0) -> int:
    """Where a phrase with so many finite verbs ends: a comma, a conjunction before a verb, one verb more."""
    while i < len(units):
        tag = units[i].tag
        follows = _tag(units, i + 1)
        if tag in ("C", "X") or units[i].text in ("but", "yet", "while", "as"):
            return i
        if tag == "CC" and (follows in _FINITE or follows in ("D", "D1", "PS", "PP", "NAME")):
            return i
        if tag in _FINITE:
            finites -= 1 if not (i and _tag(units, i - 1) in ("BE", "MD", "HV", "DO")) else 0
            if finites < 0:
                return i
        i += 1
    return i


def _verbs(units: Sequence[Unit], start: int, end: int) -> list[int]:
    return [i for i in range(start, end) if units[i].tag in _DOING]


def _undone(words: dict[str, list[str]], units: Sequence[Unit], i: int) -> list[int]:
    """Verbs that unit ``i`` keeps from happening: "wants to", "would", "had", "if", "instead of"."""
    unit, text, tag = units[i], units[i].text, units[i].tag
    if tag in _DOING and unit.lemma in words["thinking"]:
        told = i == 0 or _text(units, i - 1) in ("i", "we", "you", "'d")
        return [] if told else _thought(units, i)
    if tag == "MD":
        return _modal(words, units, i)
    if text in ("if", "unless") and _text(units, i - 1) != "what":
        return _verbs(units, i + 1, _until(units, i + 1, 1))
    if text in words["instead"] or (text == "than" and _text(units, i - 1) == "rather"):
        return _verbs(units, i + 1, _until(units, i + 1, 1 if _tag(units, i + 1) != "VG" else 0))
    if tag == "HV" and text in ("had", "having"):
        return _next(units, i, ("VN", "VD"))
    if text == "used" and _tag(units, i + 1) == "TO" and _tag(units, i - 1) != "BE":
        return _next(units, i + 1, ("VB",))
    if text in words["formerly"]:
        return _before(units, i)
    if text in ("which", "where") and {u.lemma for u in units[max(0, i - 2) : i]} & set(
        words["pictures"]
    ):
        return _next(units, i, ("VZ", "VP", "VD"))
    if tag == "WH" and _present(units):
        return _told_of(units, i)
    return []


def _thought(units: Sequence[Unit], i: int) -> list[int]:
    clause = _tag(units, i + 1) in ("CS", "PS", "PP", "NAME") or _text(units, i + 1) == "that"
    start = i + 2 if _text(units, i + 1) in ("for", "of", "about") else i + 1
    return _verbs(units, start, _until(units, start, 1 if clause else 0))


def _modal(words: dict[str, list[str]], units: Sequence[Unit], i: int) -> list[int]:
    text = units[i].text
    relative = any(_tag(units, j) == "WH" for j in range(max(0, i - _NEAR), i))
    asks = (
        i == 0 and _text(units, i + 1) not in ("you", "we") and _text(units, len(units) - 1) == "?"
    )
    hedged = text in words["hedging"] or asks or (text in ("will", "'ll") and relative)
    seen = {u.text for u in units[i + 1 : i + 4]} & set(words["seen"])
    return _next(units, i, ("VB", "VN")) if hedged and not seen else []


def _next(units: Sequence[Unit], i: int, tags: tuple[str, ...]) -> list[int]:
    j = i + 1
    while j <= i + _NEAR and _tag(units, j) in _PASSED and _tag(units, j) not in tags:
        j += 1
    return [j] if _tag(units, j) in tags else []


def _before(units: Sequence[Unit], i: int) -> list[int]:
    """ "once fought", "fell yesterday": the past verb of its own clause."""
    for j in (i + 1, *range(i - 1, max(-1, i - 2 * _NEAR), -1)):
        if _tag(units, j) in ("C", "X"):
            return []
        if _tag(units, j) in ("VD", "VN"):
            return [j] if units[j].tag == "VD" or _text(units, j - 1) != "is" else []
    return []


def _present(units: Sequence[Unit]) -> bool:
    return any(u.tag in ("VZ", "VP") or u.text in ("is", "are") for u in units)


def _told_of(units: Sequence[Unit], i: int) -> list[int]:
    """ "the shark that jumped into his boat", told now: it jumped before the shot."""
    j = i + 1
    while _tag(units, j) == "RB":
        j += 1
    return [j] if _tag(units, j) == "VD" else []


def _unsaid(lookup: Lookup, words: dict[str, list[str]], units: Sequence[Unit], i: int) -> set[int]:
    """Units from ``i`` on that only compare or depict."""
    text, end = units[i].text, 0
    phrase = Nouns(lookup, units).at(i + 1)
    if text in ("as if", "as though"):
        end = _until(units, i + 1, 1)
    elif text in ("like", "as") and units[i].tag in ("IN", "CS", "RB") and phrase is not None:
        alike = text == "like" or (i > 1 and _text(units, i - 2) in ("as", "so"))
        acts = _tag(units, phrase.end) in ("VG", "WH")
        end = _until(units, phrase.end, _tag(units, phrase.end) == "WH") if alike and acts else 0
    elif text == "than" and phrase is not None:
        waits = not any(u.tag in _FINITE for u in units[:i])
        end = phrase.end if waits else _until(units, i + 1, 1)
    elif text in ("about", "of") and i and units[i - 1].lemma in words["tales"]:
        end = _until(units, i + 1, 0)
    elif text == "of" and i and units[i - 1].lemma in words["pictures"]:
        end = _depicted(units, i, phrase.end if phrase is not None else i + 1)
    elif text == "with" and i and units[i - 1].lemma in words["adorning"] and phrase is not None:
        end = phrase.end
    return set(range(i, end))


def _depicted(units: Sequence[Unit], i: int, behind: int) -> int:
    """ "a photo of a boy riding a horse" that somebody looks at; a text that begins so is the picture itself."""
    end = _until(units, behind, 0) if _tag(units, behind) in ("VG", "VN") else 0
    opens = not any(u.tag in (*_FINITE, "IN", "VG") for u in units[: i - 1])
    return end if end and (not opens or _tag(units, end) in _FINITE) else 0
