import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Benchmark, BenchmarkOutcome, BenchmarkSettings } from './benchmark.ts';
import { boostingCases } from './boosting-cases.ts';

/** What boosting needs beside the rows that it is given. */
export function trainingMemory(): Benchmark {
  return {
    name: 'memory of boosting: 1000000 rows x 28 features',
    measures:
      'how far the peak of resident memory is above what the rows take, fitting 100 trees of 31 leaves',
    run: runMemory,
  };
}

async function runMemory({ runs, python }: BenchmarkSettings): Promise<BenchmarkOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
  try {
    const { matrix, labels } = boostingCases().find(({ name }) =>
      name.includes('1000000 rows'),
    )!.train;
    const path = join(folder, 'train.f32');
    const columns = [...matrix.columns, Float64Array.from(labels)];
    const parts = columns.map((column) => Buffer.from(Float32Array.from(column).buffer));
    writeFileSync(path, Buffer.concat(parts));
    const job = join(folder, 'job.json');
    writeFileSync(job, JSON.stringify({ path, rowCount: matrix.rowCount }));
    const script = fileURLToPath(new URL('./measure-memory.ts', import.meta.url));
    const node = [...process.execArgv, script, job];
    const ours = measure(runs, process.execPath, node);
    if (python === undefined) {
      const notes = ['LightGBM left out: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it'];
      return { contenders: [ours], notes };
    }
    const peer = fileURLToPath(new URL('./python/measure_memory.py', import.meta.url));
    return { contenders: [ours, measure(runs, python, [peer, job])], notes: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(runs: number, command: string, parameters: readonly string[]) {
  const found = Array.from({ length: runs }, () => {
    const text = execFileSync(command, parameters, { encoding: 'utf8' });
    return JSON.parse(text) as { readonly name: string; readonly growthMb: number };
  });
  return { name: found[0]!.name, sizesMb: found.map(({ growthMb }) => growthMb) };
}
