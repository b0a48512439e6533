import type { FileError } from './batch-report.ts';
import type { FileIdentity } from './file-identity.ts';

/** The right to work on one file, held until it is given back or runs out. */
export interface Lease {
  /** The ledger's row. */
  readonly id: number;
  /** Only the holder knows it. */
  readonly token: string;
  readonly path: string;
}

/** What a claim on a file came to. */
export type Claim =
  /** Ours to score, into that path. */
  | {
      readonly kind: 'score';
      readonly lease: Lease;
      readonly outputPath: string;
      /** Whether a process that was killed may have filled that path: it is replaced then. */
      readonly isInherited: boolean;
    }
  /** Scored before by this model: ours to archive. */
  | { readonly kind: 'scored'; readonly lease: Lease; readonly outputPath: string }
  /** Another process is at work on it. */
  | { readonly kind: 'leased' };

export interface ClaimRequest {
  readonly identity: FileIdentity;
  /** As in the batch report. */
  readonly model: string;
  readonly outputFolder: string;
}

/**
 * Which files were scored by which model, and who is at work on which file: shared by all processes
 * that run batches, in one SQLite file. Every method is one transaction.
 */
export interface BatchLedger {
  /**
   * Take the leases back that ran out or whose process has ended.
   *
   * @returns the temporary files that their holders may have left behind, scored files and copies
   *   for the archive in the making.
   */
  reclaimLeases(): string[];
  claim(request: ClaimRequest): Claim;
  /** @throws {LeaseLostError} */
  renew(lease: Lease): void;
  /**
   * Make the scored file visible and note it down, unless the lease is lost: `publish` runs while no
   * other process can claim anything, and says whether the path was free; if not, with another one.
   *
   * @returns the path that it was.
   * @throws {LeaseLostError} without having called `publish`.
   */
  recordScored(
    lease: Lease,
    outcome: { rowCount: number; publish: (outputPath: string) => boolean },
  ): string;
  /**
   * Where in the archive the input goes: as planned before, by this process or by one that was
   * killed, or else a name that is free; `taken` is a planned path that turned out not to be.
   */
  planArchive(lease: Lease, archiveFolder: string, taken?: string): string;
  /** Note that the input is archived, and give the lease back. */
  recordArchived(lease: Lease): void;
  /** Note why the file could not be scored, and give the lease back. */
  recordFailed(lease: Lease, error: FileError): void;
  /** Give the lease back, unless it is lost; a file that was not scored waits again. */
  release(lease: Lease): void;
  close(): void;
}
