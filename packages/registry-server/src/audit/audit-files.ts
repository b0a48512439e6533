import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AuditUnavailableError } from './audit-errors.ts';

/** The files of one audit log. */
export interface AuditFiles {
  readonly folder: string;
  /** The newest entries, one JSON object a line. */
  readonly log: string;
  /** Number and hash of the newest entry, so that lines cut off at the end are missed. */
  readonly head: string;
  /** Held while a line is added. */
  readonly lock: string;
}

export function auditFiles(folder: string): AuditFiles {
  return {
    folder,
    log: join(folder, 'audit.jsonl'),
    head: join(folder, 'audit.head'),
    lock: join(folder, 'audit.lock'),
  };
}

/** Where a full log goes; the number keeps names in order. */
export function rotatedLog(folder: string, lastSequence: number): string {
  return join(folder, `audit-${String(lastSequence).padStart(12, '0')}.jsonl`);
}

/**
 * Every log in a folder, also those that another program moved aside (`audit.jsonl.1`), in no order.
 *
 * @throws {AuditUnavailableError} when the folder cannot be read.
 */
export function findLogs(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^audit\b.*\.jsonl(?:\.\d+)?$/.test(name))
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new AuditUnavailableError(folder, { cause: error });
  }
}
