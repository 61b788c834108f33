"""Damaged and hostile files given to verify: verdicts, time, memory; nothing may crash or hang."""

from __future__ import annotations

import resource
import struct
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from flow_nb.errors import MediaError
from flow_nb.shield.verify import verify
from flow_nb.store import Store

COUNT, MOST_S, MOST_BYTES = 500, 2.0, 2**30


def spoiled(data: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """``count`` files made from a sealed clip, by name: every kind in turn."""
    rng = np.random.default_rng(seed)
    kinds: list[tuple[str, Callable[[], bytes]]] = [
        ("truncated", lambda: data[: int(rng.integers(1, len(data)))]),
        ("one bit flipped", lambda: _flipped(data, rng, 1)),
        ("many bits flipped", lambda: _flipped(data, rng, int(rng.integers(10, 5000)))),
        ("a hole of zeros", lambda: _holed(data, rng)),
        ("a box that is too large", lambda: _resized(data, rng, 0x7FFFFFFF)),
        ("a box without an end", lambda: _resized(data, rng, 0)),
        ("a box of one byte", lambda: _resized(data, rng, int(rng.integers(2, 8)))),
        ("boxes in boxes", lambda: _nested(int(rng.integers(100, 50_000)))),
        ("an enormous header", lambda: _wide(data, rng)),
        ("counts that lie", lambda: _lying(data, rng)),
        ("noise behind ftyp", lambda: data[:32] + rng.bytes(int(rng.integers(1, 200_000)))),
        ("noise", lambda: rng.bytes(int(rng.integers(1, 200_000)))),
        ("shuffled", lambda: _shuffled(data, rng)),
        ("appended to", lambda: data + rng.bytes(int(rng.integers(1, 5000)))),
        ("foreign", lambda: _foreign(rng)),
        ("a list that names addresses", lambda: _lists(rng)),
        ("hostile credentials", lambda: _credentials(data, rng)),
    ]
    for number in range(count):
        name, make = kinds[number % len(kinds)]
        yield name, make()


def _flipped(data: bytes, rng: np.random.Generator, count: int) -> bytes:
    changed = np.frombuffer(data, np.uint8).copy()
    places = rng.integers(0, len(data), count)
    changed[places] ^= (1 << rng.integers(0, 8, count)).astype(np.uint8)
    return changed.tobytes()


def _holed(data: bytes, rng: np.random.Generator) -> bytes:
    start = int(rng.integers(0, len(data)))
    return data[:start] + bytes(min(20_000, len(data) - start)) + data[start + 20_000 :]


_BOXES = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsz", b"stco", b"stsd", b"avc1", b"mdat",
          b"uuid", b"udta", b"meta", b"ilst", b"keys", b"edts", b"elst", b"esds", b"avcC")  # fmt: skip


def _box(data: bytes, rng: np.random.Generator) -> int:
    """Where the kind of some box stands."""
    places = [at for kind in _BOXES if (at := data.find(kind)) > 4]
    return places[int(rng.integers(0, len(places)))]


def _resized(data: bytes, rng: np.random.Generator, size: int) -> bytes:
    at = _box(data, rng) - 4
    return data[:at] + struct.pack(">I", size) + data[at + 4 :]


def _nested(depth: int) -> bytes:
    size = 8 * depth
    head = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2"
    return head + b"".join(struct.pack(">I4s", size - 8 * i, b"moov") for i in range(depth))


def _wide(data: bytes, rng: np.random.Generator) -> bytes:
    at = data.find(b"avc1") + 28
    sides = struct.pack(">HH", *(int(rng.integers(8000, 65536)) for _ in range(2)))
    return data[:at] + sides + data[at + 4 :]


def _lying(data: bytes, rng: np.random.Generator) -> bytes:
    kinds = (b"stsz", b"stco", b"stts", b"ctts", b"stsc", b"elst", b"keys")
    places = [at for kind in kinds if (at := data.find(kind)) > 0]
    at = places[int(rng.integers(0, len(places)))] + int(rng.choice([8, 12]))
    return data[:at] + struct.pack(">I", int(rng.integers(2**24, 2**32))) + data[at + 4 :]


def _shuffled(data: bytes, rng: np.random.Generator) -> bytes:
    cut = np.sort(rng.integers(0, len(data), 6))
    parts = np.split(np.frombuffer(data, np.uint8), cut)
    return b"".join(parts[i].tobytes() for i in rng.permutation(len(parts)))


def _foreign(rng: np.random.Generator) -> bytes:
    heads = (b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0", b"RIFF\xff\xff\xff\xffAVI LIST", b"OggS\0\2",
             b"\x1aE\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff", b"ID3\4\0\0\x7f\x7f\x7f\x7f", b"fLaC\0\0\0\x22",
             b"FLV\1\5\0\0\0\x09", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff",
             b"GIF89a\xff\xff\xff\xff\xf7\0\0", b"\xff\xd8\xff\xe0\0\x10JFIF", b"%PDF-1.7\n", b"PK\3\4",
             b"\x7fELF", b"#!/bin/sh\n", b"0&\xb2u\x8ef\xcf\x11\xa6\xd9\0\xaa\0b\xcel", b"G@\0\x10" * 50)  # fmt: skip
    head = heads[int(rng.integers(0, len(heads)))]
    return head + rng.bytes(int(rng.integers(0, 60_000)))


def _lists(rng: np.random.Generator) -> bytes:
    texts = (
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n",
        "#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n",
        "ffconcat version 1.0\nfile /etc/passwd\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n",
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>http://127.0.0.1:9/</BaseURL></MPD>',
    )
    return texts[int(rng.integers(0, len(texts)))].encode()


def _credentials(data: bytes, rng: np.random.Generator) -> bytes:
    start, end = data.find(b"uuid"), data.find(b"moov") - 4
    changed = bytearray(data)
    for at in rng.integers(start, end, int(rng.integers(1, 400))):
        changed[at] = int(rng.integers(0, 256))
    return bytes(changed)


def measured(
    data: bytes, store: Store, folder: Path, *, count: int = COUNT, seed: int = 3
) -> list[tuple[str, str, float]]:
    """Kind, verdict and seconds of every file."""
    rows = []
    for number, (kind, bad) in enumerate(spoiled(data, count, seed)):
        path = folder / f"{number}.mp4"
        path.write_bytes(bad)
        began_s = time.perf_counter()
        try:
            word: str = verify(path, store).verdict
        except MediaError as error:
            word = "refused: " + str(error).rpartition('" ')[2][:40]
        rows.append((kind, word, time.perf_counter() - began_s))
        path.unlink()
    return rows


def report(folder: Path | None = None) -> None:
    """All kinds, worst times, verdicts, and the most memory that any process took."""
    from tests.shield.studio import marked

    folder = folder or Path(tempfile.mkdtemp())
    store = Store(folder / "studio")
    take = marked(store, "glass", seconds=3)
    data = store.path(take).read_bytes()
    verify(store.path(take), store)
    rows = measured(data, store, folder)
    print(f"\n{len(rows)} damaged files of {len(data):,} bytes and less")
    for kind in dict.fromkeys(kind for kind, _, _ in rows):
        mine = [row for row in rows if row[0] == kind]
        words = Counter(word for _, word, _ in mine)
        told = ", ".join(f"{count} {word}" for word, count in words.most_common())
        print(f"  {kind:28} worst {max(s for _, _, s in mine):5.2f} s   {told}")
    over = sum(seconds > MOST_S for _, _, seconds in rows)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    whole = sum(word == "made here and whole" for _, word, _ in rows)
    print(f"  over {MOST_S:g} s: {over}; taken for whole: {whole}")
    from flow_nb.shield import witness

    witness.end()
    peak = max(peak, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
    print(f"  most memory of one process: {peak / 2**20:.0f} MB")


if __name__ == "__main__":
    report()
