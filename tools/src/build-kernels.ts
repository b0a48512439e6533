/**
 * Compiles the AssemblyScript kernels of the packages that have some to WebAssembly, and writes
 * them, as text, to src/kernels/kernels-wasm.js. `npm ci` runs it; without its result a package
 * falls back on the kernels' TypeScript twins and is slower.
 *
 * `node tools/src/build-kernels.ts [package...]`: all of them unless some are named.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { repositoryRoot } from './repository.ts';

const shared = ['--sharedMemory', '--maximumMemory', '65536', '--enable', 'threads'];
const relaxed = ['--enable', 'relaxed-simd'];
/** What the compiler is told about the memory of each package's kernels. */
const memoryOptions: Readonly<Record<string, readonly string[]>> = {
  data: [...shared, ...relaxed],
  model: [],
  trainer: shared,
};

const named = process.argv.slice(2);
for (const name of named.length > 0 ? named : Object.keys(memoryOptions)) {
  const memory = memoryOptions[name];
  if (memory === undefined) {
    const known = Object.keys(memoryOptions).join(', ');
    throw new Error(`The package "${name}" has no kernels. Those that have: ${known}.`);
  }
  await buildKernels(name, memory);
}

async function buildKernels(name: string, memory: readonly string[]): Promise<void> {
  const folder = join(repositoryRoot, 'packages', name);
  const scratch = mkdtempSync(join(tmpdir(), 'gnu-mlops-kernels-'));
  try {
    const outFile = join(scratch, 'kernels.wasm');
    const options = [
      ...['--baseDir', folder, '--outFile', outFile],
      ...['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub'],
      ...['--importMemory', '--initialMemory', '1', '--enable', 'simd', ...memory],
    ];
    const { error, stderr } = await asc.main(['kernels/index.ts', ...options], {});
    if (error !== null) {
      throw new Error(`The kernels of ${name} did not compile.\n${stderr.toString()}`);
    }
    const text = readFileSync(outFile).toString('base64');
    writeFileSync(
      join(folder, 'src/kernels/kernels-wasm.js'),
      `/** Made by tools/src/build-kernels.ts. */\nexport const kernelsWasm =\n  '${text}';\n`,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
