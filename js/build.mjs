// Builds the labextension, a prebuilt, federated module that JupyterLab 4.6 and Notebook 7 load from disk, and
// the module that anywidget's hosts load. In: src/. Out: ../flow_nb/labextension, ../flow_nb/static.
import * as esbuild from 'esbuild';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, watch as watchFiles, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = path.dirname(fileURLToPath(import.meta.url));
const widgets = path.join(here, '..', 'flow_nb', 'static');
const out = path.join(here, '..', 'flow_nb', 'labextension');
const pkg = JSON.parse(readFileSync(path.join(here, 'package.json'), 'utf8'));
const watching = process.argv.includes('--watch');

/** What the application has already: taken from its share scope, never bundled. */
const SHARED = /^(@jupyterlab|@lumino|@jupyter|@codemirror|react|react-dom|yjs)(\/|$)/;

function shareScope(seen) {
  return {
    name: 'share-scope',
    setup(build) {
      build.onResolve({ filter: SHARED }, ({ path: name }) => {
        seen.add(name);
        return { path: name, namespace: 'shared' };
      });
      build.onLoad({ filter: /.*/, namespace: 'shared' }, ({ path: name }) => ({
        contents: `module.exports = require_shared(${JSON.stringify(name)});`,
        loader: 'js'
      }));
    }
  };
}

async function bundle() {
  const seen = new Set();
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: ['src/labextension.ts'],
    bundle: true,
    write: false,
    format: 'cjs',
    target: 'es2022',
    minify: !watching,
    sourcemap: watching ? 'inline' : false,
    loader: { '.css': 'text' },
    plugins: [shareScope(seen), minifiedCss()]
  });
  return { code: result.outputFiles[0].text, shared: [...seen].sort() };
}

function minifiedCss() {
  return {
    name: 'minified-css',
    setup(build) {
      build.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
        const sheet = await esbuild.transform(readFileSync(file, 'utf8'), { loader: 'css', minify: true });
        return { contents: sheet.code.trim(), loader: 'text' };
      });
    }
  };
}

/** The container that module federation asks for: `init` hands over the share scope, `get` the module. */
function container({ code, shared }) {
  return `(() => {
  let scope;
  const parts = v => v.split(/[.+-]/, 3).map(x => parseInt(x) || 0);
  const newer = (a, b) => { const x = parts(a), y = parts(b);
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2]; };
  async function take(name) {
    const versions = scope[name];
    if (!versions) throw new Error('flow_nb: this application does not share ' + name);
    const known = Object.keys(versions).sort(newer);
    return (await versions[known.find(v => versions[v].loaded) ?? known.pop()].get())();
  }
  (window._JUPYTERLAB ??= {})[${JSON.stringify(pkg.name)}] = {
    init(given) { scope = given; },
    async get(module) {
      if (module !== './extension') throw new Error('flow_nb: there is no module ' + module);
      const names = ${JSON.stringify(shared)};
      const taken = new Map(await Promise.all(names.map(async n => [n, await take(n)])));
      const made = { exports: {} };
      (function (module, exports, require_shared) {${code}
})(made, made.exports, n => taken.get(n));
      return () => made.exports;
    }
  };
})();
`;
}

function write(remote) {
  const hash = createHash('sha256').update(remote).digest('hex').slice(0, 16);
  const load = `static/remoteEntry.${hash}.js`;
  const json = (file, value) => writeFileSync(path.join(out, file), `${JSON.stringify(value, null, 2)}\n`);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(path.join(out, 'static'), { recursive: true });
  writeFileSync(path.join(out, load), remote);
  cpSync(path.join(here, 'schema'), path.join(out, 'schemas', pkg.name), { recursive: true });
  json('install.json', {
    packageManager: 'python',
    packageName: 'flow_nb',
    uninstallInstructions: 'pip uninstall flow_nb'
  });
  json('package.json', {
    name: pkg.name,
    version: pkg.version,
    description: pkg.description,
    license: pkg.license,
    jupyterlab: { extension: true, _build: { load, extension: './extension' } }
  });
}

/** One module for VS Code, Colab and marimo: the same components, nothing shared. */
async function bundleWidget() {
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: ['src/anywidget.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    minify: !watching,
    loader: { '.css': 'text' },
    plugins: [minifiedCss()]
  });
  return result.outputFiles[0].text;
}

async function build() {
  const remote = container(await bundle());
  write(remote);
  const kB = bytes => (bytes / 1000).toFixed(1);
  const widget = await bundleWidget();
  mkdirSync(widgets, { recursive: true });
  writeFileSync(path.join(widgets, 'anywidget.js'), widget);
  for (const [name, code] of Object.entries({ labextension: remote, anywidget: widget })) {
    console.log(`${name}: ${kB(code.length)} kB, ${kB(gzipSync(code, { level: 9 }).length)} kB gzipped`);
  }
}

await build();
if (watching) {
  let queued;
  watchFiles(path.join(here, 'src'), { recursive: true }, () => {
    clearTimeout(queued);
    queued = setTimeout(() => build().catch(error => console.error(error.message)), 100);
  });
}
