import { createReadStream } from 'node:fs';
import { withFileErrors } from './durable-files.ts';
import { parseJournalLine } from './journal-line.ts';
import { OfflineDamagedError } from './offline-errors.ts';
import { splitLines } from './split-lines.ts';

/** What is in a journal. */
export interface JournalContent {
  /** Oldest first. */
  readonly entries: readonly unknown[];
  /** How many bytes of the file are whole lines. */
  readonly wholeBytes: number;
}

/**
 * Read a journal. A last line that is not whole was never acknowledged and is left out; any other is
 * an error.
 *
 * @throws {OfflineDamagedError | StoreUnavailableError}
 */
export async function readJournal(path: string): Promise<JournalContent> {
  const entries: unknown[] = [];
  let wholeBytes = 0;
  let lineNumber = 0;
  let tornLine: number | undefined;
  await withFileErrors(path, async () => {
    for await (const line of splitLines(createReadStream(path))) {
      lineNumber++;
      if (tornLine !== undefined) {
        throw new OfflineDamagedError(path, `line ${tornLine} was changed after it was written.`);
      }
      const group = parseLine(line.toString('utf8'));
      if (group === undefined) tornLine = lineNumber;
      else {
        for (const entry of group) entries.push(entry);
        wholeBytes += line.length;
      }
    }
  });
  return { entries, wholeBytes };
}

function parseLine(line: string): readonly unknown[] | undefined {
  const group = line.endsWith('\n') ? parseJournalLine(line.slice(0, -1)) : undefined;
  return Array.isArray(group) ? group : undefined;
}
