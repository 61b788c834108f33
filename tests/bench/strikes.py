"""Struck materials by ear. In: strikes heard in a room. Out: how well they are told apart, whether harder is louder."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.ear import FRONT
from flow_nb.engines.stage.sound.foley import foley
from flow_nb.engines.stage.sound.soundtrack import soundtrack
from flow_nb.props.materials import materials
from tests.engines.stage.sound.motions import motion_of, plan_of, touch
from tests.engines.stage.sound.onsets import bands_db, decay_s

Floats = NDArray[np.float64]

KINDS: dict[str, tuple[tuple[str, float, float], ...]] = {
    # material: (prop, longest dimension, mass) of what is struck
    "glass": (("glass", 0.125, 0.24), ("bottle", 0.305, 0.5), ("wine-glass", 0.20, 0.2)),
    "ceramic": (("cup", 0.09, 0.32), ("plate", 0.26, 0.6), ("bowl", 0.17, 0.5)),
    "metal": (("can", 0.12, 0.15), ("coin", 0.027, 0.012), ("pan", 0.45, 1.2)),
    "wood": (("block", 0.07, 0.23), ("crate", 0.34, 6.0), ("bat", 0.85, 0.9)),
    "stone": (("brick", 0.21, 3.5), ("block", 0.12, 4.0), ("block", 0.07, 0.9)),
    "plastic": (("cone", 0.445, 1.6), ("cup", 0.10, 0.05), ("box", 0.3, 0.8)),
    "rubber": (("ball", 0.12, 0.5), ("ball", 0.06, 0.06), ("tennis-ball", 0.067, 0.058)),
    "sand": (("box", 0.28, 8.0), ("ball", 0.15, 2.5), ("block", 0.12, 2.0)),
    "paper": (("book", 0.21, 0.7), ("book", 0.28, 1.4), ("box", 0.3, 0.4)),
    "cloth": (("pillow", 0.5, 0.8), ("box", 0.28, 0.8), ("ball", 0.2, 0.5)),
}
SEVEN = ("glass", "ceramic", "metal", "stone", "rubber", "sand", "cloth")
SPEEDS_M_S = (0.8, 1.3, 2.0, 3.0)
FLOORS = ("hardwood", "concrete")
HEARD_S = 0.45
GROWTH_M_S = (0.3, 0.6, 1.2, 2.4, 4.8)


def report_strikes() -> None:
    """A linear classifier, taught with half of the strikes, asked the other half: all, and seven."""
    features, labels = strikes()
    order = np.random.default_rng(11).permutation(len(labels))
    taught, asked = order[::2], order[1::2]
    names = list(KINDS)
    guess = discriminant(features[taught], labels[taught], features[asked])
    share = np.mean(guess == labels[asked])
    own = [float(np.mean(guess[labels[asked] == k] == k)) for k in range(len(names))]
    best = np.array([names.index(name) for name in SEVEN])
    few = [np.isin(labels[half], best) for half in (taught, asked)]
    seven = discriminant(features[taught][few[0]], labels[taught][few[0]], features[asked][few[1]])
    right = np.mean(seven == labels[asked][few[1]])
    print(f"\nMaterials by ear: {len(taught)} strikes taught, {len(asked)} asked, in a room, mixed")
    print(f"  all {len(names)}: {100 * share:.1f} %", end="; ")
    print(f"{', '.join(names[k] for k in best)}: {100 * right:.1f} % (at least 90)")
    for k in np.argsort(own)[:4]:
        wrong = guess[(labels[asked] == k) & (guess != k)]
        taken = ", ".join(names[j] for j in np.unique(wrong)) or "-"
        print(f"    {names[k]:8s} {100 * own[k]:5.1f} %, else taken for {taken}")


def strikes() -> tuple[Floats, NDArray[np.int64]]:
    """What each strike sounds like (n, f), and the number of its material (n,)."""
    features, labels = [], []
    for number, (material, things) in enumerate(KINDS.items()):
        for k, (prop, size_m, mass_kg) in enumerate(things):
            for floor in FLOORS:
                sound = _struck(material, prop, size_m, mass_kg, floor, seed=10 * number + k)
                for i in range(len(SPEEDS_M_S)):
                    begin = round((0.5 + i) * 48_000)
                    features.append(heard(sound[begin : begin + round(HEARD_S * 48_000)]))
                    labels.append(number)
    return np.array(features), np.array(labels)


def _struck(
    material: str, prop: str, size_m: float, mass_kg: float, floor: str, *, seed: int
) -> Floats:
    """Four strikes a second apart, of different speeds, as a take has them."""
    plan = plan_of([("it", prop, material)], duration_s=4.6, seed=seed, kind="kitchen")
    hits = [touch(0.5 + i, 0, speed=v, impulse=1.5 * mass_kg * v) for i, v in enumerate(SPEEDS_M_S)]
    motion = motion_of([("it", material, size_m, mass_kg)], hits, duration_s=4.6, floor=floor)
    return soundtrack(plan, motion).astype(float).mean(axis=1)


def heard(wave: Floats) -> Floats:
    """Level-free: the spectrum at once and a little later, how long it rings, how noisy it is."""
    first, later = wave[:1_440], wave[1_440:7_200]
    spectrum = bands_db(wave, count=16) / 10
    power = np.abs(np.fft.rfft(wave * np.hanning(len(wave)))) ** 2 + 1e-15
    flat = np.log10(np.exp(np.mean(np.log(power))) / np.mean(power))
    falls = 10 * np.log10((np.mean(later**2) + 1e-12) / (np.mean(first**2) + 1e-12)) / 10
    decays = [np.log10(decay_s(wave, drop_db=db) + 1e-3) for db in (10.0, 20.0, 30.0)]
    return np.array([*spectrum, *(bands_db(later, count=8) / 10), flat, falls, *decays])


def discriminant(
    known: Floats, labels: NDArray[np.int64], asked: Floats, *, shrink: float = 0.1
) -> NDArray[np.int64]:
    """Fisher's linear discriminant with a shrunk common covariance."""
    mean, spread = known.mean(axis=0), known.std(axis=0) + 1e-9
    known, asked = (known - mean) / spread, (asked - mean) / spread
    kinds = np.unique(labels)
    centres = np.array([known[labels == k].mean(axis=0) for k in kinds])
    rest = np.concatenate([known[labels == k] - c for k, c in zip(kinds, centres, strict=True)])
    covariance = rest.T @ rest / len(rest)
    covariance = (1 - shrink) * covariance + shrink * np.eye(len(covariance))
    weights = np.linalg.solve(covariance, centres.T)
    scores = asked @ weights - 0.5 * np.sum(centres.T * weights, axis=0)
    return np.asarray(kinds[scores.argmax(axis=1)])


def report_growth() -> None:
    """The level of a block of every material, struck harder and harder."""
    least: dict[str, float] = {}
    for name in materials():
        levels = []
        for speed in GROWTH_M_S:
            plan = plan_of([("it", "block", name)], duration_s=1.0)
            mass_kg = 0.07**3 * materials()[name].density_kg_m3
            hits = [touch(0.3, 0, speed=speed, impulse=1.5 * mass_kg * speed)]
            motion = motion_of([("it", name, 0.07, mass_kg)], hits, duration_s=1.0)
            sound = foley(plan, motion, ear=FRONT, rng=np.random.default_rng(1))
            levels.append(10 * np.log10(np.sum(sound**2)))
        least[name] = float(np.diff(levels).min())
    worst = min(least, key=lambda name: least[name])
    grows = sum(step > 0 for step in least.values())
    print(f"\nHarder is louder in {grows} of {len(least)} materials, each step of twice the speed;")
    print(f"  the least step is {least[worst]:.1f} dB, of {worst}")
