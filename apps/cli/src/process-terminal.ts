import { currentUser, endingSignal } from '@gnu-mlops/app-runtime/process';
import { buffer } from 'node:stream/consumers';
import type { Terminal } from './terminal.ts';

/** The terminal that this process runs in. */
export function processTerminal(): Terminal {
  const signal = endingSignal(process, 'interrupted');
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // The reader of a pipe went away (`| head`): nobody is left to write to.
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
  return {
    cwd: process.cwd(),
    env: process.env,
    signal,
    isInteractive: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb',
    hasColor: process.stdout.hasColors?.() ?? false,
    userId: currentUser(process.env),
    now: () => Date.now(),
    writeOutput: (text) => void process.stdout.write(text),
    writeNote: (text) => void process.stderr.write(text),
    readInput: () => buffer(process.stdin),
  };
}
