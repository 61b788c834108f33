"""Made-up motions. In: a few touches in words. Out: `Plan` and `Motion`, as if solved."""

from __future__ import annotations

import numpy as np

from flow_nb.plan.motion import CONTACT, RUB, Event, Motion
from flow_nb.plan.plan import Body, Plan, SetDesign

SAMPLE_RATE_HZ = 48_000


def plan_of(bodies, *, duration_s=4.0, kind="studio", seed=3):
    """``bodies``: (name, prop, material)."""
    made = tuple(Body(name=n, noun=n, prop=p, material=m) for n, p, m in bodies)
    return Plan(text="t", duration_s=duration_s, seed=seed, bodies=made, set=SetDesign(kind=kind))


def touch(time_s, a, b=-1, *, speed=2.0, impulse=0.3, point=(0.0, 0.0, 0.0), across=0.0):
    return (time_s, a, b, point, (0, 0, -1), speed, across, impulse)


def rubs_of(begin_s, end_s, a, b=-1, *, slip=0.0, roll=0.0, force=5.0, x=(0.0, 0.0)):
    """A lasting contact at 240 Hz that travels from x[0] to x[1]."""
    times = np.arange(round(begin_s * 240), round(end_s * 240)) / 240
    rows = np.zeros(len(times), dtype=RUB)
    rows["time_s"], rows["a"], rows["b"] = times, a, b
    rows["slip_m_s"], rows["roll_m_s"], rows["force_n"] = slip, roll, force
    rows["point_m"][:, 0] = np.linspace(*x, len(times))
    return rows


def motion_of(
    bodies,
    touches=(),
    *,
    rubs=None,
    events=(),
    duration_s=4.0,
    floor="tile",
    gone=None,
):
    """``bodies``: (name, material, size_m, mass_kg)."""
    n, steps = len(bodies), round(duration_s * 240) + 1
    return Motion(
        duration_s=duration_s,
        names=tuple(b[0] for b in bodies),
        materials=tuple(b[1] for b in bodies),
        sizes_m=np.array([b[2] for b in bodies], dtype=float),
        masses_kg=np.array([b[3] for b in bodies], dtype=float),
        positions_m=np.zeros((steps, n, 3), np.float32),
        quaternions=np.tile(np.float32([1, 0, 0, 0]), (steps, n, 1)),
        born_s=np.zeros(n),
        gone_s=np.array([(gone or {}).get(b[0], np.inf) for b in bodies]),
        contacts=np.array(list(touches), dtype=CONTACT),
        rubs=np.zeros(0, RUB) if rubs is None else rubs,
        energy_j=np.zeros(steps),
        floor_material=floor,
        events=tuple(events),
    )


THINGS = {
    # name: (prop, material, longest dimension, mass)
    "glass": ("glass", "glass", 0.125, 0.24),
    "mug": ("cup", "ceramic", 0.09, 0.32),
    "steel": ("bowling-ball", "metal", 0.18, 5.0),
    "block": ("block", "wood", 0.07, 0.23),
    "rubber": ("ball", "rubber", 0.12, 0.5),
    "brick": ("brick", "stone", 0.21, 3.5),
    "book": ("book", "paper", 0.21, 0.7),
    "cone": ("cone", "plastic", 0.445, 1.6),
    "pillow": ("box", "cloth", 0.28, 0.8),
    "apple": ("apple", "fruit", 0.076, 0.2),
    "marble": ("marble", "glass", 0.032, 0.043),
    "bottle": ("bottle", "glass", 0.305, 0.5),
    "plate": ("plate", "ceramic", 0.26, 0.6),
    "coin": ("coin", "metal", 0.027, 0.012),
    "can": ("can", "metal", 0.12, 0.15),
    "crate": ("crate", "wood", 0.34, 6.0),
}


def single(thing, *, times_s=(1.0,), impulse=None, speed=2.0, floor="hardwood", **more):
    """Plan and motion of one thing that touches the floor."""
    prop, material, size_m, mass_kg = THINGS[thing]
    impulse = mass_kg * speed * 1.5 if impulse is None else impulse
    duration_s = more.pop("duration_s", 3.0)
    motion = motion_of(
        [(thing, material, size_m, mass_kg)],
        [touch(t, 0, speed=speed, impulse=impulse) for t in times_s],
        floor=floor,
        duration_s=duration_s,
        **more,
    )
    return plan_of([(thing, prop, material)], duration_s=duration_s), motion


def shattering(*, fragments=60, seed=1, duration_s=4.0, at_s=1.0, contacts=300):
    """A tumbler that falls, breaks at ``at_s`` and showers the floor."""
    rng = np.random.default_rng(seed)
    masses = rng.dirichlet(np.full(fragments, 1.5)) * 0.24
    sizes = 0.09 * (masses / masses.max()) ** 0.45
    bodies = [("glass", "glass", 0.125, 0.24), ("table", "wood", 1.2, 20.0)]
    bodies += [(f"glass/{i}", "glass", sizes[i], masses[i]) for i in range(fragments)]
    touches = [touch(0.6, 0, 1, speed=0.4, impulse=0.05, point=(0.3, 0, 0.75))]
    touches.append(touch(at_s, 0, speed=3.8, impulse=1.1))
    for _ in range(contacts - 2):
        i = int(rng.integers(fragments))
        late = at_s + 0.004 + rng.exponential(0.28)
        speed = 2.2 * np.exp(-(late - at_s) / 0.5) * rng.uniform(0.2, 1)
        place = (*rng.normal(0, 0.15 + 0.6 * (late - at_s), 2), 0.0)
        hit = touch(late, 2 + i, speed=speed, impulse=1.4 * masses[i] * speed, point=place)
        touches.append(hit)
    touches.sort(key=lambda row: row[0])
    event = Event(time_s=at_s, kind="break", body="glass", speed_m_s=3.8, impulse_n_s=1.1)
    motion = motion_of(
        bodies,
        [row for row in touches if row[0] < duration_s],
        rubs=rubs_of(0.2, 0.6, 0, 1, slip=np.linspace(0.1, 0.6, 96), force=2.4, x=(0, 0.3)),
        events=[event],
        duration_s=duration_s,
        floor="hardwood",
        gone={"glass": at_s},
    )
    plan = plan_of(
        [("glass", "glass", "glass"), ("table", "table", "wood")],
        duration_s=duration_s,
        kind="kitchen",
    )
    return plan, motion
