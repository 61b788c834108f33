// Time for people. In: seconds, frames. Out: words and positions.

import type { Mark } from './messages';

const STEPS_S = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900];

/** `1.62 s`. */
export const seconds = (time_s: number, digits = 2): string => `${time_s.toFixed(digits)} s`;

/** `4 s`, `4.5 s`, `2 min 05 s`: how long something is. */
export function length(time_s: number): string {
  if (time_s >= 60) return `${Math.floor(time_s / 60)} min ${pad(Math.floor(time_s % 60))} s`;
  return `${Number(time_s.toFixed(1))} s`;
}

/** `00:01:14`: minutes, seconds, frames. */
export function timecode(frame: number, fps: number): string {
  const whole = Math.round(fps);
  const total = Math.floor(frame / whole);
  return `${pad(Math.floor(total / 60))}:${pad(total % 60)}:${pad(frame % whole)}`;
}

/** `about 12 s left`. */
export function left(left_s: number | null): string {
  if (left_s === null) return '';
  return left_s < 1 ? 'almost done' : `about ${length(Math.round(left_s))} left`;
}

/** What the solver says of an event, in one line. */
export function measured(mark: Mark): string {
  const parts = [seconds(mark.time_s), mark.text || mark.kind];
  if (mark.speed_m_s > 0 && !mark.text.includes(' m/s')) parts.push(`${mark.speed_m_s.toFixed(2)} m/s`);
  if (mark.impulse_n_s > 0) parts.push(`${mark.impulse_n_s.toPrecision(2)} N·s`);
  if (mark.closed_form_s !== null) parts.push(`theory ${mark.closed_form_s.toFixed(3)} s`);
  return parts.join(' · ');
}

/** Where a ruler of that width has its ticks: at least `apart_px` from one to the next. */
export function ticks(duration_s: number, width_px: number, apart_px = 72): number[] {
  const most = Math.max(1, Math.floor(width_px / apart_px));
  const step = STEPS_S.find(s => duration_s / s <= most) ?? duration_s;
  const count = Math.floor(duration_s / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toFixed(3)));
}

/** The lowest free lane for each interval of a list sorted by start. */
export function lanes(intervals: readonly { start: number; end: number }[], most: number): number[] {
  const ends: number[] = [];
  return intervals.map(({ start, end }) => {
    let lane = ends.findIndex(e => e <= start + 1e-6);
    if (lane < 0) lane = ends.length < most ? ends.length : ends.indexOf(Math.min(...ends));
    ends[lane] = end;
    return lane;
  });
}

const pad = (value: number): string => String(value).padStart(2, '0');
