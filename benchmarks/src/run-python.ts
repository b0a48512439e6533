import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contender } from './benchmark.ts';

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
