import type { ModelVersion } from '../entities.ts';
import { RemoteUnavailableError } from '../remote-errors.ts';
import { wait } from '../http/retry-delay.ts';

/** How long a workspace may take to copy the files of a version. */
const LONGEST_WAIT_MS = 300_000;
const LONGEST_DELAY_MS = 3000;

/**
 * Look at a version again and again until it is registered: a workspace copies its files first.
 *
 * @throws {RemoteUnavailableError} when that failed or takes longer than five minutes.
 */
export async function awaitRegistration(
  made: ModelVersion,
  look: () => Promise<ModelVersion>,
  { server, now }: { readonly server: string; readonly now: () => number },
): Promise<ModelVersion> {
  const startedAt = now();
  let version = made;
  for (let delayMs = 50; version.status === 'PENDING_REGISTRATION'; delayMs *= 2) {
    if (now() - startedAt > LONGEST_WAIT_MS) throw unavailable(server, version);
    await wait(Math.min(delayMs, LONGEST_DELAY_MS), undefined);
    version = await look();
  }
  if (version.status === 'FAILED_REGISTRATION') throw unavailable(server, version);
  return version;
}

function unavailable(server: string, version: ModelVersion): RemoteUnavailableError {
  const { name, version: number, status, statusMessage } = version;
  const text = `version ${number} of "${name}" is in ${status}. ${statusMessage}`.trimEnd();
  return new RemoteUnavailableError(server, { text });
}
