"""A shot's sound as a picture. In: its samples, its motion, what is said. Out: `Waveform`, an SVG.

Under the wave stands what made it: a stroke for every blow at its instant, as high as it is hard, a
bar for every line of dialogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from flow_nb.plan.cues import Cue
from flow_nb.plan.motion import Motion
from flow_nb.studio import Shooting, Studio
from flow_nb.timebase import SAMPLE_RATE_HZ

WIDTH, WAVE, CAUSES, SAID = 960, 120, 46, 20
WAVE_COLOUR, BLOW_COLOUR, LINE_COLOUR, INK = "#5b8db8", "#d07a2c", "#7a9e57", "#808080"
MOST_LABELS, LABEL_PX, MOST_CHARS = 8, 230, 48
LEAST_SPEED_M_S = 0.15


@dataclass(frozen=True, slots=True)
class Waveform:
    """Shows itself in a notebook."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg


def sound_of(studio: Studio, made: Shooting) -> Waveform:
    """The sound of a take, decoded from its clip, above the contacts of its motion."""
    from flow_nb.media.decode import samples

    return waveform(samples(studio.path(made.take)), made.motion, made.take.cues)


def waveform(samples: NDArray[np.float32], motion: Motion, cues: Sequence[Cue] = ()) -> Waveform:
    """The wave of samples (m, 2) at 48 kHz, and its causes on the same clock."""
    seconds = max(len(samples) / SAMPLE_RATE_HZ, 1e-3)
    scale = WIDTH / seconds
    height = WAVE + CAUSES + SAID * bool(cues) + 18
    parts = [_wave(samples), *_blows(motion, scale), *_labels(motion, scale)]
    parts += [_line(cue, scale) for cue in cues]
    parts += [
        _text(second * scale + 2, height - 4, f"{second} s") for second in range(int(seconds) + 1)
    ]
    label = f"The sound of {seconds:.1f} s, with {len(motion.contacts)} contacts under it"
    return Waveform(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'role="img" aria-label="{label}" style="max-width:100%">{"".join(parts)}</svg>'
    )


def _wave(samples: NDArray[np.float32]) -> str:
    """The highest and the lowest sample of every pixel."""
    mono = samples.mean(axis=1)
    edges = np.linspace(0, len(mono), WIDTH + 1).astype(int)
    spans = [mono[a : max(b, a + 1)] for a, b in pairwise(edges)]
    middle = WAVE / 2
    top = [f"{x},{middle - middle * float(span.max()):.1f}" for x, span in enumerate(spans)]
    low = [f"{x},{middle - middle * float(span.min()):.1f}" for x, span in enumerate(spans)]
    return f'<polygon points="{" ".join(top + low[::-1])}" fill="{WAVE_COLOUR}"/>'


def _blows(motion: Motion, scale: float) -> list[str]:
    """A stroke for every contact that is a blow; its height grows by the logarithm of the impulse."""
    rows = motion.contacts[motion.contacts["normal_speed_m_s"] > LEAST_SPEED_M_S]
    tall = np.clip(0.7 + 0.3 * np.log10(np.maximum(rows["impulse_n_s"], 1e-6) * 10), 0.08, 1.0)
    return [
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{WAVE}" y2="{WAVE + 26 * share:.1f}" '
        f'stroke="{BLOW_COLOUR}"/>'
        for x, share in zip(rows["time_s"] * scale, tall, strict=True)
    ]


def _labels(motion: Motion, scale: float) -> list[str]:
    """What the solver says of the first events that have room for it."""
    out, free_px = [], 0.0
    for event in motion.events:
        x = event.time_s * scale
        if event.kind in ("impact", "break", "splash", "burst") and x >= free_px:
            out.append(_text(x, WAVE + 40, event.text or event.kind))
            free_px = x + LABEL_PX
    return out[:MOST_LABELS]


def _line(cue: Cue, scale: float) -> str:
    x, wide = cue.start_s * scale, max(2.0, (cue.end_s - cue.start_s) * scale)
    y = WAVE + CAUSES
    bar = f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="14" fill="{LINE_COLOUR}"/>'
    return bar + _text(x + 3, y + 11, f"{cue.speaker}: {cue.text}"[: int(wide / 6)], "#ffffff")


def _text(x: float, y: float, words: str, colour: str = INK) -> str:
    style = f'font-family="sans-serif" font-size="11" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y}" {style}>{escape(words[:MOST_CHARS])}</text>'
