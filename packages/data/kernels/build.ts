/**
 * Compiles the AssemblyScript sources of this folder to WebAssembly and writes them, as text, to
 * src/kernels/kernels-wasm.js. `npm ci` runs it.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const folder = import.meta.dirname;
const target = join(folder, '../src/kernels/kernels-wasm.js');

const scratch = mkdtempSync(join(tmpdir(), 'gnu-mlops-kernels-'));
try {
  const outFile = join(scratch, 'kernels.wasm');
  const options = [
    ...['--baseDir', join(folder, '..'), '--outFile', outFile],
    ...['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub'],
    ...['--importMemory', '--initialMemory', '1', '--enable', 'simd'],
  ];
  const { error, stderr } = await asc.main(['kernels/index.ts', ...options], {});
  if (error !== null) throw new Error(`The kernels did not compile.\n${stderr.toString()}`);
  const text = readFileSync(outFile).toString('base64');
  writeFileSync(
    target,
    `/** Made by packages/data/kernels/build.ts. */\nexport const kernelsWasm =\n  '${text}';\n`,
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
