// The film in the shell: its panel, commands and settings. In: notebooks, settings. Out: the timeline below them.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Board } from './board';
import { addCommands } from './commands';
import { TimelinePanel } from './panel';

const ID = 'flow-nb:film';

/** Shows the timeline below every notebook that has shots, unless the settings or its user say no. */
class Theatre {
  private readonly panel: TimelinePanel;
  private wanted = true;

  constructor(
    private readonly app: JupyterFrontEnd,
    private readonly tracker: INotebookTracker,
    private settings: ISettingRegistry.ISettings | null
  ) {
    this.panel = new TimelinePanel(() => this.show(false));
    tracker.currentChanged.connect(this.follow, this);
    tracker.widgetAdded.connect(this.follow, this); // only now has it a board
    settings?.changed.connect(this.read, this);
    this.read();
  }

  tier(): string {
    return String(this.settings?.get('tier').composite ?? 'none');
  }

  shown(): boolean {
    return this.wanted && this.panel.isAttached;
  }

  show(on: boolean): void {
    this.wanted = on;
    void this.settings?.set('timeline', on).catch(() => undefined);
    this.arrange(on);
  }

  export(): void {
    this.arrange(true);
    this.panel.export();
  }

  private read(): void {
    this.wanted = this.settings?.get('timeline').composite !== false;
    Board.previews = this.settings?.get('previews').composite !== false;
    this.follow();
  }

  /** A notebook's shots are known a moment after it is opened. */
  private follow(): void {
    const panel = this.tracker.currentWidget;
    const board = panel && Board.of(panel);
    if (!board) return this.arrange(false);
    this.panel.follow(board);
    board.changed.connect(this.look, this);
    this.look(board);
  }

  private look(board: Board): void {
    if (board.panel !== this.tracker.currentWidget) return;
    if (this.wanted && board.clips.length > 0) this.arrange(true);
    else if (!this.wanted) this.arrange(false);
  }

  private arrange(on: boolean): void {
    if (on === this.panel.isAttached) return;
    if (on) {
      this.app.shell.add(this.panel, 'down', { rank: 10 });
      this.app.shell.activateById(this.panel.id);
      this.tracker.currentWidget?.content.node.focus();
    } else {
      this.panel.parent = null;
    }
  }
}

export const film: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'The timeline of a notebook: its film, its commands, its settings.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ICommandPalette, ISettingRegistry],
  activate: (
    app: JupyterFrontEnd, tracker: INotebookTracker, palette: ICommandPalette | null, registry: ISettingRegistry | null
  ) => {
    let theatre: Theatre | null = null;
    addCommands(app, tracker, palette, {
      tier: () => theatre?.tier() ?? 'none',
      shown: () => theatre?.shown() ?? false,
      show: on => theatre?.show(on),
      export: () => theatre?.export()
    });
    const settings = registry?.load(ID).catch(() => null) ?? Promise.resolve(null);
    void Promise.all([settings, app.restored]).then(([found]) => (theatre = new Theatre(app, tracker, found)));
  }
};
