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

/**
 * JSON text for the evidence of a copied move: what the original's says, as far as it is an object,
 * so that gates and actions are read in the copy as they were, and where it was copied from.
 */
export function formatCopiedEvidence(evidence: CopiedEvidence): string {
  const original = parseObject(evidence.entry?.evidence ?? '{}');
  return JSON.stringify({ ...original, copied_from: evidence });
}

/** What the evidence of a move says about where it was copied from; undefined for any other move. */
export function parseCopiedEvidence(evidence: string): CopiedEvidence | undefined {
  const copied = parseObject(evidence)['copied_from'] as Partial<CopiedEvidence> | undefined;
  return typeof copied?.versionDigest === 'string' ? (copied as CopiedEvidence) : undefined;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
