import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Benchmark, BenchmarkOutcome, BenchmarkSettings } from './benchmark.ts';
import {
  type ServerKind,
  builtServer,
  mlflowServer,
  startServer,
} from './registry-server-process.ts';

/** A server with nothing to do has settled by then. */
const IDLE_MS = 5_000;

/** How soon a registry server answers, and what it holds on to while nobody asks. */
export function serverStart(): Benchmark[] {
  return [
    {
      name: 'registry server: start to ready',
      measures: 'from the start of the process, over a database of its own, to the first answer',
      run: (settings) => compare(settings, 'readiness'),
    },
    {
      name: 'registry server: idle memory',
      measures: `memory of all its processes ${IDLE_MS / 1000} s after the first answer, on Linux`,
      run: (settings) => compare(settings, 'memory'),
    },
  ];
}

async function compare(
  { runs, python }: BenchmarkSettings,
  what: 'readiness' | 'memory',
): Promise<BenchmarkOutcome> {
  const notes: string[] = [];
  const kinds = [builtServer()];
  if (python === undefined) {
    notes.push('MLflow left out: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it');
  } else kinds.push(mlflowServer(python), mlflowServer(python, 1));
  const contenders = [];
  for (const kind of kinds) {
    // The first start may fill caches of the system and of the program.
    await measureStart(kind, what);
    const figures: number[] = [];
    for (let run = 0; run < runs; run++) figures.push(await measureStart(kind, what));
    contenders.push(
      what === 'memory'
        ? { name: kind.name, sizesMb: figures }
        : { name: kind.name, timesMs: figures },
    );
  }
  return { contenders, notes };
}

async function measureStart(kind: ServerKind, what: 'readiness' | 'memory'): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
  const server = await startServer(kind, folder);
  try {
    if (what === 'readiness') return server.readyMs;
    await setTimeout(IDLE_MS);
    return server.memoryMb();
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
