import { userInfo } from 'node:os';
import type { Surroundings } from './surroundings.ts';

/** What surrounds this process. */
export function processSurroundings(): Surroundings {
  const ending = new AbortController();
  let signals = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      // A second one means now: whatever is half done is left to the next start to clean up.
      if (++signals > 1) process.exit(130);
      ending.abort(new Error(`ended by ${name}`));
    });
  }
  // Whoever read the log went away: the service goes on without it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return {
    cwd: process.cwd(),
    env: process.env,
    signal: ending.signal,
    userId: currentUser(),
    now: () => Date.now(),
    writeLog: (line) => void process.stdout.write(line),
    writeNotice: (text) => void process.stderr.write(text),
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
