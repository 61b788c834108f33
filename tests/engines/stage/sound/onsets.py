"""Ears for the tests. In: samples. Out: onsets by energy flux, centroids, decay times."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

SAMPLE_RATE_HZ = 48_000
HOP = 48


def onsets_s(samples, *, rise_db=6.0, apart_s=0.02):
    """Instants at which the log energy of 1 ms blocks leaps above all of the 10 ms before."""
    wave = np.diff(samples.mean(axis=1), prepend=0.0)
    energy = np.add.reduceat(wave**2, np.arange(0, len(wave), HOP))
    level = 10 * np.log10(energy + 1e-9)
    before = np.max([np.roll(level, k) for k in range(1, 11)], axis=0)
    flux = level - before
    flux[:10] = 0
    found = []
    for i in np.flatnonzero(flux > rise_db):
        near = slice(max(0, i - 5), i + 6)
        if flux[i] == flux[near].max() and (not found or i * HOP / 48_000 - found[-1] > apart_s):
            found.append(i * HOP / SAMPLE_RATE_HZ)
    return np.array(found)


def centroid_hz(wave):
    power = np.abs(np.fft.rfft(wave)) ** 2
    return float(np.sum(power * np.fft.rfftfreq(len(wave), 1 / SAMPLE_RATE_HZ)) / power.sum())


def decay_s(wave, *, drop_db=20.0):
    """Time after which less than -20 dB of the energy is left to come (Schroeder)."""
    left = np.cumsum(wave[::-1] ** 2)[::-1]
    return float(np.argmax(left < left[0] * 10 ** (-drop_db / 10))) / SAMPLE_RATE_HZ


def bands_db(wave, *, lowest_hz=60, highest_hz=16_000, count=14):
    """Energy in equal bands of log frequency, relative to all."""
    power = np.abs(np.fft.rfft(wave)) ** 2
    hertz = np.fft.rfftfreq(len(wave), 1 / SAMPLE_RATE_HZ)
    edges = np.geomspace(lowest_hz, highest_hz, count + 1)
    sums = [power[(hertz >= a) & (hertz < b)].sum() for a, b in pairwise(edges)]
    return 10 * np.log10(np.array(sums) / power.sum() + 1e-7)
