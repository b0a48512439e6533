import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SOURCE_FLAGS } from '@gnu-mlops/test-kit';

/** What writing a file came to in a process of its own. */
export type WriteOutcome = { readonly written: string } | { readonly error: string };

const script = fileURLToPath(new URL('child.ts', import.meta.url));

/** How the process is started, and as what it lives. */
export interface ChildSurroundings {
  /** A shell command that runs the process, which is its `"$@"`. */
  readonly within?: string;
  /** Whether it kills itself with rows written and nothing committed. */
  readonly isKilled?: boolean;
  /** The user that it becomes before it writes. */
  readonly uid?: number;
}

/** Write a table to some paths, one after the other, in a process of its own. */
export function writeInChild(
  paths: readonly string[],
  { within = '"$@"', isKilled = false, uid }: ChildSurroundings = {},
): { readonly outcomes: readonly WriteOutcome[]; readonly signal: string | null } {
  const plan = JSON.stringify({ paths, isKilled, uid });
  const child = [process.execPath, ...SOURCE_FLAGS, script, plan];
  const { stdout, stderr, signal, status } = spawnSync('sh', ['-c', within, 'sh', ...child], {
    encoding: 'utf8',
  });
  const killed = signal ?? (status === 128 + 9 ? 'SIGKILL' : null);
  if (killed !== null) return { outcomes: [], signal: killed };
  if (status !== 0) throw new Error(`the process failed: ${stderr}`);
  return { outcomes: JSON.parse(stdout) as WriteOutcome[], signal: null };
}
