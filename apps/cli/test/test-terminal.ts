import { type FakeClock, createFakeClock } from '@gnu-mlops/test-kit';
import type { Terminal } from '../src/terminal.ts';

/** A terminal that remembers what was written to it. */
export interface TestTerminal extends Terminal {
  readonly clock: FakeClock;
  readonly output: () => string;
  readonly notes: () => string;
}

/** @param cwd a folder of the test's own. */
export function createTestTerminal(
  cwd: string,
  overrides: Partial<Terminal> & { readonly input?: string } = {},
): TestTerminal {
  const clock = createFakeClock();
  let output = '';
  let notes = '';
  const { input = '', ...rest } = overrides;
  return {
    cwd,
    env: {},
    signal: new AbortController().signal,
    isInteractive: false,
    hasColor: false,
    userId: 'tester',
    clock,
    now: clock.now,
    writeOutput: (text) => void (output += text),
    writeNote: (text) => void (notes += text),
    readInput: async () => new TextEncoder().encode(input),
    output: () => output,
    notes: () => notes,
    ...rest,
  };
}
