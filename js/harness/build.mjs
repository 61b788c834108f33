// Builds the test page's script. In: page.ts, axe. Out: the file named on the command line.
import * as esbuild from 'esbuild';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

await esbuild.build({
  absWorkingDir: path.dirname(fileURLToPath(import.meta.url)),
  entryPoints: ['page.ts'],
  outfile: path.resolve(process.argv[2]),
  bundle: true,
  format: 'iife',
  target: 'es2022',
  loader: { '.css': 'text' },
  logLevel: 'warning'
});
