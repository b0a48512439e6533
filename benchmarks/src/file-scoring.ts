import { type BatchReport, openScoringThreads, runBatch } from '@gnu-mlops/batch';
import { createSampleTable, writeTable } from '@gnu-mlops/data';
import { createPredictor } from '@gnu-mlops/predictor';
import { trainModel } from '@gnu-mlops/trainer';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, BenchmarkOutcome, BenchmarkSettings } from './benchmark.ts';
import { runPython } from './run-python.ts';
import { timeRuns } from './time-runs.ts';

const rowCount = 200_000;
const target = 'churn';

/** What is scored, and how added numbers are written. */
interface ScoringCase {
  readonly name: string;
  readonly format: 'csv' | 'parquet';
  readonly decimals?: number;
}

/** Waiting files to scored files by a forest of 100 trees, against pandas and scikit-learn. */
export function fileScoring(): Benchmark[] {
  const cases: ScoringCase[] = [
    { name: 'CSV to CSV, all digits', format: 'csv' },
    { name: 'CSV to CSV, 6 decimals', format: 'csv', decimals: 6 },
    { name: 'Parquet to Parquet', format: 'parquet' },
  ];
  return cases.map((scoring) => ({
    name: `file scoring: ${scoring.name}`,
    measures: `a batch run over one file of ${rowCount} rows: ledger, reading, forest of 100 trees, writing`,
    run: (settings) => scoreFiles(scoring, settings),
  }));
}

async function scoreFiles(
  { format, decimals }: ScoringCase,
  { runs, python }: BenchmarkSettings,
): Promise<BenchmarkOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
  // Warm, as the peers' are: a process that scores every hour starts them once.
  const threads = openScoringThreads();
  try {
    const train = createSampleTable({ kind: 'churn', rows: 5_000, seed: 7 }).table;
    const { model } = await trainModel({
      ...{ table: train, target, algorithm: 'random_forest', seed: 42, testSize: 0.2, folds: 0 },
      hyperparameters: { n_estimators: 100, max_depth: 10 },
    });
    const trees =
      model.estimator.kind === 'tree_ensemble' ? model.estimator.treeStarts.length - 1 : 0;
    if (trees !== 100) throw new Error(`The forest has ${trees} trees, not 100.`);
    const predictor = createPredictor(model);
    mkdirSync(join(folder, 'in'));
    const path = join(folder, 'in', `waiting.${format}`);
    await writeTable(path, createSampleTable({ kind: 'churn', rows: rowCount, seed: 42 }).table);
    let run = 0;
    const score = async () => {
      const report = await runBatch({
        inputFolder: join(folder, 'in'),
        outputFolder: join(folder, `out-${run}`),
        ledgerPath: join(folder, `ledger-${run++}.db`),
        ...{ archiveInput: false, settleMs: 0, batchRows: 10_000, now: Date.now },
        ...{ predictor, decimals, threads },
      });
      checkScored(report);
    };
    const ours = { name: 'gnu-mlops', timesMs: await timeRuns(runs, score) };
    const notes = [`peak resident memory of this process: ${peakMegabytes()} MB`];
    if (python === undefined) {
      notes.push('scikit-learn left out: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it');
      return { contenders: [ours], notes };
    }
    const trainPath = join(folder, 'train.csv');
    await writeTable(trainPath, train);
    const inputs = model.signature.inputs;
    const job = {
      ...{ path, format, runs, target, trainPath, outputPath: join(folder, `peer.${format}`) },
      floatFormat: decimals === undefined ? null : `%.${decimals}f`,
      numbers: inputs.filter(({ type }) => type !== 'string').map(({ name }) => name),
      texts: inputs.filter(({ type }) => type === 'string').map(({ name }) => name),
    };
    const peers = runPython('score_file.py', job, { python, folder });
    return { contenders: [ours, ...peers], notes };
  } finally {
    await threads.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function checkScored({ files, rows }: BatchReport): void {
  if (rows !== rowCount) throw new Error(`Scored ${rows} rows: ${JSON.stringify(files)}`);
}

function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1000);
}
