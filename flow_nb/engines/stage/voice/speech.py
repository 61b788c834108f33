"""Lines are spoken. In: a line of a plan, a voice. Out: `Utterance`: its sound and its phones, or why not.

The same line in the same voice and manner is the same samples, to the bit, on one machine. What has
been said once is kept, in memory and in a small cache on disk, by the hash of everything it is made
from.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.voice import model
from flow_nb.engines.stage.voice.lexicon import Accent
from flow_nb.engines.stage.voice.manner import Manner, manner_of
from flow_nb.engines.stage.voice.phonemes import is_sound, sounds, stresses
from flow_nb.engines.stage.voice.spoken import Phone, Spoken
from flow_nb.engines.stage.voice.styles import style_row
from flow_nb.engines.stage.voice.timbre import at_48_khz, shaped
from flow_nb.engines.stage.voice.wording import unsayable, worded
from flow_nb.files import write_whole
from flow_nb.identity.voice import VoiceTag
from flow_nb.timebase import SAMPLE_RATE_HZ

VERSION = 1
LEAD_S, TAIL_S = 0.03, 0.12
"""What is kept of the silence before the first sound, and of the last one's fading."""

SHORT_PAUSE = 3
"""A space of at most so many frames is no pause: the sound before it goes on."""

KEPT_LINES, KEPT_FILES = 64, 400
_MOST_AT_ONCE = 320
_GAP_S = 0.18


@dataclass(frozen=True, kw_only=True, slots=True)
class Utterance:
    """A line by itself: ``samples`` float32 (m,) at 48 kHz; ``phones`` in seconds from its start.

    ``guessed`` are words that no dictionary has. A line that cannot be spoken has no samples and
    says ``why``.
    """

    samples: NDArray[np.float32]
    phones: tuple[Phone, ...] = ()
    guessed: tuple[str, ...] = ()
    why: str = ""

    @property
    def duration_s(self) -> float:
        """How long it takes to say."""
        return len(self.samples) / SAMPLE_RATE_HZ

    def at(self, start_s: float, *, line: int, speaker: str) -> Spoken:
        """The line in its place in a shot."""
        phones = tuple(
            Phone(
                symbol=phone.symbol,
                start_s=start_s + phone.start_s,
                end_s=start_s + phone.end_s,
                stress=phone.stress,
            )
            for phone in self.phones
        )
        return Spoken(
            line=line, speaker=speaker, start_s=start_s, samples=self.samples, phones=phones
        )


class Speech:
    """Says lines, and remembers them. The model is loaded with the first new one, once in a process."""

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache
        self._said: OrderedDict[str, Utterance] = OrderedDict()

    def utter(self, text: str, voice: VoiceTag, manner: str = "") -> Utterance:
        """A line in a voice.

        Raises:
            EngineError: the extra ``voice`` is not installed or damaged.
        """
        if why := unsayable(text):
            return Utterance(samples=np.zeros(0, np.float32), why=why)
        how = manner_of(manner)
        key = _key(text, voice, how)
        found = self._said.pop(key, None) or self._read(key)
        if found is None:
            found = _utter(text, voice, how, seed=int(key[:8], 16))
            self._write(key, found)
        self._said[key] = found
        while len(self._said) > KEPT_LINES:
            self._said.popitem(last=False)
        return found

    def _read(self, key: str) -> Utterance | None:
        """From the disk; what is damaged there counts as absent."""
        if self._cache is None:
            return None
        file = self._cache / f"{key}.npz"
        try:
            with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as kept:
                told = json.loads(str(kept["told"]))
                samples = np.asarray(kept["samples"], np.float32)
            phones = tuple(
                Phone(symbol=s, start_s=a, end_s=b, stress=n) for s, a, b, n in told["phones"]
            )
            guessed = tuple(map(str, told["guessed"]))
        except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
            return None
        with suppress(OSError):
            os.utime(file)  # what is used stays
        return Utterance(samples=samples, phones=phones, guessed=guessed)

    def _write(self, key: str, said: Utterance) -> None:
        """Without room on the disk the line is said again next time."""
        if self._cache is None:
            return
        phones = [(p.symbol, p.start_s, p.end_s, p.stress) for p in said.phones]
        told = json.dumps({"phones": phones, "guessed": said.guessed})
        data = io.BytesIO()
        np.savez(data, samples=said.samples, told=np.array(told))
        with suppress(OSError):
            self._cache.mkdir(parents=True, exist_ok=True)
            write_whole(self._cache / f"{key}.npz", data.getvalue())
            files = sorted(self._cache.glob("*.npz"), key=lambda f: f.stat().st_mtime)
            for old in files[:-KEPT_FILES]:
                old.unlink(missing_ok=True)


def _key(text: str, voice: VoiceTag, manner: Manner) -> str:
    """The name of the voice says nothing: two tags of one blend sound the same."""
    styles = [(name, round(share, 6)) for name, share in sorted(voice.styles)]
    made_from = [VERSION, model.SHA256, text, styles, round(voice.speed, 4), repr(manner)]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


def accent_of(voice: VoiceTag) -> Accent:
    """What most of the voice's styles speak: their names begin with a or b."""
    british = sum(share for name, share in voice.styles if name.startswith("b"))
    return "british" if british > 0.5 else "american"


def _utter(text: str, voice: VoiceTag, manner: Manner, *, seed: int) -> Utterance:
    told = sounds(worded(text), accent_of(voice))
    parts: list[NDArray[np.float32]] = []
    phones: list[Phone] = []
    at_s = 0.0
    for phrase in phrases(model.sayable(told.phonemes), manner.ends):
        style = style_row(voice.styles, len(phrase))
        sound, frames = model.say(phrase, style, voice.speed * manner.speed)
        cut, timed = _trimmed(sound, phrase, frames)
        parts += [cut, np.zeros(round(_GAP_S * model.RATE_HZ), np.float32)]
        phones += _moved(timed, at_s)
        at_s += (len(cut) + len(parts[-1])) / model.RATE_HZ
    if not parts:
        return Utterance(samples=np.zeros(0, np.float32), why="it has no words")
    samples = at_48_khz(shaped(np.concatenate(parts[:-1]), manner, seed))
    samples.setflags(write=False)
    return Utterance(samples=samples, phones=tuple(phones), guessed=told.guessed)


def phrases(phonemes: str, ends: str = "") -> list[str]:
    """What the model says at once: as many whole sentences as it says well; ``ends`` replaces their
    full stops.

    >>> phrases("hˈI. bˈI", "!")
    ['hˈI! bˈI!']
    """
    line = phonemes if phonemes[-1:] in ".!?…" else f"{phonemes}."
    if ends:
        line = line.replace(".", ends)
    found, rest = list[str](), line.strip()
    while len(rest) > _MOST_AT_ONCE:
        head = rest[:_MOST_AT_ONCE]
        cut = max(head.rfind(mark) for mark in (". ", "! ", "? ", "… "))
        cut = cut if cut > 0 else max(head.rfind(", "), head.rfind("; "))
        cut = cut if cut > 0 else max(head.rfind(" "), _MOST_AT_ONCE // 2)
        found.append(rest[: cut + 1].strip())
        rest = rest[cut + 1 :].strip()
    return [part for part in [*found, rest] if any(map(is_sound, part))]


def _trimmed(
    sound: NDArray[np.float32], phrase: str, frames: NDArray[np.int64]
) -> tuple[NDArray[np.float32], list[Phone]]:
    """The phrase without the silence around it, and its phones in seconds from there."""
    edges = np.concatenate([[0], np.cumsum(frames)]) * model.FRAME_S
    levels = stresses(phrase)
    phones: list[Phone] = []
    begin_s: float | None = None
    for i, symbol in enumerate(phrase):
        start_s, end_s = float(edges[i + 1]), float(edges[i + 2])
        if symbol in "ˈˌ":  # a mark takes no time of its own: the vowel begins with it
            begin_s = start_s if begin_s is None else begin_s
        elif symbol == "ː" and phones:
            phones[-1] = _longer(phones[-1], end_s)
        elif is_sound(symbol):
            start_s, begin_s = start_s if begin_s is None else begin_s, None
            phones.append(Phone(symbol=symbol, start_s=start_s, end_s=end_s, stress=levels[i]))
        elif (
            symbol == " "
            and phones
            and frames[i + 1] <= SHORT_PAUSE
            and phrase[i - 1] not in ";:,.!?—…"
        ):
            phones[-1] = _longer(phones[-1], end_s)
    first_s = max(phones[0].start_s - LEAD_S, 0.0)
    last = min(len(sound), round((phones[-1].end_s + TAIL_S) * model.RATE_HZ))
    cut = sound[round(first_s * model.RATE_HZ) : last].copy()
    fade = min(len(cut), round(0.02 * model.RATE_HZ))
    cut[len(cut) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    return cut, _moved(phones, -first_s)


def _longer(phone: Phone, end_s: float) -> Phone:
    return Phone(symbol=phone.symbol, start_s=phone.start_s, end_s=end_s, stress=phone.stress)


def _moved(phones: list[Phone], by_s: float) -> list[Phone]:
    return [
        Phone(
            symbol=p.symbol,
            start_s=round(p.start_s + by_s, 6),
            end_s=round(p.end_s + by_s, 6),
            stress=p.stress,
        )
        for p in phones
    ]
