// The shots of a notebook for its timeline. In: cell models, what is being made. Out: `Clip`s, the same object
// as long as nothing of a shot has changed.

import type { ICodeCellModel } from '@jupyterlab/cells';
import type { Clip } from '../components/timeline_model';
import { readEdit } from '../film';
import { EDIT_KEY, METADATA_KEY, MIME, type CellPatch, type Digest, type TakeView } from '../messages';
import { readDigest, readTakeView } from '../read';
import { sourceKey, written } from '../source';
import { slateState } from './decoration';

const USUAL_S = 4;
const FPS = 24;
const SILENT = new Uint8Array();

interface Shot {
  model: ICodeCellModel;
  dirty: boolean;
  source: string;
  key: string;
  digest: Digest | null;
  view: TakeView | null;
  poster: string;
  wave: Uint8Array;
  clip: Clip | null;
  patch: CellPatch | null;
  asked: string;
}

export class Clips {
  private readonly shots = new Map<ICodeCellModel, Shot>();

  constructor(private readonly changed: () => void) {}

  /** The clips of these cells, in this order. A copy of a cell has not earned its take. */
  read(
    models: readonly ICodeCellModel[], making: ReadonlyMap<string, CellPatch>, copies: ReadonlyMap<string, number>
  ): Clip[] {
    const here = new Set(models);
    for (const model of this.shots.keys()) if (!here.has(model)) this.forget(model);
    return models.map((model, i) => this.clip(this.shot(model), i + 1, making.get(model.id) ?? null, copies.has(model.id)));
  }

  dispose(): void {
    for (const model of this.shots.keys()) this.forget(model);
  }

  private shot(model: ICodeCellModel): Shot {
    const known = this.shots.get(model);
    if (known) return known;
    const shot: Shot = {
      model, dirty: true, source: '', key: '', digest: null, view: null, poster: '', wave: SILENT,
      clip: null, patch: null, asked: ''
    };
    this.shots.set(model, shot);
    model.contentChanged.connect(this.touch, this);
    model.metadataChanged.connect(this.touch, this);
    model.outputs.changed.connect(this.touched, this);
    return shot;
  }

  private forget(model: ICodeCellModel): void {
    this.shots.delete(model);
    model.contentChanged.disconnect(this.touch, this);
    model.metadataChanged.disconnect(this.touch, this);
    model.outputs?.changed.disconnect(this.touched, this);
  }

  private touch(model: unknown): void {
    const shot = this.shots.get(model as ICodeCellModel);
    if (shot) shot.dirty = true;
    this.changed();
  }

  /** Outputs do not say whose they are. */
  private touched(outputs: unknown): void {
    for (const shot of this.shots.values()) if (shot.model.outputs === outputs) shot.dirty = true;
    this.changed();
  }

  private clip(shot: Shot, number: number, patch: CellPatch | null, copy: boolean): Clip {
    const asked = `${number} ${copy}`;
    if (shot.clip && !shot.dirty && shot.patch === patch && shot.asked === asked) return shot.clip;
    if (shot.dirty) look(shot);
    const [digest, view] = copy ? [null, null] : [shot.digest, shot.view];
    const slate = slateState(number, patch?.digest ?? digest, shot.source, shot.key, patch);
    const fps = view ? view.fps[0] / view.fps[1] : FPS;
    const planned = Math.max(1, Math.round((slate.duration_s || USUAL_S) * fps));
    shot.patch = patch;
    shot.asked = asked;
    shot.clip = {
      id: shot.model.id, name: slate.name, scene: slate.scene || written(shot.source).scene, tier: slate.tier,
      set: digest?.set ?? '', light: digest?.light ?? '', state: slate.state, share: slate.share,
      reason: slate.reason, credits: slate.credits, frames: view?.frames || planned, fps,
      width: view?.width ?? 0, height: view?.height ?? 0, take: view?.digest.take ?? '',
      clip: view?.clip || (view?.clip_data ? `data:video/mp4;base64,${view.clip_data}` : ''),
      poster: view ? shot.poster : '', wave: view ? shot.wave : SILENT, edit: readEdit(shot.model.getMetadata(EDIT_KEY))
    };
    return shot.clip;
  }
}

/** Reads a cell anew: its text, its metadata, the take among its outputs. */
function look(shot: Shot): void {
  const { model } = shot;
  shot.dirty = false;
  shot.source = model.sharedModel.getSource();
  shot.key = sourceKey(shot.source);
  shot.digest = readDigest(model.getMetadata(METADATA_KEY));
  const found = take(model);
  shot.digest ??= found?.view.digest ?? null;
  if (!found) return;
  shot.view = found.view;
  shot.poster = found.poster;
  shot.wave = bytes(found.view.wave);
}

/** The last take among its outputs; while one is made, the one before is still what there is. */
function take({ outputs }: ICodeCellModel): { view: TakeView; poster: string } | null {
  for (let i = outputs.length - 1; i >= 0; i--) {
    const { data } = outputs.get(i);
    const view = readTakeView(data[MIME]);
    if (!view || view.film || !(view.clip || view.clip_data)) continue;
    return { view, poster: picture('webp', view.poster_data) || picture('png', data['image/png']) };
  }
  return null;
}

/** A data URI of base64 and nothing else: it goes into a sheet. */
function picture(kind: 'webp' | 'png', data: unknown): string {
  return typeof data === 'string' && data ? `data:image/${kind};base64,${data.replace(/[^A-Za-z0-9+/=]/g, '')}` : '';
}

function bytes(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  } catch {
    return SILENT;
  }
}
