"""WordNet's table, read where it stands. In: ``wordnet.gz``, made by `derive`. Out: weights, senses and `Tree`s.

Nothing is unpacked but the bytes: a lookup is a search among sorted lines, a hypernym a search backwards
over depths.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

_FORMAT = "flow_nb.WordNet.1"
_BLOCK_BYTES = 2048


@dataclass(frozen=True, slots=True)
class Tree:
    """The hypernyms of one part of speech: one depth and one lexicographer's file a sense."""

    depths: bytes
    files: bytes

    def up(self, sense: int) -> Iterator[int]:
        """A sense and everything above it, nearest first."""
        yield sense
        for depth in range(self.depths[sense] - 1, -1, -1):
            sense = self.depths.rfind(depth, 0, sense)
            yield sense


class Table:
    """All lemmas of WordNet that are kept. Words are lower case, joined by blanks."""

    def __init__(self) -> None:
        packed = files(__package__).joinpath("wordnet.gz").read_bytes()
        data = gzip.decompress(packed)
        head, _, rest = data.partition(b"\n")
        name, *lengths = head.decode().split()
        if name != _FORMAT:
            raise ValueError(f"wordnet.gz is {name}, not {_FORMAT}: derive it again")
        parts, at = [], 0
        for length in map(int, lengths):
            parts.append(rest[at : at + length])
            at += length
        self.nouns = Tree(parts[0], parts[1])
        self.verbs = Tree(parts[2], parts[3])
        self._lemmas, self._irregular = _Lines(parts[4]), _Lines(parts[5])

    def weight(self, lemma: str, pos: str) -> int:
        """How common a lemma is as a part of speech (n, v, a, r); 0: WordNet does not know it."""
        return int(self._item(lemma, pos).partition(":")[0] or 0)

    def senses(self, lemma: str, pos: str) -> tuple[int, ...]:
        """The places of a noun's (n) or a verb's (v) first senses, the most common first."""
        ids = self._item(lemma, pos).partition(":")[2]
        return tuple([int(place, 16) for place in ids.split(",")]) if ids else ()

    def meaning(self, sense: int, pos: str) -> Iterator[str]:
        """The lemmas that have a sense among their first."""
        for item, line in self._lemmas.having(f"{sense:05x}"):
            if item.startswith(pos):
                yield line.partition(" ")[0].replace("_", " ")

    def _item(self, lemma: str, pos: str) -> str:
        """``74:1a2b,3c4d``: what the lemma's line has behind the letter."""
        line = next(self._lemmas.find(lemma), "")
        at = 0 if line.startswith(pos) else line.find(" " + pos) + 1
        return line[at + 1 :].partition(" ")[0] if line.startswith(pos, at) else ""

    def bases(self, bent: str) -> list[tuple[str, str]]:
        """Part of speech (n, v, a, r) and base of an irregular form: ``geese`` gives ``n``, ``goose``."""
        return [(item[0], item[1:].replace("_", " ")) for item in self._irregular.find(bent)]


class _Lines:
    """Sorted lines, looked up by their first word: a coarse index, then a search in a small window."""

    def __init__(self, blob: bytes) -> None:
        self._blob = b"\n" + blob
        places = range(0, len(blob), _BLOCK_BYTES)
        self._starts = [self._blob.find(b"\n", place) for place in places]
        self._keys = [self._blob[at + 1 : self._blob.find(b" ", at)] for at in self._starts]
        self._starts += [len(self._blob)] * 2

    def find(self, word: str) -> Iterator[str]:
        """What stands behind a word, one string for each of its lines."""
        key = word.replace(" ", "_").encode()
        block = bisect_left(self._keys, key)
        end = self._starts[block + 1]
        at = self._blob.find(b"\n" + key + b" ", self._starts[max(block - 1, 0)], end)
        while at >= 0 and self._blob.startswith(key + b" ", at + 1):
            behind = self._blob.find(b"\n", at + 1)
            yield self._blob[at + len(key) + 2 : behind].decode()
            at = behind

    def having(self, token: str) -> Iterator[tuple[str, str]]:
        """The items behind blanks in which a token stands after a colon or a comma, and their lines."""
        needle = token.encode()
        at = self._blob.find(needle)
        while at >= 0:
            if self._blob[at - 1] in b":,":
                start = self._blob.rfind(b"\n", 0, at) + 1
                line = self._blob[start : self._blob.find(b"\n", at)]
                item = self._blob[self._blob.rfind(b" ", 0, at) + 1 : at]
                yield item.decode(), line.decode()
            at = self._blob.find(needle, at + 1)
