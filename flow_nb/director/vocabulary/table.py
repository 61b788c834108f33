"""WordNet's table, read where it stands. In: ``wordnet.gz``, made by `derive`. Out: `Entry`s and `Tree`s.

Nothing is unpacked but the bytes: a lookup is a binary search over lines, a hypernym a search backwards
over depths.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files

_FORMAT = "flow_nb.WordNet.1"


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


@dataclass(frozen=True, slots=True)
class Entry:
    """A lemma: how common it is by part of speech (n, v, a, r), and its first senses' places."""

    weights: Mapping[str, int] = field(default_factory=dict)
    senses: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


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
        self._lemmas, self._irregular = parts[4], parts[5]

    def entry(self, lemma: str) -> Entry:
        """What WordNet has of a lemma; an empty entry for a word it does not know."""
        weights, senses = {}, {}
        for line in _lines(self._lemmas, lemma):
            for item in line.split()[1:]:
                weight, _, ids = item.partition(":")
                weights[item[0]] = int(weight[1:])
                if ids:
                    senses[item[0]] = tuple(int(place, 16) for place in ids.split(","))
        return Entry(weights, senses)

    def bases(self, bent: str) -> list[tuple[str, str]]:
        """Part of speech (n, v, a, r) and base of an irregular form: ``geese`` gives ``n``, ``goose``."""
        found = [line.split()[1] for line in _lines(self._irregular, bent)]
        return [(item[0], item[1:].replace("_", " ")) for item in found]


def _lines(blob: bytes, word: str) -> Iterator[str]:
    """The lines of a sorted blob that begin with a word and a blank."""
    key = word.replace(" ", "_").encode() + b" "
    low, high = 0, len(blob)
    while low < high:
        start = blob.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = blob.find(b"\n", start) + 1 or high
        if blob[start:end] < key:
            low = end
        else:
            high = start
    while blob.startswith(key, low):
        end = blob.find(b"\n", low) + 1 or len(blob)
        yield blob[low : end - 1].decode()
        low = end
