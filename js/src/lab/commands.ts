// What one can ask of a film by name. In: the notebook that is looked at. Out: commands, in the palette too.

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import { type INotebookTracker, NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { LabIcon } from '@jupyterlab/ui-components';
import { isShot } from '../source';
import { Board } from './board';

const CATEGORY = 'Flow';

const FILM = new LabIcon({
  name: 'flow-nb:film',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16"><path class="jp-icon3" fill="#616161" ' +
    'd="M1.5 3h13v10h-13zm1.2 1.2v1.4h1.6V4.2zm0 3v1.6h1.6V7.2zm0 3.2v1.4h1.6v-1.4zm9-6.2v1.4h1.6V4.2zm0 3v1.6h1.6V7.2z' +
    'm0 3.2v1.4h1.6v-1.4zM5.5 4.2v7.6h5V4.2z" fill-rule="evenodd"/></svg>'
});

/** What the commands need of the shell. */
export interface Stage {
  tier(): string;
  shown(): boolean;
  show(on: boolean): void;
  export(): void;
}

export function addCommands(
  { commands }: JupyterFrontEnd, tracker: INotebookTracker, palette: ICommandPalette | null, stage: Stage
): void {
  const panel = (): NotebookPanel | null => tracker.currentWidget;
  const isEnabled = (): boolean => panel() !== null;
  const add = (name: string, label: string, caption: string, execute: () => unknown, more = {}): void => {
    const command = `flow-nb:${name}`;
    commands.addCommand(command, { label, caption, execute, isEnabled, ...more });
    palette?.addItem({ command, category: CATEGORY });
  };
  add('new-shot', 'New Shot Below', 'A cell for a shot below this one', () => newShot(panel()!, stage.tier()));
  add('render-shot', 'Render This Shot', 'Runs the cell', () => renderShot(panel()!));
  add('render-stale', 'Render Stale Shots', 'Runs the cells whose take is not of their text', () => renderStale(panel()!));
  add('timeline', 'Timeline', 'Shows or hides the film below the notebook', () => stage.show(!stage.shown()), {
    isToggleable: true, isToggled: () => stage.shown(), icon: FILM
  });
  add('storyboard', 'Storyboard', 'A contact sheet of all shots, in a cell below', () => run(panel()!, '%storyboard'));
  add('export', 'Export Film', 'Joins all shots and offers the file', () => stage.export());
}

function newShot({ content }: NotebookPanel, tier: string): void {
  const head = tier && tier !== 'none' ? `%%shot --tier ${tier}\n` : '%%shot\n';
  NotebookActions.insertBelow(content);
  content.activeCell?.model.sharedModel.setSource(head);
  content.mode = 'edit';
  content.activeCell?.editor?.setCursorPosition({ line: 1, column: 0 });
}

function renderShot({ content, sessionContext }: NotebookPanel): void {
  const cell = content.activeCell;
  if (!cell || !isShot(cell.model.sharedModel.getSource())) return;
  void NotebookActions.runCells(content, [cell], sessionContext);
}

function renderStale(panel: NotebookPanel): void {
  const board = Board.of(panel);
  const due = board?.clips.filter(clip => clip.state === 'stale' || clip.state === 'draft') ?? [];
  if (due.length) board?.ask({ ask: 'render', cells: due.map(clip => clip.id), take: '' });
}

function run({ content, sessionContext }: NotebookPanel, source: string): void {
  NotebookActions.insertBelow(content);
  content.activeCell?.model.sharedModel.setSource(source);
  if (content.activeCell) void NotebookActions.runCells(content, [content.activeCell], sessionContext);
}
