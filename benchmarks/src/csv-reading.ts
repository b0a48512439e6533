import { type Table, createRandom, createTable } from '@gnu-mlops/core';
import { createSampleTable, readCsv, writeCsv } from '@gnu-mlops/data';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { runPython } from './run-python.ts';
import { timeRuns } from './time-runs.ts';

/** Reading whole CSV files, types found out, against pandas' default engine. */
export function csvReading(): Benchmark[] {
  return [
    reading('mixed columns, 400,000 x 16', () => {
      return createSampleTable({ kind: 'churn', rows: 400_000, seed: 42 }).table;
    }),
    reading('numbers of 6 decimals, 200,000 x 40', () => numbers(6)),
    reading('numbers of all digits, 200,000 x 40', () => numbers(undefined)),
  ];
}

function reading(name: string, makeTable: () => Table): Benchmark {
  return {
    name: `csv reading: ${name}`,
    measures:
      'a whole file into typed columns, types found out from all cells; pandas on one thread',
    async run({ runs, python }) {
      const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
      try {
        const path = join(folder, 'table.csv');
        await writeCsv(path, makeTable());
        const ours = { name: 'gnu-mlops', timesMs: await timeRuns(runs, () => readCsv(path)) };
        if (python === undefined) {
          const notes = ['pandas left out: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it'];
          return { contenders: [ours], notes };
        }
        const peers = runPython('read_csv.py', { path, runs }, { python, folder });
        return { contenders: [ours, ...peers], notes: [] };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

function numbers(decimals: number | undefined): Table {
  const random = createRandom(42);
  const columns = Array.from({ length: 40 }, (_, column) => {
    const values = Float64Array.from({ length: 200_000 }, () => {
      const value = (random.nextFloat() - 0.5) * 6;
      return decimals === undefined ? value : Number(value.toFixed(decimals));
    });
    return [`f${column}`, { kind: 'numeric', values }] as const;
  });
  return createTable(columns);
}
