"""Makes the data beside it. In: an unpacked ``kokoro-js`` (npm), an unpacked ``misaki`` (PyPI). Out: two files.

Run ``python -m flow_nb.engines.stage.voice.derive kokoro-js/voices misaki/data``; nothing imports
this. What it writes, and what `styles.py` and `lexicon.py` read back:

1. ``styles.npz``: the 28 English styles of Kokoro-82M. A style is 510 rows (one per length of a
   line in tokens) of 256 numbers; its rows lie in so flat a space that a mean and 8 directions give
   them back to within 1.3e-3 (2e-5 in the mean; `RANK`). Arrays: ``names`` (28,), ``mean`` (28, 256), ``weights``
   (28, 510, 8), ``axes`` (28, 8, 256).
2. ``lexicon.xz``: one row a word, sorted: the word, how Americans say it, how Britons say it if
   otherwise, separated by tabs. A word whose sound depends on what it is has ``DEFAULT=…|VERB=…``.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RANK, ROWS, WIDTH = 8, 510, 256
ENGLISH = ("af_", "am_", "bf_", "bm_")


def derive_styles(voices: Path) -> dict[str, NDArray[np.generic]]:
    """The arrays of ``styles.npz`` from ``voices/*.bin``, float32 (510, 256) each."""
    files = sorted(file for file in voices.glob("*.bin") if file.name.startswith(ENGLISH))
    full = np.stack([np.fromfile(file, "<f4").reshape(ROWS, WIDTH) for file in files])
    mean = full.mean(axis=1)
    weights, axes = [], []
    for rows in full - mean[:, None]:
        left, size, right = np.linalg.svd(rows.astype(float), full_matrices=False)
        share = np.sqrt(size[:RANK])  # both factors of one size: neither loses digits in float16
        weights.append(left[:, :RANK] * share)
        axes.append(right[:RANK] * share[:, None])
    return {
        "names": np.array([file.stem for file in files]),
        "mean": mean.astype(np.float32),
        "weights": np.array(weights, np.float16),
        "axes": np.array(axes, np.float16),
    }


def derive_lexicon(data: Path) -> bytes:
    """The rows of ``lexicon.xz``, uncompressed, from misaki's four English dictionaries."""
    us, gb = ({**_words(data, f"{of}_silver"), **_words(data, f"{of}_gold")} for of in ("us", "gb"))
    rows = []
    for word in sorted(us.keys() | gb.keys()):
        american = us.get(word, gb.get(word, ""))
        british = gb.get(word, american)
        rows.append(f"{word}\t{american}" + (f"\t{british}" if british != american else ""))
    return "".join(f"{row}\n" for row in rows).encode()


def _words(data: Path, name: str) -> dict[str, str]:
    found: dict[str, str | Mapping[str, str | None]] = json.loads(
        (data / f"{name}.json").read_text(encoding="utf-8")
    )
    return {word: _said(sounds) for word, sounds in found.items()}


def _said(sounds: str | Mapping[str, str | None]) -> str:
    if isinstance(sounds, str):
        return sounds
    return "|".join(f"{kind}={said}" for kind, said in sounds.items() if said)


def main(voices: str, data: str) -> None:
    """Writes both files beside this one."""
    here = Path(__file__).parent
    np.savez_compressed(here / "styles.npz", **derive_styles(Path(voices)))  # type: ignore[arg-type]
    packed = lzma.compress(derive_lexicon(Path(data)), preset=9 | lzma.PRESET_EXTREME)
    (here / "lexicon.xz").write_bytes(packed)


if __name__ == "__main__":
    main(*sys.argv[1:])
