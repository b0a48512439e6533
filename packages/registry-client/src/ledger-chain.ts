import { type JsonObject, canonicalJson } from '@gnu-mlops/core';
import type { LedgerEntry } from './entities.ts';
import { sha256Hex } from './sha256.ts';

/** What the first entry of every model's chain has as its `previousHash`. */
export const FIRST_PREVIOUS_HASH = '0'.repeat(64);

/** What is wrong with one entry of a ledger. */
export interface LedgerProblem {
  readonly sequence: number;
  readonly modelName: string;
  readonly problem: 'hash_mismatch' | 'chain_broken' | 'order_wrong';
  readonly message: string;
}

/** Whether a ledger is whole, and where it is not. */
export interface LedgerVerification {
  readonly isValid: boolean;
  readonly entryCount: number;
  readonly problems: readonly LedgerProblem[];
}

/** The SHA-256 of every field but `hash` itself, as 64 hex digits. */
export function hashLedgerEntry(entry: Omit<LedgerEntry, 'hash'>): string {
  const fields: Record<keyof Omit<LedgerEntry, 'hash'>, string | number | null> = {
    sequence: entry.sequence,
    modelName: entry.modelName,
    version: entry.version,
    fromStage: entry.fromStage,
    toStage: entry.toStage,
    displacedVersion: entry.displacedVersion,
    actor: entry.actor,
    reason: entry.reason,
    evidence: entry.evidence,
    at: entry.at,
    previousHash: entry.previousHash,
  };
  return sha256Hex(canonicalJson(fields satisfies JsonObject));
}

/**
 * Check that no entry of a ledger was changed, removed, inserted or moved. Every model has a chain
 * of its own, so the ledger of one model verifies alone, and that of several models together too.
 * Entries cut off at the end do not show in the chain: keep the newest hash elsewhere to see that.
 *
 * @param entries whole chains, oldest entry first.
 */
export function verifyLedger(entries: readonly LedgerEntry[]): LedgerVerification {
  const problems: LedgerProblem[] = [];
  const newest = new Map<string, LedgerEntry>();
  for (const entry of entries) {
    const before = newest.get(entry.modelName);
    newest.set(entry.modelName, entry);
    const { sequence, modelName } = entry;
    const where = `Entry ${sequence} of "${modelName}"`;
    if (hashLedgerEntry(entry) !== entry.hash) {
      const message = `${where} does not match its hash: it was changed after it was written.`;
      problems.push({ sequence, modelName, problem: 'hash_mismatch', message });
    }
    if (entry.previousHash !== (before?.hash ?? FIRST_PREVIOUS_HASH)) {
      const message = `${where} does not follow ${before === undefined ? 'the beginning' : `entry ${before.sequence}`}: an entry between them was changed, removed or inserted.`;
      problems.push({ sequence, modelName, problem: 'chain_broken', message });
    }
    if (before !== undefined && before.sequence >= sequence) {
      const message = `${where} comes after entry ${before.sequence}, which has the same number or a higher one.`;
      problems.push({ sequence, modelName, problem: 'order_wrong', message });
    }
  }
  return { isValid: problems.length === 0, entryCount: entries.length, problems };
}
