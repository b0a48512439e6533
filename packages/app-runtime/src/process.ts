import { userInfo } from 'node:os';

/**
 * A signal that SIGINT or SIGTERM aborts.
 *
 * @param host the app's own process: a second signal ends it.
 * @param reason what happened to the process, in front of the signal's name: `interrupted`.
 */
export function endingSignal(host: NodeJS.Process, reason: string): AbortSignal {
  const ending = new AbortController();
  let signals = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    host.on(name, () => {
      // A second one means now: whatever is half done is left to the next start to clean up.
      if (++signals > 1) host.exit(130);
      ending.abort(new Error(`${reason} by ${name}`));
    });
  }
  return ending.signal;
}

/** The account's name; a container's user may have none. */
export function currentUser(env: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username;
  } catch {
    return env['USER'] ?? 'unknown';
  }
}
