import { currentUser, endingSignal } from '@gnu-mlops/app-runtime/process';
import type { Surroundings } from './surroundings.ts';

/** What surrounds this process. */
export function processSurroundings(): Surroundings {
  const signal = endingSignal(process, 'ended');
  // Whoever read the log went away: the service goes on without it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return {
    cwd: process.cwd(),
    env: process.env,
    signal,
    userId: currentUser(process.env),
    now: () => Date.now(),
    writeLog: (line) => void process.stdout.write(line),
    writeNotice: (text) => void process.stderr.write(text),
  };
}
