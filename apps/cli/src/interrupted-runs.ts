import type { Run } from '@gnu-mlops/registry-client';
import { OWNER_TAG, hasEnded, parseOwner, thisProcess } from './process-identity.ts';

/** The tag by which others can tell whether the process that logs a run is still there. */
export function ownerTags(): Readonly<Record<string, string>> {
  const owner = thisProcess();
  return owner === undefined ? {} : { [OWNER_TAG]: JSON.stringify(owner) };
}

/** Whether a run is on record as running, while the process that logged it has certainly ended. */
export function isInterrupted({ status, tags }: Run): boolean {
  if (status !== 'RUNNING') return false;
  const owner = parseOwner(tags[OWNER_TAG]);
  return owner !== undefined && hasEnded(owner);
}
