import { type Table, createRandom, createTable } from '@gnu-mlops/core';
import { createSampleTable, writeCsv } from '@gnu-mlops/data';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from './benchmark.ts';
import { buildPackage } from './build-package.ts';
import { startTimedProcess, timeInTurns } from './timed-process.ts';

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
    measures: 'a whole file into typed columns, types found out from all cells; the built package',
    async run({ runs, python, pandas2Python }) {
      const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
      try {
        const path = join(folder, 'table.csv');
        await writeCsv(path, makeTable());
        buildPackage('data');
        const reader = fileURLToPath(new URL('./read-csv-in-turns.ts', import.meta.url));
        const peer = fileURLToPath(new URL('./python/read_csv.py', import.meta.url));
        const processes = [
          await startTimedProcess(process.execPath, [reader, path]),
          await startTimedProcess(process.execPath, [reader, path, '1']),
          ...(python === undefined
            ? []
            : [
                await startTimedProcess(python, [peer, path]),
                await startTimedProcess(python, [peer, path, '1']),
              ]),
          ...(pandas2Python === undefined
            ? []
            : [await startTimedProcess(pandas2Python, [peer, path])]),
        ];
        const contenders = await timeInTurns(processes, runs);
        for (const process of processes) await process.stop();
        const notes = [
          ...(python === undefined
            ? ['pandas left out: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it']
            : []),
          ...(pandas2Python === undefined
            ? ['pandas 2 left out: set GNU_MLOPS_BENCH_PANDAS_2_PYTHON to a Python that has it']
            : []),
        ];
        return { contenders, notes };
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
