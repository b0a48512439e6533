import { userInfo } from 'node:os';
import { buffer } from 'node:stream/consumers';
import type { Terminal } from './terminal.ts';

/** The terminal that this process runs in. */
export function processTerminal(): Terminal {
  const interruption = new AbortController();
  let interruptions = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      // A second Ctrl-C means now: whatever is half done is left to the next start to clean up.
      if (++interruptions > 1) process.exit(130);
      interruption.abort(new Error(`interrupted by ${name}`));
    });
  }
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
    signal: interruption.signal,
    isInteractive: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb',
    hasColor: process.stdout.hasColors?.() ?? false,
    userId: currentUser(),
    now: () => Date.now(),
    writeOutput: (text) => void process.stdout.write(text),
    writeNote: (text) => void process.stderr.write(text),
    readInput: () => buffer(process.stdin),
  };
}

/** The account's name; a container's user may have none. */
function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'] ?? 'unknown';
  }
}
