import { addAbortSignal } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { currentUser, endingSignal } from '@gnu-mlops/app-runtime/process';
import type { Terminal } from './terminal.ts';

/** The terminal that this process runs in. */
export function processTerminal(): Terminal {
  const signal = endingSignal(process, 'interrupted');
  // Nobody is left to be told; the work goes on, and its exit code says how it ended.
  process.stderr.on('error', () => {});
  process.stdout.on('error', tellLostOutput());
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
    readInput: () => buffer(addAbortSignal(signal, process.stdin)),
  };
}

/** Takes the errors of standard output: a result that did not get there is a failure, told once. */
function tellLostOutput(): (error: NodeJS.ErrnoException) => void {
  let isTold = false;
  return ({ code, message }) => {
    // The reader of a pipe went away (`| head`): it has what it wanted.
    if (code === 'EPIPE' || isTold) return;
    isTold = true;
    process.stderr.write(
      `error: The result could not be written to standard output (${message}). Make room, or send it elsewhere.\n`,
    );
    process.on('exit', (exitCode) => {
      if (exitCode === 0) process.exitCode = 1;
    });
  };
}
