import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { claimFile, freeOutputPath } from './claim-file.ts';
import { LeaseLostError, LedgerUnusableError } from './errors.ts';
import { freeName } from './free-name.ts';
import type { BatchLedger, Lease } from './ledger.ts';
import { inTransaction, openLedgerDatabase } from './ledger-database.ts';
import {
  type LedgerRow,
  findLeasedRows,
  isLeaseOver,
  isPathReserved,
  rowById,
} from './ledger-rows.ts';
import { temporaryPath } from './output-file.ts';
import { currentProcess } from './process-identity.ts';

export interface LedgerOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long a lease lasts unless it is renewed. */
  readonly leaseMs: number;
  /** Who the ledger says is at work. */
  readonly owner: string;
}

const noLease = 'lease_token = NULL, lease_holder = NULL, lease_expires_at = NULL';

/**
 * Open the ledger of a batch.
 *
 * @throws {LedgerUnusableError}
 */
export function openLedger(path: string, options: LedgerOptions): BatchLedger {
  const { now, leaseMs, owner } = options;
  const database = openLedgerDatabase(resolve(path));
  const self = currentProcess();
  const holder = JSON.stringify({ owner, ...self });

  function transaction<T>(work: () => T): T {
    try {
      return inTransaction(database, work);
    } catch (error) {
      throw isSqliteError(error) ? new LedgerUnusableError(path, error) : error;
    }
  }

  function update(lease: Lease, assignments: string, values: readonly SQLInputValue[] = []): void {
    const { changes } = database
      .prepare(`UPDATE file SET ${assignments}, updated_at = ? WHERE id = ? AND lease_token = ?`)
      .run(...values, now(), lease.id, lease.token);
    if (changes === 0) throw new LeaseLostError(lease.path);
  }

  return {
    reclaimLeases: () =>
      transaction(() => {
        const over = findLeasedRows(database).filter((row) => isLeaseOver(row, self, now()));
        for (const row of over) {
          const lease = { id: row.id, path: row.path, token: row.lease_token! };
          update(lease, `state = ?, ${noLease}`, [stateWithoutHolder(row)]);
        }
        return over.flatMap((row) => {
          const path = row.state === 'scoring' ? row.output_path : row.archive_path;
          return path === null ? [] : [temporaryPath(path, row.lease_token!)];
        });
      }),

    claim: (request) =>
      transaction(() =>
        claimFile(database, request, {
          token: randomUUID(),
          holder,
          expiresAt: now() + leaseMs,
          grantedAt: now(),
        }),
      ),

    renew: (lease) => transaction(() => update(lease, 'lease_expires_at = ?', [now() + leaseMs])),

    recordScored: (lease, { rowCount, publish }) =>
      transaction(() => {
        update(lease, `state = 'scored', row_count = ?, error_code = NULL, error_message = NULL`, [
          rowCount,
        ]);
        let path = rowById(database, lease.id)!.output_path!;
        while (!publish(path)) {
          path = freeOutputPath(database, lease.path, dirname(path));
          update(lease, 'output_path = ?', [path]);
        }
        return path;
      }),

    planArchive: (lease, archiveFolder, taken) =>
      transaction(() => {
        const planned = rowById(database, lease.id)?.archive_path ?? null;
        const isUsable =
          planned !== null && planned !== taken && dirname(planned) === archiveFolder;
        if (isUsable) return planned;
        const name = freeName(basename(lease.path), (candidate) => {
          const candidatePath = join(archiveFolder, candidate);
          return existsSync(candidatePath) || isPathReserved(database, candidatePath);
        });
        const archivePath = join(archiveFolder, name);
        update(lease, 'archive_path = ?', [archivePath]);
        return archivePath;
      }),

    recordArchived: (lease) => transaction(() => update(lease, `state = 'archived', ${noLease}`)),

    recordFailed: (lease, { code, message }) =>
      transaction(() =>
        update(
          lease,
          `state = 'failed', output_path = NULL, error_code = ?, error_message = ?, ${noLease}`,
          [code, message],
        ),
      ),

    release: (lease) =>
      transaction(() => {
        const row = rowById(database, lease.id);
        if (row?.lease_token !== lease.token) return;
        update(lease, `state = ?, ${noLease}`, [stateWithoutHolder(row)]);
      }),

    close: () => database.close(),
  };
}

function isSqliteError(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ERR_SQLITE_ERROR';
}

/**
 * Scoring that was given up is as if it had not begun. What was scored stays scored, and is archived
 * when its holder came to move the file but not to note that down.
 */
function stateWithoutHolder({ state, path, archive_path: archivePath }: LedgerRow): string {
  if (state === 'scoring') return 'waiting';
  const isMoved = archivePath !== null && existsSync(archivePath) && !existsSync(path);
  return state === 'scored' && isMoved ? 'archived' : state;
}
