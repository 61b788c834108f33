"""Clips whose frames say their own number, and what a page reads of them. In: a folder. Out: outputs, frames."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from flow_nb.notebook.bundle import bundle
from flow_nb.notebook.messages import Digest, Mark, TakeView
from tests.browser.prepared import output

WIDTH, HEIGHT, FPS = 640, 360, 24
BITS, CELL_PX = 10, 48
SAMPLE_RATE_HZ = 48_000

READ_FRAME = f"""video => {{
  const canvas = new OffscreenCanvas({WIDTH}, {HEIGHT});
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0, {WIDTH}, {HEIGHT});
  let number = 0;
  for (let bit = 0; bit < {BITS}; bit++) {{
    const pixel = context.getImageData((bit + 0.5) * {CELL_PX}, {CELL_PX} / 2, 1, 1).data;
    if (pixel[0] > 127) number |= 1 << bit;
  }}
  return number;
}}"""
"""The number that is burnt into the picture that a video shows."""

STANDS = """async video => {
  while (video.seeking || video.readyState < 2) await new Promise(done => setTimeout(done, 10));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def counted_clip(path: Path, duration_s: float) -> None:
    """H.264 and AAC: every frame bears its number as white and black cells, the lowest bit at the left."""
    rng = np.random.default_rng(0)
    path.parent.mkdir(exist_ok=True)
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as out:
        video = out.add_stream("libx264", rate=FPS, options={"crf": "26", "preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        audio = out.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
        for number in range(round(duration_s * FPS)):
            picture = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
            for bit in range(BITS):
                cell = slice(bit * CELL_PX, (bit + 1) * CELL_PX)
                picture[:CELL_PX, cell] = 235 if number >> bit & 1 else 20
            out.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        noise = rng.normal(0, 0.05, (2, round(duration_s * SAMPLE_RATE_HZ))).astype(np.float32)
        sound = av.AudioFrame.from_ndarray(noise, format="fltp", layout="stereo")
        sound.sample_rate, sound.time_base, sound.pts = (
            SAMPLE_RATE_HZ, Fraction(1, SAMPLE_RATE_HZ), 0
        )  # fmt: skip
        out.mux(audio.encode(sound))
        out.mux(video.encode(None))
        out.mux(audio.encode(None))


def counted_output(folder: Path, name: str, duration_s: float, **more: object) -> dict:
    """The saved output of a counted take; ``more`` goes into its view."""
    clip = f"takes/{name}.mp4"
    if not (folder / clip).exists():
        counted_clip(folder / clip, duration_s)
    digest = Digest(
        shot=name, tier="fast", state="sealed", duration_s=duration_s, take="ab" * 8,
        marks=[Mark(time_s=1, kind="impact", text="it hits", speed_m_s=3.2, impulse_n_s=0.5)],
    )  # fmt: skip
    view = TakeView(
        digest=digest, clip=clip, width=WIDTH, height=HEIGHT, fps=(FPS, 1),
        frames=round(duration_s * FPS), **more,
    )  # fmt: skip
    return output(bundle(view))


def frame_on_screen(video) -> int:
    """The number in the picture, as soon as the video stands still."""
    video.evaluate(STANDS)
    return video.evaluate(READ_FRAME)


DRIFT = """async seconds => {
  const videos = [...document.querySelectorAll('.flow-player .flow-video')];
  const shown = videos.map(() => null);
  let going = true;
  videos.forEach((video, i) => {
    const hear = (_, { mediaTime, expectedDisplayTime }) => {
      shown[i] = [mediaTime, expectedDisplayTime / 1000];
      if (going) video.requestVideoFrameCallback(hear);
    };
    video.requestVideoFrameCallback(hear);
  });
  const drifts = [];
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end) {
    await new Promise(done => requestAnimationFrame(done));
    if (shown.some(one => one === null)) continue;
    const off = shown.map(([media, display]) => media - display);
    drifts.push(Math.max(...off) - Math.min(...off));
  }
  going = false;
  return drifts;
}"""
"""How far apart the videos of a page are while they play, in seconds, as often as the screen changes."""


def drifts_frames(page, seconds: float) -> list[float]:
    """The drift between all players of a page for some seconds, in frames."""
    return [drift * FPS for drift in page.evaluate(DRIFT, seconds)]
