// What a take's output brings beside its digest. In: JSON from a file. Out: overlay, wave, cues, takes, as
// their types say and of bounded size; null or nothing where they are not that.

import { choice, isObject, list, type Loose, MARKS, number, relativePath, text } from './loose';
import type { Blow, Caption, KeptTake, Overlay, Way } from './messages';

const MAX_FRAMES = 16 * 30 * 60;
const MAX_CURVE = 10_000;
const MAX_WAYS = 24;
const MAX_TAKES = 24;
const CAMERA_CURVES = 8;
const MAX_WAVE = 2000;

/** The overlay of a take. Null: there is none, or its camera cannot be read. */
export function readOverlay(value: unknown): Overlay | null {
  if (!isObject(value)) return null;
  const frames = Math.round(number(value['frames'], MAX_FRAMES));
  const unit_m = number(value['unit_m'], 1);
  const unit_turn = number(value['unit_turn'], 1);
  const camera = Array.isArray(value['camera']) ? value['camera'].map(curve) : [];
  if (!frames || !unit_m || !unit_turn || camera.length !== CAMERA_CURVES) return null;
  return {
    unit_m,
    unit_turn,
    origin_m: triple(value['origin_m']),
    frames,
    fine: Math.max(1, Math.round(number(value['fine'], 16))),
    camera,
    ways: list(value['ways'], way).slice(0, MAX_WAYS),
    blows: list(value['blows'], blow),
    light: Array.isArray(value['light']) ? triple(value['light']) : null
  };
}

/** Base64 and nothing else. */
export function readWave(value: unknown): string {
  return typeof value === 'string' && value.length <= MAX_WAVE && /^[A-Za-z0-9+/]*=*$/.test(value) ? value : '';
}

export function readCues(value: unknown): Caption[] {
  const cues = list(value, item => ({
    start_s: number(item['start_s']),
    end_s: number(item['end_s']),
    text: text(item['text'])
  }));
  return cues.filter(cue => cue.end_s > cue.start_s && cue.text !== '');
}

export function readTakes(value: unknown): KeptTake[] {
  const takes = list(value, item => ({
    id: text(item['id'], 64),
    clip: relativePath(item['clip']),
    poster: relativePath(item['poster']),
    tier: text(item['tier'], 20),
    seed: Math.round(number(item['seed'], Number.MAX_SAFE_INTEGER)),
    duration_s: number(item['duration_s']),
    made: text(item['made'], 30)
  }));
  return takes.filter(take => take.id !== '' && take.clip !== '').slice(0, MAX_TAKES);
}

function way(item: Loose): Way {
  return {
    name: text(item['name'], 60),
    first: Math.round(number(item['first'], MAX_FRAMES)),
    points: Math.round(number(item['points'], MAX_FRAMES)),
    x: curve(item['x']),
    y: curve(item['y']),
    z: curve(item['z']),
    piece: item['piece'] === true
  };
}

function blow(item: Loose): Blow {
  const at = triple(item['at']);
  return {
    time_s: number(item['time_s']),
    kind: choice(item['kind'], MARKS, 'impact'),
    text: text(item['text']),
    at,
    speed_m_s: number(item['speed_m_s'], 1e6),
    impulse_n_s: number(item['impulse_n_s'], 1e9)
  };
}

const finite = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(Math.max(value, -1e9), 1e9) : 0;

/** The text of a curve: base64 signs alone. */
const curve = (value: unknown): string =>
  typeof value === 'string' && value.length <= MAX_CURVE && /^[A-Za-z0-9+/]*$/.test(value) ? value : '';

function triple(value: unknown): [number, number, number] {
  const [x, y, z] = Array.isArray(value) ? value.slice(0, 3).map(finite) : [];
  return [x ?? 0, y ?? 0, z ?? 0];
}
