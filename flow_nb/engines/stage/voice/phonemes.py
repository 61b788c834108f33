"""How a line sounds. In: a line in words. Out: Kokoro's phonemes with marks of stress, and what was guessed.

Function words are weak inside a phrase and strong before a pause; a word that sounds otherwise as a
verb than as a noun is read by the words before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from flow_nb.engines.stage.voice.guess import guess
from flow_nb.engines.stage.voice.lexicon import PRIMARY, SECONDARY, VOWELS, Accent, sound, spelt

PAUSES = ";:,.!?—…"
_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|'?[A-Za-z]+(?:'[A-Za-z]+)*'?|[;:,.!?—…]")
_LONGEST_LETTERS = 5
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "my",
        "your",
        "his",
        "her",
        "its",
        "our",
        "their",
        "no",
        "some",
        "any",
        "every",
        "each",
        "one",
        "another",
        "what",
        "which",
        "of",
        "with",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "into",
    ]
)
_VERBS_FOLLOW = frozenset(
    [
        "to",
        "will",
        "would",
        "can",
        "could",
        "should",
        "shall",
        "may",
        "might",
        "must",
        "do",
        "does",
        "did",
        "don't",
        "doesn't",
        "didn't",
        "won't",
        "can't",
        "couldn't",
        "wouldn't",
        "shouldn't",
        "i",
        "you",
        "we",
        "they",
        "who",
        "let's",
        "please",
        "never",
        "always",
        "i'll",
        "you'll",
        "we'll",
        "they'll",
        "he'll",
        "she'll",
    ]
)
_PAST_FOLLOWS = frozenset(
    [
        "have",
        "has",
        "had",
        "having",
        "i've",
        "you've",
        "we've",
        "they've",
        "i'd",
        "was",
        "were",
        "is",
        "are",
        "been",
        "be",
        "being",
        "get",
        "got",
        "he",
        "she",
        "it",
    ]
)
_OPENINGS = frozenset(["", *PAUSES])
_NOISES = {
    "brr": "bɹˈɜɹ", "shh": "ʃː", "sh": "ʃː", "psst": "pst", "hm": "hm", "hmm": "hm", "mm": "mː",
    "mmm": "mː", "pfft": "pft", "tsk": "tˈɪsk", "ugh": "ˈʌɡ", "ahh": "ˈɑː", "aah": "ˈɑː",
}  # fmt: skip
_POINTING = frozenset(
    [
        "of",
        "like",
        "at",
        "about",
        "do",
        "does",
        "was",
        "is",
        "for",
        "with",
        "than",
        "after",
        "before",
        "and",
    ]
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sounds:
    """``phonemes`` as Kokoro takes them; ``guessed`` are the words that no dictionary has."""

    phonemes: str
    guessed: tuple[str, ...] = ()


def sounds(words: str, accent: Accent) -> Sounds:
    """The sounds of a line that `wording.worded` has put into words."""
    tokens = _TOKEN.findall(words.replace("-", " "))
    parts, guessed = list[str](), list[str]()
    for i in range(len(tokens) - 1, -1, -1):  # from the end: a weak form hangs on what follows
        token = tokens[i]
        if token in PAUSES:
            parts.append(token)
            continue
        following = parts[-1] if parts else ""
        told, known = _word(tokens, i, following, accent)
        if not known:
            guessed.append(token)
        if told:
            parts.append(told)
            if token.endswith(".") and i == len(tokens) - 1:
                parts.insert(0, ".")
    line = ""
    for part in reversed(parts):
        line += part if part in PAUSES or not line else f" {part}"
    line = re.sub(r"([;:,.!?—…])[;:,—]+", r"\1", line).strip(" ,;:")
    return Sounds(phonemes=line, guessed=tuple(reversed(guessed)))


def _word(tokens: Sequence[str], i: int, following: str, accent: Accent) -> tuple[str, bool]:
    """The phonemes of a word where it stands, and whether they were known."""
    word = tokens[i]
    if "." in word:
        return spelt(word, accent), True
    if noise := _NOISES.get(word.lower()):
        return noise, True
    if weak := _weak(tokens, i, following, accent):
        return weak, True
    told = sound(word, accent, _kinds(tokens, i, following))
    if told is None and word.strip("'") != word:
        word = word.strip("'")
        told = sound(word, accent, _kinds(tokens, i, following))
    if told is None and _is_letters(word):
        return spelt(word, accent), True
    if told is None:
        base, _, end = word.partition("'")
        told = guess(base, accent) + ("z" if end.lower() == "s" else "")
        return told, False
    shouted = len(word) > 1 and word.isupper() and any(t.islower() for t in tokens)
    return (told.replace(SECONDARY, PRIMARY) if shouted else told), True


def _is_letters(word: str) -> bool:
    """``FBI``, ``x``, ``brr``: said letter by letter."""
    lower = word.lower()
    return (word.isupper() and len(word) <= _LONGEST_LETTERS) or not re.search("[aeiouy]", lower)


def _weak(tokens: Sequence[str], i: int, following: str, accent: Accent) -> str:
    """The forms of the smallest words; empty for every other word."""
    word = tokens[i].lower()
    ends = not following or following in PAUSES
    vowel = following.lstrip(PRIMARY + SECONDARY)[:1] in VOWELS
    if word == "the":
        return "ði" if vowel or ends else "ðə"
    opens = i == 0 or tokens[i - 1] in PAUSES
    if word == "a" and not ends and (tokens[i] == "a" or opens):
        return "ɐ"
    if word == "an" and not ends:
        return "ɐn"
    if word == "to" and not ends:
        return "tʊ" if vowel else "tə"
    if word == "in" and ends:
        return "ˈɪn"
    if word == "i":
        return "ˌI" if not ends else "ˈI"
    return ""


def _kinds(tokens: Sequence[str], i: int, following: str) -> tuple[str, ...]:
    """What the word may be, by its neighbours; the keys are those of the dictionary."""
    word, before = tokens[i].lower(), tokens[i - 1].lower() if i else ""
    kinds: list[str] = []
    if not following or following in PAUSES:
        kinds.append("None")
    after = tokens[i + 1].lower() if i + 1 < len(tokens) else ""
    if word == "that":
        opens = not before or before in PAUSES or before in _POINTING or "None" in kinds
        return ("DT",) if opens else ()
    if word == "used":
        return ("VBD",) if after == "to" else ()
    if before in _PAST_FOLLOWS:
        kinds += ["VBD", "VBN"]
        if before in ("he", "she", "it"):
            kinds.append("VERB")
    elif before in _VERBS_FOLLOW or (before in _OPENINGS and after in _DETERMINERS):
        kinds.append("VERB")
    elif before in _DETERMINERS:
        kinds.append("ADJ" if after and after not in PAUSES else "NOUN")
    return tuple(kinds)


# What the model's symbols are.


def stresses(phonemes: str) -> list[int]:
    """Per symbol of a line the stress of its syllable: 0 none, 1 primary, 2 secondary.

    A syllable begins with the last consonant before its vowel; at a word's ends all of them belong
    to the vowel that is there.

    >>> stresses("həlˈO")
    [0, 0, 1, 1, 1]
    """
    found = [0] * len(phonemes)
    begin = 0
    for end in [i for i, c in enumerate(phonemes) if c == " " or c in PAUSES] + [len(phonemes)]:
        _stress_word(phonemes, begin, end, found)
        begin = end + 1
    return found


def _stress_word(phonemes: str, begin: int, end: int, found: list[int]) -> None:
    vowels = [i for i in range(begin, end) if phonemes[i] in VOWELS]
    edge = begin
    for n, at in enumerate(vowels):
        upto = end if n + 1 == len(vowels) else _onset(phonemes, at, vowels[n + 1])
        marks = phonemes[edge:at]
        level = 1 if PRIMARY in marks else 2 if SECONDARY in marks else 0
        found[edge:upto] = [level] * (upto - edge)
        edge = upto


def _onset(phonemes: str, vowel: int, following: int) -> int:
    """Where the next syllable begins between two vowels."""
    between = [
        i for i in range(vowel + 1, following) if is_sound(phonemes[i]) and phonemes[i] != "ː"
    ]
    return between[-1] if between else min(following, vowel + 1)


def is_sound(symbol: str) -> bool:
    """Whether a symbol is spoken: no mark of stress, no pause."""
    return (
        symbol not in (PRIMARY, SECONDARY, " ")
        and symbol not in PAUSES
        and (unicodedata.category(symbol)[0] in "LM" or symbol == "ː")
    )
