// The wire between a notebook and its kernel. In: `CellPatch`es. Out: the order of its shots.

import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { JSONObject } from '@lumino/coreutils';
import { COMM_TARGET, type CellPatch, type PageOrder, type PageRequest } from '../messages';
import { readPatch } from '../read';

export class KernelLink {
  private comm: Kernel.IComm | null = null;
  private kernel: Kernel.IKernelConnection | null = null;
  private order = '';
  private sent = '';
  private fresh = true;

  constructor(
    private readonly context: ISessionContext,
    private readonly patched: (patch: CellPatch) => void,
    private readonly lost: () => void
  ) {
    context.kernelChanged.connect(this.changed, this);
    context.statusChanged.connect(this.status, this);
    this.attach(context.session?.kernel ?? null);
  }

  /** Tells the kernel which cells are shots, from the top, and their names; it has no other way to know. */
  tell(order: Omit<PageOrder, 'fresh'>): void {
    this.order = JSON.stringify(order);
    this.flush();
  }

  /** Asks the kernel for something. False: there is no flow_nb in it to ask. */
  ask(request: PageRequest): boolean {
    if (!this.comm || this.comm.isDisposed) return false;
    this.comm.send({ ...request });
    return true;
  }

  /** Stops the cell that runs: a blocking cell hears nothing else. */
  async interrupt(): Promise<void> {
    await this.kernel?.interrupt();
  }

  dispose(): void {
    this.context.kernelChanged.disconnect(this.changed, this);
    this.context.statusChanged.disconnect(this.status, this);
    this.comm = null;
  }

  private changed(): void {
    this.attach(this.context.session?.kernel ?? null);
  }

  private status(_: ISessionContext, status: Kernel.Status): void {
    if (!['restarting', 'autorestarting', 'terminating', 'dead'].includes(status)) return;
    this.comm = null;
    this.lost();
  }

  /** A kernel opens the comm when flow_nb is loaded; one that did so for an earlier page has it open. */
  private attach(kernel: Kernel.IKernelConnection | null): void {
    if (kernel === this.kernel) return;
    this.kernel = kernel;
    this.comm = null;
    this.lost();
    kernel?.registerCommTarget(COMM_TARGET, (comm, message) => {
      this.take(comm);
      this.receive(message.content.data);
    });
    if (kernel) void this.reopen(kernel).catch(() => undefined);
  }

  private async reopen(kernel: Kernel.IKernelConnection): Promise<void> {
    const reply = await kernel.requestCommInfo({ target_name: COMM_TARGET });
    if (reply.content.status !== 'ok' || this.comm || kernel !== this.kernel) return;
    for (const id of Object.keys(reply.content.comms)) {
      if (!kernel.hasComm(id)) this.take(kernel.createComm(COMM_TARGET, id));
    }
  }

  private take(comm: Kernel.IComm): void {
    this.comm = comm;
    this.sent = '';
    this.fresh = true;
    comm.onMsg = (message: KernelMessage.ICommMsgMsg) => this.receive(message.content.data);
    comm.onClose = () => {
      if (this.comm === comm) this.comm = null;
    };
    this.flush();
  }

  private receive(data: unknown): void {
    const patch = readPatch(data);
    if (patch) this.patched(patch);
  }

  private flush(): void {
    if (!this.comm || this.comm.isDisposed || this.order === this.sent || !this.order) return;
    this.sent = this.order;
    const message = { ...(JSON.parse(this.order) as Omit<PageOrder, 'fresh'>), fresh: this.fresh } satisfies PageOrder;
    this.fresh = false;
    this.comm.send(message as unknown as JSONObject);
  }
}
