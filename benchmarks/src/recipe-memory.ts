import { createSampleTable, writeTable } from '@gnu-mlops/data';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Benchmark, BenchmarkOutcome } from './benchmark.ts';
import { buildPackage } from './build-package.ts';

const formats = ['csv', 'csv.gz', 'jsonl', 'parquet', 'arrow'];

/** What recipes of any size hold in memory, whatever they write. */
export function recipeMemory(rowCount: number): Benchmark {
  return {
    name: `memory of recipes: ${rowCount} rows`,
    measures: 'peak resident memory of `recipe fit` and `recipe transform` over a file of CSV',
    run: ({ runs }) => measureCommands(rowCount, runs),
  };
}

async function measureCommands(rowCount: number, runs: number): Promise<BenchmarkOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
  try {
    buildPackage('cli');
    const path = join(folder, 'churn.csv');
    await writeTable(path, createSampleTable({ kind: 'churn', rows: rowCount, seed: 42 }).table);
    const recipe = join(folder, 'recipe.json');
    const common = ['--force', '-o'];
    const fit = ['recipe', 'fit', path, '--target', 'churn', ...common, recipe];
    const transform = ['recipe', 'transform', path, '-r', recipe, ...common];
    const commands = [
      { name: 'gnu-mlops recipe fit', parameters: fit },
      ...formats.map((format) => ({
        name: `gnu-mlops recipe transform, ${format}`,
        parameters: [...transform, join(folder, `features.${format}`)],
      })),
    ];
    const contenders = commands.map(({ name, parameters }) => ({
      name,
      sizesMb: Array.from({ length: runs }, () => peakMb(parameters)),
    }));
    return { contenders, notes: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const program = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));
/** Has a process say at its end how many kilobytes it held at most. */
const teller = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => console.log('\\n' + process.resourceUsage().maxRSS))",
)}`;

function peakMb(parameters: readonly string[]): number {
  const text = execFileSync(process.execPath, ['--import', teller, program, ...parameters], {
    encoding: 'utf8',
  });
  const kilobytes = Number(text.trimEnd().split('\n').at(-1));
  return (kilobytes * 1024) / 1e6;
}
