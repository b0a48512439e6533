import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { freeName, outputName } from './free-name.ts';
import type { Claim, ClaimRequest } from './ledger.ts';
import {
  type LedgerRow,
  findLeasedRows,
  findRow,
  findUnfinishedRows,
  isPathReserved,
} from './ledger-rows.ts';

/** A lease to be written to the ledger. */
export interface NewLease {
  readonly token: string;
  /** JSON text of the owner's name and process. */
  readonly holder: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly grantedAt: number;
}

/** Take a lease on a file, unless someone holds one. Belongs in a transaction. */
export function claimFile(database: DatabaseSync, request: ClaimRequest, lease: NewLease): Claim {
  const { identity, model } = request;
  if (findLeasedRows(database).some((row) => row.path === identity.path)) return { kind: 'leased' };
  const known = findRow(database, identity, model);
  const isScored = known?.state === 'scored' || known?.state === 'archived';
  const { outputPath, isInherited } = isScored
    ? { outputPath: known.output_path!, isInherited: true }
    : reserveOutput(database, request, known);
  const { id } = database
    .prepare(
      `INSERT INTO file (path, size_bytes, mtime_ns, digest, model, state, attempts, updated_at,
         output_path, lease_token, lease_holder, lease_expires_at)
       VALUES (:path, :sizeBytes, :mtimeNs, :digest, :model, :state, 1, :grantedAt,
         :outputPath, :token, :holder, :expiresAt)
       ON CONFLICT DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at,
         attempts = attempts + (excluded.state = 'scoring'), output_path = excluded.output_path,
         lease_token = excluded.lease_token, lease_holder = excluded.lease_holder,
         lease_expires_at = excluded.lease_expires_at
       RETURNING id`,
    )
    .get({
      ...identity,
      ...lease,
      model,
      outputPath,
      state: isScored ? 'scored' : 'scoring',
    }) as unknown as Pick<LedgerRow, 'id'>;
  const held = { lease: { id, token: lease.token, path: identity.path }, outputPath };
  return isScored ? { kind: 'scored', ...held } : { kind: 'score', ...held, isInherited };
}

/**
 * The path for the scored file. A process that was killed may have filled the path that it reserved
 * just before it could note that down: whoever scores the file again replaces that output, also
 * when the waiting file is another one by now.
 */
function reserveOutput(
  database: DatabaseSync,
  request: ClaimRequest,
  known: LedgerRow | undefined,
): Pick<Extract<Claim, { kind: 'score' }>, 'outputPath' | 'isInherited'> {
  const { identity, outputFolder } = request;
  const unfinished = findUnfinishedRows(database, identity.path);
  const inherited = unfinished.find(
    (row) => row.output_path !== null && dirname(row.output_path) === outputFolder,
  );
  for (const { id } of unfinished) {
    if (id !== known?.id) database.prepare('DELETE FROM file WHERE id = ?').run(id);
  }
  if (inherited !== undefined) return { outputPath: inherited.output_path!, isInherited: true };
  return { outputPath: freeOutputPath(database, identity.path, outputFolder), isInherited: false };
}

/** A path for the scored file that nothing has and no other file is going to take. */
export function freeOutputPath(
  database: DatabaseSync,
  inputPath: string,
  outputFolder: string,
): string {
  const name = freeName(outputName(basename(inputPath)), (candidate) => {
    const path = join(outputFolder, candidate);
    return existsSync(path) || isPathReserved(database, path);
  });
  return join(outputFolder, name);
}
