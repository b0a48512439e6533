import { basename } from 'node:path';
import { AuditNotFoundError, AuditUnavailableError } from './audit-errors.ts';
import { type AuditHead, readAuditLine } from './audit-entry.ts';
import { auditFiles, findLogs } from './audit-files.ts';
import { readAuditHead } from './audit-head.ts';
import { type AuditProblem, createChainCheck } from './check-chain.ts';
import { readLines } from './read-lines.ts';

export interface VerifyAuditOptions {
  /** Heads that were noted elsewhere, where nobody with access to the log could change them. */
  readonly knownHeads?: readonly AuditHead[];
  /** Whether old files may have been cleared away; default `required`. */
  readonly beginning?: 'required' | 'may_be_missing';
}

/** Whether an audit log is whole, and where it is not. */
export interface AuditVerification {
  readonly isValid: boolean;
  /** Names, oldest entries first. */
  readonly files: readonly string[];
  readonly entryCount: number;
  /** The first entry's number; 0: there is none. */
  readonly firstSequence: number;
  /** The newest entry. Note it elsewhere: a later check then finds even a log that was made anew. */
  readonly head: AuditHead | null;
  /** Unfinished lines that crashes left. */
  readonly tornLines: number;
  /** In the order of the log. */
  readonly problems: readonly AuditProblem[];
}

/**
 * Check that no line of an audit log was changed, removed, added or moved since it was written, over
 * all files that the log was moved to.
 *
 * @throws {AuditNotFoundError} when the folder holds none.
 * @throws {AuditUnavailableError} when a file cannot be read.
 */
export async function verifyAudit(
  folder: string,
  { knownHeads = [], beginning = 'required' }: VerifyAuditOptions = {},
): Promise<AuditVerification> {
  const names = auditFiles(folder);
  try {
    // Before the log: a line that is added meanwhile is then ahead of it, which a crash explains too.
    const head = readAuditHead(names.head);
    const files = await inOrder(findLogs(folder));
    if (files.length === 0 && head === undefined) throw new AuditNotFoundError(folder);
    const check = createChainCheck(head === undefined ? knownHeads : [...knownHeads, head]);
    for (const file of files) {
      for await (const line of readLines(file)) check.take(file, line);
    }
    check.end();
    const { first, last, entryCount, tornLines } = check;
    const problems = [
      ...(beginning === 'required' ? beginningProblems(files[0], first?.sequence ?? 1) : []),
      ...check.problems,
      ...endProblems(names.head, head, last?.sequence ?? 0, knownHeads),
    ];
    return {
      isValid: problems.length === 0,
      files: files.map((file) => basename(file)),
      entryCount,
      firstSequence: first?.sequence ?? 0,
      head: last === undefined ? null : { sequence: last.sequence, hash: last.hash },
      tornLines,
      problems,
    };
  } catch (error) {
    if (error instanceof AuditNotFoundError) throw error;
    throw new AuditUnavailableError(folder, { cause: error });
  }
}

/** By their first entry, as a log may have been moved aside under any name. */
async function inOrder(files: readonly string[]): Promise<string[]> {
  const starts = await Promise.all(
    files.map(async (file) => ({ file, start: await firstSequence(file) })),
  );
  return starts.sort((a, b) => a.start - b.start).map(({ file }) => file);
}

async function firstSequence(file: string): Promise<number> {
  for await (const { bytes } of readLines(file)) {
    const entry = readAuditLine(bytes.toString('utf8'));
    if (entry !== undefined) return entry.sequence;
  }
  return Infinity;
}

function beginningProblems(file: string | undefined, first: number): AuditProblem[] {
  if (first === 1) return [];
  const message = `The log begins with entry ${first}: the files before it are not here.`;
  return [{ file: basename(file ?? ''), line: 1, problem: 'beginning_missing', message }];
}

function endProblems(
  headFile: string,
  head: AuditHead | undefined,
  last: number,
  known: readonly AuditHead[],
): AuditProblem[] {
  const file = basename(headFile);
  const newest = Math.max(head?.sequence ?? 0, ...known.map(({ sequence }) => sequence));
  const problems: AuditProblem[] = [];
  if (head === undefined) {
    const message = 'The file is gone or unreadable that says which entry is the newest.';
    problems.push({ file, line: 0, problem: 'head_missing', message });
  }
  if (newest > last) {
    const message = `The log ends with entry ${last}, and entry ${newest} was written: lines were cut off.`;
    problems.push({ file, line: 0, problem: 'end_missing', message });
  }
  return problems;
}
