import type { LedgerEntry } from '../entities.ts';

/** What the evidence of a copied stage move says. */
export interface CopiedEvidence {
  /** The registry or folder that it was copied from. */
  readonly registry: string;
  /** The version at the source, by what identifies it. */
  readonly versionDigest: string;
  /** The move as the source's ledger has it, hashes and all; null where that has none. */
  readonly entry: LedgerEntry | null;
  /** Milliseconds since the epoch. */
  readonly copiedAt: number;
  readonly copiedBy: string;
}

/** JSON text for the evidence of a copied move. */
export function formatCopiedEvidence(evidence: CopiedEvidence): string {
  return JSON.stringify({ copied_from: evidence });
}

/** What the evidence of a move says about where it was copied from; undefined for any other move. */
export function parseCopiedEvidence(evidence: string): CopiedEvidence | undefined {
  const parsed = JSON.parse(evidence) as { copied_from?: Partial<CopiedEvidence> } | null;
  const copied = parsed?.copied_from;
  return typeof copied?.versionDigest === 'string' ? (copied as CopiedEvidence) : undefined;
}
