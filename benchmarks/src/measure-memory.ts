/** Fits once and prints how far the peak of resident memory is above what it was before. Usage: node measure-memory.ts JOB.json */
import { fitEstimator } from '@gnu-mlops/trainer';
import { openSync, readFileSync, readSync } from 'node:fs';

const job = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as {
  path: string;
  rowCount: number;
};
const file = openSync(job.path, 'r');
const cells = new Float32Array(job.rowCount);

function readColumn(at: number): Float64Array {
  readSync(file, cells, 0, cells.byteLength, at * cells.byteLength);
  return new Float64Array(cells);
}

const columns = Array.from({ length: 28 }, (_, feature) => readColumn(feature));
const labels = Int32Array.from(readColumn(28));
const features = columns.map((_, i) => ({ name: `f${i}`, kind: 'numeric' as const }));
const beforeBytes = process.memoryUsage().rss;
await fitEstimator(
  {
    algorithm: 'lightgbm',
    matrix: { rowCount: job.rowCount, features, columns },
    target: { task: 'classification', labels, classCount: 2 },
    seed: 42,
  },
  { threads: 1 },
);
const growthMb = (process.resourceUsage().maxRSS * 1024 - beforeBytes) / 1e6;
console.log(JSON.stringify({ name: 'gnu-mlops', growthMb }));
