"""Makes ``wordnet.gz``. In: WordNet 3.0's own files (Debian: ``wordnet-base``). Out: one small table.

Run ``python -m flow_nb.director.vocabulary.derive /usr/share/wordnet``; nothing imports this. What
`table.py` reads back, after gzip:

1. one line: the format's name, then the lengths in bytes of the parts below;
2. per noun sense in depth-first order one byte, how deep it lies: its hypernym is the nearest sense
   before it that lies one higher (`table.Tree`); then one byte each for its lexicographer's file;
3. the same two for verbs;
4. the lemmas, sorted, one a line: ``glass n74:01a2b,03c4d v13:00077``. A letter for the part of speech,
   how common (twice the times it was tagged in running text, plus its number of senses), and its
   first senses as places in part 2 or 3, five hexadecimal digits each;
5. the irregular forms, sorted, one a line: ``geese ngoose``, ``fell vfall``.

Of lemmas, those of more than two words and those never tagged that have a capital or a digit (Latin
names, persons) are left out.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

FORMAT = "flow_nb.WordNet.1"
SENSES = {"n": 3, "v": 3, "a": 0, "r": 0}
_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_TAGS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_MOST_DEPTHS = 255


def derive(source: Path) -> bytes:
    """The table's bytes, uncompressed, from the folder that holds ``data.noun`` and the others."""
    trees, places = {}, {}
    for pos in "nv":
        trees[pos], places[pos] = _tree(source / f"data.{_FILES[pos]}")
    lemmas = "".join(f"{line}\n" for line in _lemmas(source, places)).encode()
    irregular = "".join(f"{line}\n" for line in _irregular(source)).encode()
    parts = [*trees["n"], *trees["v"], lemmas, irregular]
    head = " ".join([FORMAT, *(str(len(part)) for part in parts)])
    return b"".join([head.encode(), b"\n", *parts])


def _tree(data: Path) -> tuple[tuple[bytes, bytes], dict[str, int]]:
    """Depths and lexicographer's files in depth-first order, and the place of every offset."""
    parents: dict[str, str] = {}
    files: dict[str, int] = {}
    for line in _lines(data):
        fields = line.split(" | ")[0].split()
        offset, words = fields[0], int(fields[3], 16)
        files[offset] = int(fields[1])
        pointers = fields[4 + 2 * words :]
        above = [pointers[i + 1] for i, sign in enumerate(pointers) if sign in ("@", "@i")]
        if above:
            parents[offset] = above[0]
    children = defaultdict(list)
    for offset in files:
        children[_parent(offset, parents)].append(offset)
    depths, kinds, places = bytearray(), bytearray(), {}
    pending = [(offset, 0) for offset in reversed(children[""])]
    while pending:
        offset, depth = pending.pop()
        places[offset] = len(depths)
        depths.append(min(depth, _MOST_DEPTHS))
        kinds.append(files[offset])
        pending += [(child, depth + 1) for child in reversed(children[offset])]
    return (bytes(depths), bytes(kinds)), places


def _parent(offset: str, parents: dict[str, str]) -> str:
    """The hypernym, or "" for a top. WordNet 3.0 has a circle of two verbs: its first one is a top."""
    above = parents.get(offset, "")
    return "" if parents.get(above) == offset and offset < above else above


def _lemmas(source: Path, places: dict[str, dict[str, int]]) -> Iterator[str]:
    tagged = _tagged(source / "cntlist.rev")
    named = _proper(source)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for pos, file in _FILES.items():
        for line in _lines(source / f"index.{file}"):
            fields = line.split()
            lemma, senses = fields[0], int(fields[2])
            times = tagged[pos, lemma]
            if not times and (lemma in named or lemma.count("_") > 1 or not _plain(lemma)):
                continue
            ids = [f"{places[pos][o]:05x}" for o in fields[-senses:][: SENSES[pos]]]
            weight = 2 * times + senses
            entry = f"{pos}{weight}" + (":" + ",".join(ids) if ids else "")
            found[_spaced(lemma)].setdefault(pos, entry)
    return (f"{lemma} {' '.join(found[lemma].values())}" for lemma in sorted(found))


def _plain(lemma: str) -> bool:
    return lemma.replace("_", "").replace("-", "").replace("'", "").isalpha()


def _spaced(lemma: str) -> str:
    """Blanks and hyphens are written as underscores, so that a line splits at blanks."""
    return lemma.replace("-", "_")


def _tagged(counts: Path) -> dict[tuple[str, str], int]:
    tagged: dict[tuple[str, str], int] = defaultdict(int)
    for line in counts.read_text(encoding="utf-8").splitlines():
        key, _, times = line.split()
        lemma, _, sense = key.partition("%")
        tagged[_TAGS[sense[0]], lemma] += int(times)
    return tagged


def _proper(source: Path) -> set[str]:
    """Lemmas of two words or more that are written with a capital."""
    found = set()
    for line in _lines(source / "data.noun"):
        fields = line.split(" | ")[0].split()
        for word in fields[4 : 4 + 2 * int(fields[3], 16) : 2]:
            if word != word.lower() and "_" in word:
                found.add(word.lower())
    return found


def _irregular(source: Path) -> list[str]:
    found = set()
    for pos, file in _FILES.items():
        for line in (source / f"{file}.exc").read_text(encoding="utf-8").splitlines():
            bent, *bases = line.split()
            found |= {f"{_spaced(bent)} {pos}{_spaced(base)}" for base in bases if base != bent}
    return sorted(found)


def _lines(path: Path) -> Iterator[str]:
    """The lines behind the licence, which every file of WordNet opens with, indented."""
    text = path.read_text(encoding="utf-8")
    return (line for line in text.splitlines() if not line.startswith(" "))


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet")
    packed = gzip.compress(derive(folder), 9, mtime=0)
    Path(__file__).with_name("wordnet.gz").write_bytes(packed)
