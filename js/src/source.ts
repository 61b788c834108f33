// What a cell's text says before any kernel runs. In: the editor's text. Out: its options and its key.

const SHOT = /^\s*%%shot(?:[ \t]+(.*))?$/m;
const SPACES = /[ \t\r\f\v]+/g;
const TAKES_VALUE = new Set(['--tier', '--scene', '--engine', '--duration', '--seed']);

export interface Written {
  name: string;
  tier: string;
  scene: string;
  duration_s: number | null;
}

/** Whether a code cell is a shot: its first line that is not empty is `%%shot`. */
export function isShot(source: string): boolean {
  return /^\s*%%shot(?=\s|$)/.test(source);
}

/** The name, tier and length as they are written on the first line; empty where nothing is. */
export function written(source: string): Written {
  const words = SHOT.exec(source)?.[1]?.split(/\s+/).filter(Boolean) ?? [];
  const options = new Map<string, string>();
  let name = '';
  for (let i = 0; i < words.length; i++) {
    const [key = '', value] = words[i]!.split('=', 2);
    if (TAKES_VALUE.has(key)) options.set(key, value ?? words[++i] ?? '');
    else if (!key.startsWith('-')) name ||= words[i]!;
  }
  const seconds = Number.parseFloat(options.get('--duration') ?? '');
  return {
    name,
    tier: options.get('--tier') ?? '',
    scene: options.get('--scene') ?? '',
    duration_s: seconds > 0 && seconds <= 3600 ? seconds : null
  };
}

/** The same key as `flow_nb.notebook.source.source_key`: FNV-1a of the text without its spacing. */
export function sourceKey(source: string): string {
  const lines = source.split('\n').map(line => line.replace(SPACES, ' ').replace(/^ +| +$/g, ''));
  const data = new TextEncoder().encode(lines.filter(Boolean).join('\n'));
  let key = 0x811c9dc5;
  for (const byte of data) key = Math.imul(key ^ byte, 0x01000193);
  return `${(key >>> 0).toString(16).padStart(8, '0')}-${data.length}`;
}
