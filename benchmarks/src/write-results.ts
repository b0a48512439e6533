import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ResultRow } from './summarise.ts';

/** Write the rows and the machine they were measured on. @returns the file's path. */
export function writeResults(rows: readonly ResultRow[], measuredAt: Date): string {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const path = `${folder}${measuredAt.toISOString().replaceAll(':', '-')}.json`;
  const machine = {
    processor: cpus()[0]?.model ?? 'unknown',
    threads: availableParallelism(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
  const results = { measuredAt: measuredAt.toISOString(), machine, rows };
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  return path;
}
