import { RemoteRefusedError } from '../remote-errors.ts';
import { type Remote, put } from './remote.ts';
import { getRun } from './runs.ts';

/**
 * Write a parameter that nobody has written: the database takes the first value for good, so of
 * several writers exactly one wins. The same value again is fine, so a lost answer does no harm.
 *
 * @returns `taken` when it has another value.
 */
export async function writeOnce(
  remote: Remote,
  runId: string,
  { key, value }: { readonly key: string; readonly value: string },
): Promise<'written' | 'taken'> {
  try {
    await put(remote, 'runs/log-parameter', { run_id: runId, key, value });
    return 'written';
  } catch (error) {
    if (!(error instanceof RemoteRefusedError)) throw error;
    const found = (await getRun(remote, runId)).params[key];
    if (found === undefined) throw error;
    return found === value ? 'written' : 'taken';
  }
}
