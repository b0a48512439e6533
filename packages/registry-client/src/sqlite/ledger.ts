import type { Stage } from '@gnu-mlops/core';
import type { LedgerEntry } from '../entities.ts';
import { FIRST_PREVIOUS_HASH, hashLedgerEntry } from '../ledger-chain.ts';
import type { Store } from './store.ts';

interface LedgerRow {
  readonly sequence: number;
  readonly model_name: string;
  readonly version: string;
  readonly from_stage: Stage;
  readonly to_stage: Stage;
  readonly displaced_version: string | null;
  readonly actor: string;
  readonly reason: string;
  readonly evidence: string;
  readonly at: number;
  readonly previous_hash: string;
  readonly hash: string;
}

/**
 * Every stage move of a model, oldest first; none for a model that never moved. What it did under
 * earlier names is in it, up to when it gave them up; so is what another model of its name did.
 */
export function readLedger(store: Store, name: string): LedgerEntry[] {
  return store.db
    .all<LedgerRow>(
      `SELECT * FROM stage_ledger WHERE model_name = ?
       UNION
       SELECT l.* FROM former_model_names f
       JOIN stage_ledger l ON l.model_name = f.former_name AND l.sequence <= f.until_sequence
       WHERE f.name = ?
       ORDER BY sequence`,
      [name, name],
    )
    .map(toEntry);
}

/** Append to the ledger, inside a write; sequence and hashes follow from what is there. */
export function appendLedger(
  store: Store,
  move: Omit<LedgerEntry, 'sequence' | 'previousHash' | 'hash'>,
): LedgerEntry {
  const { sequence } = store.db.get<{ sequence: number }>(
    'SELECT ifnull(max(sequence), 0) + 1 AS sequence FROM stage_ledger',
    [],
  )!;
  const previous = store.db.get<{ hash: string }>(
    'SELECT hash FROM stage_ledger WHERE model_name = ? ORDER BY sequence DESC LIMIT 1',
    [move.modelName],
  );
  const unhashed = { ...move, sequence, previousHash: previous?.hash ?? FIRST_PREVIOUS_HASH };
  const entry: LedgerEntry = { ...unhashed, hash: hashLedgerEntry(unhashed) };
  store.db.run(
    `INSERT INTO stage_ledger (sequence, model_name, version, from_stage, to_stage,
       displaced_version, actor, reason, evidence, at, previous_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      entry.sequence,
      entry.modelName,
      entry.version,
      entry.fromStage,
      entry.toStage,
      entry.displacedVersion,
      entry.actor,
      entry.reason,
      entry.evidence,
      entry.at,
      entry.previousHash,
      entry.hash,
    ],
  );
  return entry;
}

function toEntry(row: LedgerRow): LedgerEntry {
  return {
    sequence: row.sequence,
    modelName: row.model_name,
    version: row.version,
    fromStage: row.from_stage,
    toStage: row.to_stage,
    displacedVersion: row.displaced_version,
    actor: row.actor,
    reason: row.reason,
    evidence: row.evidence,
    at: row.at,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
