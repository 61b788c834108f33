// The shell for JupyterLab 4.6 and Notebook 7: three plugins that hang the components into the page.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Board } from './lab/board';
import { boardFactory } from './lab/board-output';
import { rendererFactory } from './lab/renderer';
import { film } from './lab/theatre';
import { dress } from './sheet';

const takes: JupyterFrontEndPlugin<void> = {
  id: 'flow-nb:takes',
  description: 'Plays the takes of flow_nb under their cells.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_: JupyterFrontEnd, registry: IRenderMimeRegistry) => {
    dress();
    registry.addFactory(rendererFactory);
    registry.addFactory(boardFactory);
  }
};

const cells: JupyterFrontEndPlugin<void> = {
  id: 'flow-nb:cells',
  description: 'Puts a slate and a plan strip on every %%shot cell.',
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_: JupyterFrontEnd, tracker: INotebookTracker) => {
    dress();
    tracker.forEach(panel => new Board(panel));
    tracker.widgetAdded.connect((_tracker, panel) => void new Board(panel));
  }
};

export default [takes, cells, film];
