import { mkdirSync } from 'node:fs';
import { AuditUnavailableError } from './audit-errors.ts';
import type { AuditEvent } from './audit-entry.ts';
import { auditFiles } from './audit-files.ts';
import { createAuditWriter } from './audit-writer.ts';
import { openProcessLock } from './process-lock.ts';

/**
 * When lines are brought to disk, which only matters when the machine fails; a line is with the
 * system, and survives the end of the process, before its request is answered.
 */
export type AuditSync = 'every_line' | 'every_second' | 'never';

export interface AuditLogOptions {
  /** Default `every_second`. */
  readonly sync?: AuditSync;
  /** A log that is larger is moved aside; default 64 MiB. */
  readonly maxBytes?: number;
  /** How long a line waits for another process; default 10 s. */
  readonly patienceMs?: number;
}

/** An append-only log that is chained by hashes. Several processes may add to it at once. */
export interface AuditLog {
  readonly folder: string;
  /**
   * Add a line.
   *
   * @throws {AuditUnavailableError} when it cannot be written; up to 10,000 lines are kept, and
   *   written before any other as soon as that is possible.
   */
  append(event: AuditEvent): Promise<void>;
  /** Write what could not be written so far. @throws {AuditUnavailableError} when it still cannot. */
  catchUp(): void;
  /** @throws {AuditUnavailableError} when lines are left that cannot be written. */
  close(): void;
}

const SYNC_MS = 1_000;
const MAX_WAITING = 10_000;

/**
 * Open the audit log in a folder, which is made for its owner only when it is not there.
 *
 * @throws {AuditUnavailableError} when that is impossible.
 */
export function openAuditLog(folder: string, options: AuditLogOptions = {}): AuditLog {
  const { sync = 'every_second', maxBytes = 64 * 2 ** 20, patienceMs = 10_000 } = options;
  const attempt = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (cause) {
      throw new AuditUnavailableError(folder, { cause });
    }
  };
  const files = auditFiles(folder);
  attempt(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  const lock = attempt(() => openProcessLock(files.lock, patienceMs));
  const writer = attempt(() => lock.hold(() => createAuditWriter(files, maxBytes)));
  const waiting: AuditEvent[] = [];
  let flushed: Promise<void> | undefined;
  let syncTimer: NodeJS.Timeout | undefined;
  let isUnsynced = false;

  function writeWaiting(): void {
    if (waiting.length > 0) {
      attempt(() => lock.hold(() => writer.write(waiting)));
      waiting.length = 0;
      isUnsynced = true;
    }
    if (sync === 'every_line') syncWritten();
    if (sync === 'every_second') syncTimer ??= setTimeout(syncLate, SYNC_MS).unref();
  }

  function syncWritten(): void {
    if (!isUnsynced) return;
    attempt(() => writer.sync());
    isUnsynced = false;
  }

  function syncLate(): void {
    syncTimer = undefined;
    try {
      syncWritten();
    } catch {
      // Nobody waits for it: the next line's sync tries again, and close says so.
    }
  }

  return {
    folder,
    async append(event) {
      if (waiting.length >= MAX_WAITING) writeWaiting();
      waiting.push(event);
      // One turn at the lock for all requests that end at the same time.
      flushed ??= new Promise<void>((resolve, reject) => {
        setImmediate(() => {
          flushed = undefined;
          try {
            writeWaiting();
            resolve();
          } catch (error) {
            reject(error);
          }
        });
      });
      return flushed;
    },
    catchUp: writeWaiting,
    close() {
      try {
        writeWaiting();
        if (sync !== 'never') syncWritten();
      } finally {
        clearTimeout(syncTimer);
        writer.close();
        lock.close();
      }
    },
  };
}
