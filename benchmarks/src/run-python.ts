import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contender } from './benchmark.ts';

/** Run a script of `src/python` on columns, which it finds at the job's `path`, one after the other. */
export function runPythonOnColumns(
  script: string,
  {
    columns,
    ...job
  }: { readonly columns: readonly Float64Array[]; readonly [key: string]: unknown },
  python: string,
): Contender[] {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
  try {
    const path = join(folder, 'train.f64');
    writeFileSync(path, Buffer.concat(columns.map((column) => Buffer.from(column.slice().buffer))));
    return runPython(script, { path, ...job }, { python, folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Run a script of `src/python` with a job, which goes into a file of `folder`. */
export function runPython(
  script: string,
  job: object,
  { python, folder }: { readonly python: string; readonly folder: string },
): Contender[] {
  const jobPath = join(folder, 'job.json');
  writeFileSync(jobPath, JSON.stringify(job));
  const path = fileURLToPath(new URL(`./python/${script}`, import.meta.url));
  return JSON.parse(execFileSync(python, [path, jobPath], { encoding: 'utf8' }));
}
