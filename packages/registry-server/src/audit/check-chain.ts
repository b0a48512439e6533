import { basename } from 'node:path';
import {
  type AuditEntry,
  type AuditHead,
  FIRST_HEAD,
  readAuditLine,
  sha256,
} from './audit-entry.ts';
import type { RawLine } from './read-lines.ts';

/** What is wrong with an audit log, and where. */
export interface AuditProblem {
  /** Name of the file. */
  readonly file: string;
  /** From 1; 0: the file as a whole. */
  readonly line: number;
  readonly problem:
    | 'line_changed'
    | 'line_unreadable'
    | 'line_missing'
    | 'entries_missing'
    | 'order_wrong'
    | 'chain_broken'
    | 'beginning_missing'
    | 'end_missing'
    | 'head_missing'
    | 'head_mismatch';
  /** One sentence for a person. */
  readonly message: string;
}

/** Follows the chain line by line, over all files of a log. */
export interface ChainCheck {
  readonly problems: readonly AuditProblem[];
  readonly entryCount: number;
  /** Unfinished lines that crashes left; what they would have told was never answered as done. */
  readonly tornLines: number;
  readonly first: AuditEntry | undefined;
  readonly last: AuditEntry | undefined;
  /** Take the next line. */
  take(file: string, line: RawLine): void;
  /** No line follows. */
  end(): void;
}

/**
 * @param known heads that entries with their number must have.
 */
export function createChainCheck(known: readonly AuditHead[]): ChainCheck {
  const problems: AuditProblem[] = [];
  let entryCount = 0;
  let tornLines = 0;
  let first: AuditEntry | undefined;
  let last: AuditEntry | undefined;
  /** Lines since the last entry that are reported already. */
  let reported = 0;
  /** The line before, when it is no entry: the next entry says whether a crash left it. */
  let broken: { readonly file: string; readonly line: RawLine } | undefined;

  function report(
    at: { readonly file: string; readonly line: RawLine },
    problem: AuditProblem['problem'],
    message: string,
  ): void {
    const { file, line } = at;
    problems.push({ file: basename(file), line: line.number, problem, message });
  }

  function settleBroken(torn: string | null): void {
    if (broken === undefined) return;
    const at = broken;
    broken = undefined;
    if (torn === sha256(at.line.bytes)) {
      tornLines++;
      return;
    }
    reported++;
    const claim = claimedSequence(at.line);
    if (claim === undefined) report(at, 'line_unreadable', 'The line is no entry.');
    else report(at, 'line_changed', `Entry ${claim} was changed after it was written.`);
  }

  function follow(at: { file: string; line: RawLine }, entry: AuditEntry): void {
    if (entry.torn !== null && broken === undefined) {
      report(at, 'line_missing', 'The unfinished line that stood before it was removed.');
    }
    settleBroken(entry.torn);
    const before = last?.sequence ?? 0;
    const next = before + 1 + reported;
    if (entry.sequence <= before) {
      const message = `Entry ${entry.sequence} follows entry ${before}: lines were moved or added.`;
      report(at, 'order_wrong', message);
    } else if (entry.sequence > next && last !== undefined) {
      const end = entry.sequence - 1;
      const missing = end === next ? `entry ${next} is` : `entries ${next} to ${end} are`;
      report(at, 'entries_missing', `Before entry ${entry.sequence}, ${missing} missing.`);
    } else if (reported === 0 && entry.previousHash !== (last ?? FIRST_HEAD).hash) {
      if (last === undefined && entry.sequence > 1) return;
      const message = `Entry ${entry.sequence} does not follow the entry ${before} that stands before it: one of them was replaced.`;
      report(at, 'chain_broken', message);
    }
  }

  return {
    problems,
    get entryCount() {
      return entryCount;
    },
    get tornLines() {
      return tornLines;
    },
    get first() {
      return first;
    },
    get last() {
      return last;
    },
    take(file, line) {
      const at = { file, line };
      const entry = readAuditLine(line.bytes.toString('utf8'));
      if (entry === undefined) {
        settleBroken(null);
        broken = at;
        return;
      }
      follow(at, entry);
      reported = 0;
      entryCount++;
      first ??= entry;
      last = entry;
      const head = known.find(({ sequence }) => sequence === entry.sequence);
      if (head !== undefined && head.hash !== entry.hash) {
        const message = `Entry ${entry.sequence} is not the one that was written: all from it on may be made up.`;
        report(at, 'head_mismatch', message);
      }
    },
    end() {
      // Nothing says whether a last line without an end was torn or cut: the head does, by its number.
      if (broken?.line.isEnded === false) {
        tornLines++;
        broken = undefined;
      }
      settleBroken(null);
    },
  };
}

/** The number that a changed line claims to have. */
function claimedSequence(line: RawLine): number | undefined {
  const match = /^\{"sequence":(\d{1,15}),.*"hash":"[0-9a-f]{64}"\}$/s.exec(line.bytes.toString());
  return match === null ? undefined : Number(match[1]);
}
