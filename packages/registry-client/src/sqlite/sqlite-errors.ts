import { isGnuMlopsError } from '@gnu-mlops/core';
import { DiskFullError, StoreBusyError, StoreUnavailableError } from '../store-errors.ts';

/** SQLite's primary result codes. @see https://www.sqlite.org/rescode.html */
const ERROR = 1;
const BUSY = 5;
const LOCKED = 6;
const FULL = 13;
const problems: Readonly<Record<number, string>> = {
  3: 'permission was denied.',
  8: 'it can only be read. Check the permissions of the file and of its folder.',
  10: 'the disk reported an error.',
  11: 'the database is damaged. Restore it from a backup.',
  14: 'the file cannot be opened. Check that it is a file and that its folder may be written.',
  26: 'the file is no SQLite database. Choose another file.',
};

/** Our error for what SQLite threw; anything else as it is. */
export function translateSqliteError(error: unknown, path: string): unknown {
  if (isGnuMlopsError(error) || !(error instanceof Error) || !('errcode' in error)) return error;
  const code = Number(error.errcode) & 0xff;
  if (code === BUSY || code === LOCKED) return new StoreBusyError(path, { cause: error });
  if (code === FULL) return new DiskFullError(path, { cause: error });
  const problem = code === ERROR ? changedSchema(error) : problems[code];
  return problem === undefined ? error : new StoreUnavailableError(path, problem, { cause: error });
}

/** What is asked for is there in every store, unless somebody else has changed the tables. */
function changedSchema({ message }: Error): string | undefined {
  return /^no such (?:table|column|index)/.test(message)
    ? `its tables are not those that this package made (${message}). Restore it from a backup.`
    : undefined;
}

/** Our error for what the file system threw; anything else as it is. */
export function translateFileError(error: unknown, path: string): unknown {
  if (isGnuMlopsError(error) || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return new DiskFullError(path, { cause: error });
  }
  return new StoreUnavailableError(path, `${error.message}.`, { cause: error });
}
