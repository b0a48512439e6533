import { runCli } from '../src/run-cli.ts';
import type { Terminal } from '../src/terminal.ts';
import { createTestTerminal } from './test-terminal.ts';

/** What a command line did. */
export interface Outcome {
  readonly exitCode: number;
  /** Standard output. */
  readonly output: string;
  /** Standard error. */
  readonly notes: string;
}

/** Run `gnu-mlops <args>` in a folder, in this process. */
export async function run(
  cwd: string,
  args: readonly string[],
  overrides: Partial<Terminal> & { readonly input?: string } = {},
): Promise<Outcome> {
  const terminal = createTestTerminal(cwd, overrides);
  const exitCode = await runCli(args, terminal);
  return { exitCode, output: terminal.output(), notes: terminal.notes() };
}

/** The one JSON document that a command printed under --json. */
export async function runJson<T>(cwd: string, args: readonly string[]): Promise<T> {
  const { exitCode, output, notes } = await run(cwd, [...args, '--json']);
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${notes}${output}`);
  return JSON.parse(output) as T;
}
