"""Birds in clay. In: a `Flock` and a size. Out: `Fowl`: its joints at rest, and `Lump`s by what they are.

It stands on z = 0 and faces +x, as animals do. Wings are there twice, folded at its sides and spread; the
bones of those that are not shown shrink to nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from flow_nb.engines.stage.creatures.flocks import Flock
from flow_nb.engines.stage.creatures.model import ball
from flow_nb.engines.stage.figures.clay import Blob, Clay, Lump, cut
from flow_nb.engines.stage.picture import Floats, Singles

SIDES = (("left", 1.0), ("right", -1.0))
LEGS = ("leg-left", "leg-right")
SHARES = (0.30, 0.42, 0.40)
"""What of a leg's height each of its bones is; more than all of it, for it is bent."""


@dataclass(frozen=True)
class Fowl:
    """A kind of bird in metres."""

    flock: Flock
    unit_m: float

    @cached_property
    def ahead(self) -> Floats:
        """The way of the trunk, from tail to breast."""
        up = math.radians(self.flock.pitch)
        return np.array([math.cos(up), 0.0, math.sin(up)])

    @cached_property
    def above(self) -> Floats:
        """The way to its back."""
        up = math.radians(self.flock.pitch)
        return np.array([-math.sin(up), 0.0, math.cos(up)])

    @cached_property
    def middle_m(self) -> Floats:
        """The middle of the trunk: above the legs."""
        deep, tall = self.flock.body[0] / 2, abs(self.ahead[2]) / 2
        half = math.hypot(deep * abs(self.above[2]), tall)
        return self.unit_m * np.array([0.0, 0.0, self.flock.leg[0] + 0.86 * half])

    def trunk(self, along: float, side: float, up: float) -> Floats:
        """A place of the trunk, in shares of its length, from its middle."""
        return self.middle_m + self.unit_m * (along * self.ahead + up * self.above + np.array([0, side, 0]))

    @cached_property
    def neck_m(self) -> Floats:
        """Where the neck begins."""
        return self.trunk(0.34, 0.0, 0.10 * self.flock.body[0])

    @cached_property
    def head_m(self) -> Floats:
        """The middle of the head."""
        long, up, *_ = self.flock.neck
        turn = math.radians(up)
        way = np.array([math.cos(turn), 0.0, math.sin(turn)])
        return self.neck_m + self.unit_m * (long + 0.55 * self.flock.head) * way

    def face(self, along: float, side: float, up: float) -> Floats:
        """A place of the head, in shares of its radius, from its middle."""
        return self.head_m + self.flock.head * self.unit_m * np.array([along, side, up])

    @cached_property
    def tail_m(self) -> Floats:
        """Where the tail begins."""
        return self.trunk(-0.44, 0.0, 0.12 * self.flock.body[0])

    def shoulder_m(self, sign: float) -> Floats:
        """Where a wing begins."""
        return self.trunk(0.22, sign * 0.40 * self.flock.body[1], 0.24 * self.flock.body[0])

    def hip_m(self, leg: str) -> Floats:
        """Where a leg begins."""
        sign = 1.0 if leg.endswith("left") else -1.0
        return np.array([0.0, sign * self.flock.leg[2], self.flock.leg[0] + 0.06]) * self.unit_m

    def home_m(self, leg: str) -> Floats:
        """Where a foot stands at rest."""
        return self.hip_m(leg) * np.array([1.0, 1.0, 0.0])

    def reach(self, leg: str, top: Floats, sole: Floats, lean: Floats) -> Floats:
        """The joints and the end (n, 4, 3) of a leg: the knee hides in the feathers, the heel bends back."""
        drop = float(self.hip_m(leg)[2])
        one, two, three = (share * drop for share in SHARES)
        ankle = sole + np.array([0.0, 0.0, self.flock.leg[1] * self.unit_m])
        up = np.stack([-np.sin(lean), 0 * lean, np.cos(lean)], axis=1)
        heel = ankle + three * up
        way = heel - top
        far = np.maximum(np.linalg.norm(way, axis=1), 1e-9)
        way = way / far[:, None]
        span = np.clip(far, abs(one - two) + 1e-5, 0.9995 * (one + two))
        along = (one**2 - two**2 + span**2) / (2 * span)
        out = np.sqrt(np.maximum(one**2 - along**2, 0))
        pole = np.array([1.0, 0.0, 0.0]) - way * way[:, :1]
        pole /= np.maximum(np.linalg.norm(pole, axis=1), 1e-9)[:, None]
        heel = top + span[:, None] * way
        return np.stack([top, top + along[:, None] * way + out[:, None] * pole, heel, heel - three * up], axis=1)

    @cached_property
    def legs_m(self) -> dict[str, Floats]:
        """The joints of both legs at rest."""
        lean = np.full(1, math.radians(16.0))
        return {leg: self.reach(leg, self.hip_m(leg)[None], self.home_m(leg)[None], lean)[0] for leg in LEGS}

    @cached_property
    def bones(self) -> tuple[str, ...]:
        """All bones by name, parents first."""
        wings = [f"{kind}-{side}" for kind in ("fold", "wing", "hand", "lid") for side, _ in SIDES]
        legs = [f"{leg}-{i}" for leg in LEGS for i in (1, 2, 3)]
        return ("trunk", "neck", "head", "tail", *wings, *legs)

    def eye_m(self, sign: float) -> Floats:
        """The middle of an eye."""
        if self.flock.disc:
            return self.face(0.74, sign * 0.46, 0.18)
        return self.face(0.52, sign * 0.72, 0.22)


def modelled(fowl: Fowl, step_m: float) -> dict[str, list[Lump]]:
    """Everything that a bird consists of."""
    flock, unit = fowl.flock, fowl.unit_m
    fine = min(step_m, 0.06 * unit)
    found = {
        "coat": [_coat(fowl).mesh(step_m)],
        "tail": [_tail(fowl).mesh(fine)],
        "fold": [_folded(fowl, side, sign).mesh(fine) for side, sign in SIDES if not flock.flipper],
        "wing": [_spread(fowl, side, sign).mesh(fine) for side, sign in SIDES],
        "skin": [_leg(fowl, leg).mesh(min(fine, 0.8 * flock.leg[1] * unit)) for leg in LEGS],
        "beak": [_beak(fowl).mesh(min(fine, 0.35 * flock.beak[1] * unit))],
    }  # fmt: skip
    if flock.comb:
        found["comb"] = [_comb(fowl).mesh(0.03 * unit)]
    found = {name: [_above(lump) for lump in made] for name, made in found.items() if made}
    return found | _eyes(fowl)


def _above(lump: Lump) -> Lump:
    """What would reach into the ground lies on it: a short-legged bird's feathers."""
    vertices = lump.vertices.copy()
    vertices[:, 2] = np.maximum(vertices[:, 2], np.float32(0.0005))
    return replace(lump, vertices=vertices)


def _coat(fowl: Fowl) -> Clay:
    flock, unit = fowl.flock, fowl.unit_m
    deep, wide = flock.body
    spine = [(-0.40, 0.10, 0.30), (-0.14, 0.0, 0.86), (0.12, -0.03, 1.0), (0.30, 0.04, 0.80)]
    blobs = []
    for (a, u, r), (b, v, s) in zip(spine, spine[1:], strict=False):
        for sign in (1.0, -1.0):
            off = sign * max(0.0, wide - deep) / 2
            blobs.append(Blob(
                bone="trunk", start_m=fowl.trunk(a, off, u * deep), end_m=fowl.trunk(b, off, v * deep),
                radius_m=r * deep / 2 * unit, end_radius_m=s * deep / 2 * unit, soft_m=0.06 * unit,
            ))  # fmt: skip
    _, _, low, high = flock.neck
    blobs.append(Blob(bone="neck", start_m=fowl.neck_m, end_m=fowl.head_m, radius_m=low * unit,
                      end_radius_m=high * unit, soft_m=0.12 * unit))  # fmt: skip
    blobs.append(Blob(bone="head", start_m=fowl.head_m, axes_m=np.array([1.02, 0.96, 1.0]) * flock.head * unit,
                      soft_m=0.05 * unit))  # fmt: skip
    if flock.tufts:
        for _, sign in SIDES:
            blobs.append(Blob(bone="head", start_m=fowl.face(0.1, sign * 0.5, 0.75), end_m=fowl.face(-0.1, sign * 0.85, 1.45),
                              radius_m=0.07 * unit, end_radius_m=0.012 * unit, soft_m=0.05 * unit))  # fmt: skip
    for leg in LEGS:
        top, knee, *_ = fowl.legs_m[leg]
        blobs.append(Blob(bone=f"{leg}-1", start_m=top, end_m=knee, radius_m=0.10 * unit * min(1, 3 * flock.leg[0]),
                          end_radius_m=0.075 * unit * min(1, 3 * flock.leg[0]), soft_m=0.06 * unit))  # fmt: skip
    return Clay(blobs=tuple(blobs), grip_m=0.06 * unit)


def _blade(bones: list[tuple[str, Floats, Floats]], way: Floats, flat: Floats, wide: float, tip: float, thick: float) -> Clay:  # fmt: skip
    """A flat blade along the bones, ``wide`` at its root and ``tip`` of that at its end; feathers notch its
    rear edge, which lies towards ``way``."""
    start, end = bones[0][1], bones[-1][2]
    along = end - start
    long = float(np.linalg.norm(along))
    along = along / long
    blobs = tuple(Blob(bone=bone, start_m=a, end_m=b, radius_m=1.1 * wide) for bone, a, b in bones)

    def carve(_: Singles, points: Singles) -> Singles:
        local = points - start.astype(np.float32)
        u = local @ along.astype(np.float32) / long
        v, w = local @ way.astype(np.float32), local @ flat.astype(np.float32)
        share = np.clip(u, 0, 1)
        rear = wide * (1 - (1 - tip) * share**1.6) * np.sqrt(np.clip(1.04 - share**6, 0, 1))
        rear = rear * (0.93 + 0.07 * np.abs(np.cos(math.pi * 5 * share)))
        front = -0.16 * wide * np.sqrt(np.clip(1 - share**3, 0, 1))
        edge = np.maximum.reduce([v - rear, front - v, -u * long - 0.02 * long, (u - 1) * long])
        camber = w + 0.10 * wide * (np.clip(v / wide, 0, 1)) ** 2
        body = thick * (1 - 0.55 * np.clip(v / wide, 0, 1)) * (1 - 0.4 * share)
        return cut(edge.astype(np.float32), (np.abs(camber) - body).astype(np.float32), 0.6 * thick)

    return Clay(blobs=blobs, carve=carve, grip_m=0.12 * long)


def _spread(fowl: Fowl, side: str, sign: float) -> Clay:
    flock, unit = fowl.flock, fowl.unit_m
    long, wide = (value * unit for value in flock.wing)
    root = fowl.shoulder_m(sign)
    if flock.flipper:
        way = -0.06 * fowl.above * 0 + np.array([-0.10, 0.30 * sign, -0.95])
        way = way / np.linalg.norm(way)
        end = root + long * way
        back = np.array([-1.0, 0, 0.05])
        return _blade([(f"wing-{side}", root, end)], back, np.cross(way, back), wide, 0.5, 0.10 * wide)
    out = np.array([0.10, sign, 0.06])
    out = out / np.linalg.norm(out)
    elbow, end = root + 0.45 * long * out, root + long * out
    bones = [(f"wing-{side}", root, elbow), (f"hand-{side}", elbow, end)]
    return _blade(bones, np.array([-1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0]), wide, 0.45, 0.045 * unit)


def _folded(fowl: Fowl, side: str, sign: float) -> Clay:
    flock, unit = fowl.flock, fowl.unit_m
    deep, wide = flock.body
    root = fowl.trunk(0.30, sign * 0.47 * wide, 0.16 * deep)
    end = fowl.trunk(-0.52, sign * 0.20 * wide, 0.10 * deep)
    along = (end - root) / np.linalg.norm(end - root)
    down = -fowl.above - along * (-fowl.above @ along)
    flat = np.cross(along, down)
    return _blade([(f"fold-{side}", root, end)], down / np.linalg.norm(down), flat * sign, 0.36 * deep * unit, 0.35, 0.05 * unit)


def _tail(fowl: Fowl) -> Clay:
    flock, unit = fowl.flock, fowl.unit_m
    long, wide, up = flock.tail
    turn = math.radians(up)
    way = np.array([-math.cos(turn), 0.0, math.sin(turn)])
    start = fowl.tail_m - 0.10 * unit * way
    end = fowl.tail_m + long * unit * way
    flat = np.array([math.sin(turn), 0.0, math.cos(turn)])
    blob = Blob(bone="tail", start_m=start, end_m=end, radius_m=wide * flock.fan * unit)
    reach = float(np.linalg.norm(end - start))

    def carve(_: Singles, points: Singles) -> Singles:
        local = points - start.astype(np.float32)
        u = local @ way.astype(np.float32) / reach
        v, w = local[:, 1], local @ flat.astype(np.float32)
        share = np.clip(u, 0, 1)
        half = wide * unit / 2 * (0.55 + (flock.fan * 1.1 - 0.55) * share) * np.sqrt(np.clip(1.05 - share**5, 0, 1))
        edge = np.maximum.reduce([np.abs(v) - half, -u * reach, (u - 0.97 - 0.03 * np.cos(7 * v / half)) * reach])
        return cut(edge.astype(np.float32), (np.abs(w) - 0.035 * unit * (1 - 0.4 * share)).astype(np.float32), 0.02 * unit)

    return Clay(blobs=(blob,), carve=carve, grip_m=0.05)


def _leg(fowl: Fowl, leg: str) -> Clay:
    flock, unit = fowl.flock, fowl.unit_m
    _, knee, heel, end = fowl.legs_m[leg]
    thick, toe = flock.leg[1] * unit, flock.foot * unit
    blobs = [
        Blob(bone=f"{leg}-2", start_m=knee, end_m=heel, radius_m=1.1 * thick, end_radius_m=0.8 * thick, soft_m=thick),
        Blob(bone=f"{leg}-3", start_m=heel, end_m=end, radius_m=0.8 * thick, end_radius_m=0.8 * thick, soft_m=thick),
    ]  # fmt: skip
    low = np.array([0, 0, 0.62 * thick - end[2]])
    for turn in (-0.55, 0.0, 0.55, math.pi):
        way = np.array([math.cos(turn), math.sin(turn), 0]) * (toe if turn < 3 else 0.45 * toe)
        blobs.append(Blob(bone=f"{leg}-3", start_m=end + low, end_m=end + low + way, radius_m=0.75 * thick,
                          end_radius_m=0.5 * thick, soft_m=(0.9 if flock.webbed else 0.3) * toe))  # fmt: skip
    if flock.webbed:
        for turn in (-0.3, 0.3):
            way = np.array([math.cos(turn), math.sin(turn), 0]) * 0.8 * toe
            blobs.append(Blob(bone=f"{leg}-3", start_m=end + low, end_m=end + low + way, radius_m=0.55 * thick, soft_m=0.5 * toe))  # fmt: skip

    def carve(total: Singles, points: Singles) -> Singles:
        return cut(total, (0.0004 - points[:, 2]).astype(np.float32), 0.3 * thick)

    return Clay(blobs=tuple(blobs), carve=carve, grip_m=thick)


def _beak(fowl: Fowl) -> Clay:
    flock, unit = fowl.flock, fowl.unit_m
    long, thick, down = flock.beak
    turn = math.radians(down)
    way = np.array([math.cos(turn), 0.0, -math.sin(turn)]) * unit
    root = fowl.face(0.80, 0.0, -0.12)
    tip = root + long * way
    if flock.flat:
        bars = [Blob(bone="head", start_m=root + np.array([0, s * 0.35 * thick * unit, 0]),
                     end_m=tip + np.array([0, s * 0.55 * thick * unit, 0]), radius_m=0.55 * thick * unit,
                     end_radius_m=0.38 * thick * unit, soft_m=0.8 * thick * unit) for _, s in SIDES]  # fmt: skip
        return Clay(blobs=tuple(bars))
    end = 0.12 * thick
    blobs = [Blob(bone="head", start_m=root, end_m=root + 0.55 * (tip - root), radius_m=thick * unit,
                  end_radius_m=0.72 * thick * unit)]  # fmt: skip
    last = tip - np.array([0, 0, 0.75 * thick * unit]) if flock.hook else tip
    blobs.append(Blob(bone="head", start_m=root + 0.55 * (tip - root), end_m=last, radius_m=0.72 * thick * unit,
                      end_radius_m=end * unit, soft_m=0.4 * thick * unit))  # fmt: skip
    return Clay(blobs=tuple(blobs))


def _comb(fowl: Fowl) -> Clay:
    size = fowl.flock.head * fowl.unit_m
    blobs = [Blob(bone="head", start_m=fowl.face(x, 0, z), axes_m=np.array([0.30, 0.12, 0.42]) * size, soft_m=0.1 * size)
             for x, z in ((0.45, 1.02), (0.05, 1.18), (-0.35, 1.05))]  # fmt: skip
    blobs.append(Blob(bone="head", start_m=fowl.face(0.85, 0, -0.75), axes_m=np.array([0.18, 0.14, 0.42]) * size, soft_m=0.02 * size))
    return Clay(blobs=tuple(blobs))


def _eyes(fowl: Fowl) -> dict[str, list[Lump]]:
    flock = fowl.flock
    size = flock.eye * fowl.unit_m
    found: dict[str, list[Lump]] = {"eye": [], "iris": [], "glint": [], "lid": [], "disc": []}
    for side, sign in SIDES:
        at = fowl.eye_m(sign)
        out = np.array([0.80, sign * 0.55, 0.1]) if flock.disc else np.array([0.50, sign * 0.84, 0.2])
        out /= np.linalg.norm(out)
        found["eye"].append(ball("head", at, size))
        if flock.iris:
            found["iris"].append(ball("head", at + 0.30 * size * out, 0.82 * size))
            found["eye"].append(ball("head", at + 0.60 * size * out, 0.56 * size))
        glint = out + np.array([0.15, 0, 0.35])
        found["glint"].append(ball("head", at + 0.95 * size * glint / np.linalg.norm(glint), 0.17 * size))
        if flock.disc:
            wide = Blob(bone="head", start_m=at - 0.75 * size * out, axes_m=np.array([0.9, 1.9, 2.1]) * size)
            found["disc"].append(Clay(blobs=(wide,)).mesh(0.45 * size))
    return {name: made for name, made in found.items() if made}
