import { createMatrixScorer } from '@gnu-mlops/model';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, BenchmarkOutcome, BenchmarkSettings } from './benchmark.ts';
import { openOnnxRuntime } from './onnxruntime-node.ts';
import { describeLatency, timeRowsAlone } from './row-latency.ts';
import { runPython } from './run-python.ts';
import { type ScoringCase, scoringCases } from './scoring-cases.ts';
import { type ScoringFiles, writeScoringFiles } from './scoring-files.ts';
import { timeRuns } from './time-runs.ts';

/** Rows that are scored one by one. */
const ROWS_ALONE = 10_000;

/** Scoring with ensembles of trees: rows one by one, and many at once on one processor. */
export function scoring(): Benchmark[] {
  const cases = scoringCases();
  const alone = cases.map(({ name, open }) => ({
    name: `scoring: one row, ${name}`,
    measures: `${ROWS_ALONE} rows of 20 features, one after another; rows and tensors made before`,
    run: async (settings: BenchmarkSettings) => scoreAlone(await open(), settings),
  }));
  const batches = cases.map(({ name, open }) => ({
    name: `scoring: batch per core, ${name}`,
    measures: '20,000 rows of 20 features at once, on one thread',
    run: async (settings: BenchmarkSettings) => scoreBatches(await open(), settings),
  }));
  return [...alone, ...batches];
}

async function scoreAlone(
  scored: ScoringCase,
  settings: BenchmarkSettings,
): Promise<BenchmarkOutcome> {
  const { features, columns } = scored.rows.matrix;
  const score = createMatrixScorer(scored.trees);
  const rows = Array.from({ length: ROWS_ALONE }, (_, row) => ({
    ...{ rowCount: 1, features },
    columns: columns.map((column) => column.slice(row, row + 1)),
  }));
  const ours = await timeRowsAlone(settings.runs, ROWS_ALONE, (row) => score(rows[row]!));
  const contenders = [{ name: 'gnu-mlops', timesMs: ours.timesMs }];
  const notes = [`gnu-mlops: ${describeLatency(ours)}`];
  await withPeers(scored, settings, async ({ onnx, files, leftOut }) => {
    notes.push(...leftOut);
    if (onnx === undefined) return;
    const runtime = await onnx(files.onnx);
    const tensors = rows.map((row) => runtime.tensor(row));
    const peer = await timeRowsAlone(settings.runs, ROWS_ALONE, (row) =>
      runtime.run(tensors[row]!),
    );
    contenders.push({ name: runtime.name, timesMs: peer.timesMs });
    notes.push(`${runtime.name}: ${describeLatency(peer)}`);
  });
  return { contenders, notes };
}

async function scoreBatches(
  scored: ScoringCase,
  settings: BenchmarkSettings,
): Promise<BenchmarkOutcome> {
  const { matrix } = scored.rows;
  const { runs } = settings;
  const score = createMatrixScorer(scored.trees);
  const timesMs = await timeRuns(runs, async () => score(matrix));
  const contenders: BenchmarkOutcome['contenders'][number][] = [{ name: 'gnu-mlops', timesMs }];
  const notes: string[] = [];
  await withPeers(scored, settings, async ({ onnx, files, folder, python, leftOut }) => {
    notes.push(...leftOut);
    if (python === undefined) return;
    if (onnx !== undefined) {
      const runtime = await onnx(files.onnx);
      const tensor = runtime.tensor(matrix);
      const peerMs = await timeRuns(runs, () => runtime.run(tensor));
      contenders.push({ name: runtime.name, timesMs: peerMs });
    }
    const job = { ...files, kind: scored.kind, runs };
    contenders.push(...runPython('time_scoring.py', job, { python, folder }));
  });
  return { contenders, notes };
}

interface Peers {
  readonly python: string | undefined;
  readonly onnx: ReturnType<typeof openOnnxRuntime> | undefined;
  readonly files: ScoringFiles;
  readonly folder: string;
  readonly leftOut: readonly string[];
}

/** Have the peers' files in a folder while `work` goes on. */
async function withPeers(
  scored: ScoringCase,
  { python, nodePeers }: BenchmarkSettings,
  work: (peers: Peers) => Promise<void>,
): Promise<void> {
  const leftOut: string[] = [];
  if (python === undefined) {
    leftOut.push('all peers left out: set GNU_MLOPS_INTEROP_PYTHON to a Python with them and onnx');
  } else if (nodePeers === undefined) {
    leftOut.push(
      'onnxruntime-node left out: set GNU_MLOPS_BENCH_NODE_PEERS to a folder that has it',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
  try {
    const files = writeScoringFiles(scored, folder);
    if (python !== undefined) runPython('write_tree_onnx.py', files, { python, folder });
    const onnx = python && nodePeers ? openOnnxRuntime(nodePeers) : undefined;
    await work({ python, onnx, files, folder, leftOut });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
