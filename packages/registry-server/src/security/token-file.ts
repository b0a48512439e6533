import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { TokenFileError } from './security-errors.ts';
import { type TokenEvent, formatTokenEvent, parseTokenEvent } from './token-event.ts';

/** Group and others may not write: whoever can add a line lets himself in. */
const FOREIGN_WRITE = 0o022;

/**
 * Everything in a file of tokens, oldest first; nothing when there is no file.
 *
 * @throws {TokenFileError} when it cannot be read, holds what was not written here, or others may
 *   write to it.
 */
export function readTokenFile(path: string): TokenEvent[] {
  let text: string;
  try {
    checkMode(path, statSync(path).mode);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw asTokenFileError(path, error);
  }
  // Without the last piece: empty, or what a power cut left of a line that nobody was told of.
  const lines = text.split('\n').slice(0, -1);
  return lines.flatMap((line, index) => {
    const event = parseTokenEvent(line);
    if (event !== undefined) return [event];
    if (line === '' || lines[index + 1] === '') return [];
    throw new TokenFileError(path, `line ${index + 1} is no token. Restore the file or remove it.`);
  });
}

/**
 * Add one event, on disk before this returns. Any number of processes may do so at once: a line is
 * one write at the end of the file.
 *
 * @throws {TokenFileError} when it cannot be written.
 */
export function appendTokenEvent(path: string, event: TokenEvent): void {
  const { O_APPEND, O_CREAT, O_RDWR } = constants;
  let file: number | undefined;
  try {
    file = openSync(path, O_APPEND | O_CREAT | O_RDWR, 0o600);
    checkMode(path, fstatSync(file).mode);
    const line = Buffer.from(`${endOfTornLine(file)}${formatTokenEvent(event)}`);
    // A full disk may take a part, which is no error to the system.
    if (writeSync(file, line) < line.length) {
      throw new TokenFileError(path, 'the disk is full. Make room, then try again.');
    }
    fsyncSync(file);
  } catch (error) {
    throw asTokenFileError(path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Something that differs whenever the file does; `none` where there is no file. */
export function tokenFileStamp(path: string): string {
  let stats: BigIntStats | undefined;
  try {
    stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    throw asTokenFileError(path, error);
  }
  return stats === undefined ? 'none' : `${stats.ino}-${stats.size}-${stats.mtimeNs}-${stats.mode}`;
}

/** An empty line after what a crash left unfinished: {@link readTokenFile} then passes over it. */
function endOfTornLine(file: number): string {
  const { size } = fstatSync(file);
  if (size === 0) return '';
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last.toString() === '\n' ? '' : '\n\n';
}

function checkMode(path: string, mode: number): void {
  if (process.platform === 'win32' || (mode & FOREIGN_WRITE) === 0) return;
  throw new TokenFileError(path, 'others may write to it. Take that away: chmod 600.');
}

function asTokenFileError(path: string, error: unknown): unknown {
  if (error instanceof TokenFileError) return error;
  const { code = 'unknown', message } = error as NodeJS.ErrnoException;
  return new TokenFileError(path, `${message || code}. Check the folder and its permissions.`, {
    cause: error,
  });
}
