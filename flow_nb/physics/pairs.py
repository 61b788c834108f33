"""Contacts as MuJoCo has them now. In: its state. Out: `Pushing`: forces, speeds, and which pairs of bodies."""

from __future__ import annotations

from functools import cached_property

import mujoco
import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Ints = NDArray[np.intp]

NOBODY: Ints = np.empty(0, np.intp)


class Pairs:
    """Between whom the contacts are: columns ``a`` < ``b``, the set (-1) last; ``key`` is one number a
    pair in a flat square table with ``side`` columns; ``touching`` are all columns, ``kinds`` all keys."""

    def __init__(self, column: Ints, side: int) -> None:
        one, two = column[:, 0], column[:, 1]
        self.swap = (one < 0) | ((two >= 0) & (one > two))
        self.a = np.where(self.swap, two, one)
        self.b = np.where(self.swap, one, two)
        self.key = (self.a % side) * side + self.b % side
        self._there = np.zeros(side, dtype=bool)
        self._there[column.ravel()] = True
        self.touching = np.flatnonzero(np.bincount((column + 1).ravel())) - 1
        self.kinds = np.flatnonzero(np.bincount(self.key))

    def has(self, columns: Ints) -> NDArray[np.bool_]:
        """Which of these bodies touch something."""
        return np.asarray(
            self._there[columns] if len(self.touching) else np.zeros(len(columns), bool)
        )


NOTHING = Pairs(NOBODY.reshape(0, 2), 1)


class Pushing:
    """The contacts that push, as arrays with one row each; speeds are those at the step's beginning.

    MuJoCo keeps the velocity along a contact's normal and its tangents beside the forces, so none has
    to be worked out again.
    """

    def __init__(self, data: mujoco.MjData) -> None:
        self._contact = data.contact
        self._speeds = data.efc_vel
        address = self._contact.efc_address
        geom = self._contact.geom
        force = data.efc_force[address]
        push = (force > 0) & (address >= 0) & (geom[:, 0] >= 0) & (geom[:, 1] >= 0)
        self._rows: Ints | slice = slice(None) if push.all() else np.flatnonzero(push)
        self.geom = geom[self._rows]
        self.force_n: Vector = force[self._rows]
        self._address = address[self._rows]
        self.closing_m_s: Vector = -self._speeds[self._address]

    def __len__(self) -> int:
        return len(self.force_n)

    @cached_property
    def slip_m_s(self) -> Vector:
        """Speed along the surface."""
        return np.asarray(
            np.hypot(self._speeds[self._address + 1], self._speeds[self._address + 2])
        )

    @property
    def point_m(self) -> Vector:
        """Where they touch (n, 3)."""
        return np.array(self._contact.pos[self._rows])

    @property
    def normal(self) -> Vector:
        """From the first geom to the second (n, 3)."""
        return np.array(self._contact.frame[self._rows, :3])

    @property
    def depth_m(self) -> Vector:
        """How deep they are in each other."""
        return np.asarray(np.maximum(-self._contact.dist[self._rows], 0.0))
