// Files beside a notebook. In: a path in its folder. Out: an address that the page can load, or nothing.

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';

/** The take's id keeps the browser from an older file of the same name. */
export async function locate(resolver: IRenderMime.IResolver | null, path: string, take: string): Promise<string> {
  if (!path || !resolver) return '';
  try {
    const local = await resolver.resolveUrl(encodeURI(path));
    const url = new URL(await resolver.getDownloadUrl(local), document.baseURI);
    if (take) url.searchParams.set('take', take);
    return url.href;
  } catch {
    return '';
  }
}
