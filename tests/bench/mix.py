"""How loud forty takes and a film of them are. Run by ``python -m tests.bench.mix``."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from flow_nb.director.grammar import Grammar
from flow_nb.engines.base import Chunk, Format
from flow_nb.engines.stage.sound.ambience import ambience
from flow_nb.engines.stage.sound.duck import depth_db
from flow_nb.engines.stage.sound.ear import FRONT
from flow_nb.engines.stage.sound.loudness import loudness_lufs, true_peak_db
from flow_nb.engines.stage.sound.mix import EFFECTS_UNDER_DIALOGUE, mix
from flow_nb.engines.stage.sound.soundtrack import soundtrack
from flow_nb.engines.stage.sound.speaking import dialogue
from flow_nb.errors import FlowError
from flow_nb.media.decode import samples
from flow_nb.media.encode import Encoder
from flow_nb.physics.solve import solve
from flow_nb.plan.cues import cues_of
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot
from flow_nb.props.archetypes import sets
from tests.engines.stage.sound.speech import line
from tests.media.clips import joined

TAKES = 40
SECONDS = 3
FORM = Format(width=32, height=32, fps=Fraction(12))
TEXTS = (
    "INT. KITCHEN - GOLDEN HOUR\nA glass slides off the table edge and shatters on the floor.\n"
    "MARA (quietly)\nThat was my grandmother's.",
    "INT. CAFE - DAY\nA cup falls off the table.\nMARA\nOh no, not again.",
    "EXT. FOREST - NIGHT\nA stone rolls down a hill.\nmusic: eerie strings",
    "EXT. STREET - NIGHT\nRain. A ball bounces on the road.\nmusic: tense",
    "EXT. BEACH - DAY\nA ball bounces on the sand.\nmusic: happy guitar",
    "EXT. PARK - DAY\nA bottle falls.\nJON\nDid you hear that?",
    "INT. THEATRE - NIGHT\nA violin case falls onto the stage.\nmusic: sad piano",
    "EXT. MOUNTAIN - DAY\nA storm. A rock falls from a cliff.",
    "INT. OFFICE - DAY\nA pen rolls off the desk.",
    "EXT. DESERT - NOON\nA barrel rolls.",
    "INT. SPACE STATION\nA wrench floats through the air.",
    "EXT. SEA - DAY\nA toy boat floats on the water.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One take: what was measured of its mix, and of what AAC makes of it."""

    text: str
    lufs: float
    peak_db: float
    coded_peak_db: float
    kind: str


def report() -> None:
    """Loudness and true peak of forty takes, ducking under speech, the loudness of the film."""
    with tempfile.TemporaryDirectory() as folder:
        rows, clips = [], []
        for number, (plan, motion) in enumerate(_shots()):
            clip = Path(folder) / f"{number}.mp4"
            rows.append(_row(plan, motion, clip))
            clips.append(clip)
            print(f"  {rows[-1].lufs:6.1f} LUFS {rows[-1].peak_db:6.2f} dBTP", end=" ")
            print(f"{rows[-1].coded_peak_db:6.2f} coded  {rows[-1].kind:8} {rows[-1].text[:60]}")
        _summary(rows)
        film = Path(folder) / "film.mp4"
        joined(clips, film)
        sound = samples(film).astype(float)
        print(f"  film of {len(clips)}         {loudness_lufs(sound):.2f} LUFS, ", end="")
        print(f"{true_peak_db(sound):.2f} dBTP decoded")
    _ducking()


def _shots() -> Iterator[tuple[Plan, Motion]]:
    path = Path(__file__).with_name("abilities.toml")
    texts = [*TEXTS, *tomllib.loads(path.read_text(encoding="utf-8"))["texts"]]
    found = 0
    for text in texts:
        if found == TAKES:
            return
        try:
            plan = Grammar().read(make_shot("shot", text, duration=SECONDS))
            motion = solve(plan)
        except (FlowError, ArithmeticError) as error:
            print(f"  left out: {text[:60]!r}: {error}")
            continue
        found += 1
        yield plan, motion


def _row(plan: Plan, motion: Motion, clip: Path) -> Row:
    speech = [
        line(cue.start_s, cue.end_s - cue.start_s, speaker=cue.speaker, number=i)
        for i, cue in enumerate(cues_of(plan))
    ]
    heard = soundtrack(plan, motion, speech=speech)
    with Encoder(clip, FORM) as out:
        frames = len(heard) * 12 // 48_000
        pictures = np.zeros((frames, 32, 32, 3), np.uint8)
        out.write(Chunk(frames=pictures, samples=heard[: frames * 4_000], first_frame=0))
    sound = heard.astype(float)
    air = ambience(plan, len(sound), np.random.default_rng(plan.seed).spawn(6)[5])
    alone = np.abs(sound - mix(np.zeros_like(sound), air)).max() < 1e-6
    made = "speech" if speech else "music" if plan.music else "air" if alone else "effects"
    return Row(
        text=plan.text.replace("\n", " "),
        lufs=loudness_lufs(sound),
        peak_db=true_peak_db(sound),
        coded_peak_db=true_peak_db(samples(clip).astype(float)),
        kind=made,
    )


def _summary(rows: list[Row]) -> None:
    print(f"\nThe mix of {len(rows)} takes of {SECONDS} s")
    for kind in ("speech", "music", "effects", "air"):
        some = [row for row in rows if row.kind == kind]
        if some:
            lufs = [row.lufs for row in some]
            near = sum(abs(value + 16) <= 1 for value in lufs)
            print(f"  {kind:8} {len(some):3}       median {np.median(lufs):.1f} LUFS, ", end="")
            print(f"{min(lufs):.1f} to {max(lufs):.1f}; within 1 LU of -16: {near}")
    print(f"  loudest            {max(row.lufs for row in rows):.2f} LUFS")
    print(f"  true peak          {max(row.peak_db for row in rows):.2f} dBTP at most, ", end="")
    print(f"{max(row.coded_peak_db for row in rows):.2f} once coded")


def _ducking() -> None:
    """Steady loud noise of 4 s under a line of 2 s: how far it steps back, and how soon."""
    plan = Grammar().read(make_shot("a", "A ball falls.", duration=4))
    motion = solve(plan)
    noise = 0.1 * np.random.default_rng(1).standard_normal((192_000, 2))
    said = dialogue(
        [line(1.0, 2.0)],
        plan,
        motion,
        row=sets()["studio"],
        ear=FRONT,
        rng=np.random.default_rng(1),
    )
    said *= 10 ** ((-16 - loudness_lufs(said)) / 20)
    noise *= 10 ** ((-16 - loudness_lufs(noise)) / 20)
    depth = depth_db(noise, said, EFFECTS_UNDER_DIALOGUE)
    spoken = slice(52_800, 139_200)
    gap = loudness_lufs(said[spoken]) - loudness_lufs(
        (noise * 10 ** (-depth / 20)[:, None])[spoken]
    )
    begins_s = float(np.argmax(depth > 0.5)) / 48_000
    print(
        f"  ducking            {depth[spoken].min():.1f} to {depth.max():.1f} dB under speech, ",
        end="",
    )
    print(f"begins {1 - begins_s:.2f} s before it; effects {gap:.1f} LU beneath the words")


if __name__ == "__main__":
    report()
