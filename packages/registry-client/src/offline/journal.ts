import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { translateFileError } from '../sqlite/sqlite-errors.ts';
import { RegistryClosedError } from '../store-errors.ts';
import { formatJournalLine } from './journal-line.ts';
import { syncFolder } from '../sqlite/sync-folder.ts';

/** A file that only grows. */
export interface Journal {
  /**
   * Append an entry. When the promise resolves, it is on the disk: neither the end of the process nor
   * a loss of power takes it away. Entries appended at the same time share one wait for the disk.
   */
  append(entry: object): Promise<void>;
  /** Wait for what is being appended, and close the file. */
  close(): Promise<void>;
}

interface Waiting {
  readonly entry: object;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Open a journal for writing.
 *
 * @param wholeBytes how many bytes of the file are whole lines; what a dead writer left behind them
 *   is cut off. 0: the file must not be there yet.
 */
export async function openJournal(path: string, wholeBytes: number): Promise<Journal> {
  const file = await openFile(path, wholeBytes);
  let size = wholeBytes;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let refusal: unknown;

  async function writeWaiting(): Promise<void> {
    // Everything that is appended in this turn of the event loop goes together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await writeGroup(group).then(
        () => group.forEach(({ resolve }) => resolve()),
        (error: unknown) => group.forEach(({ reject }) => reject(error)),
      );
    }
    writing = undefined;
  }

  async function writeGroup(group: readonly Waiting[]): Promise<void> {
    // One line, so that a writer that dies leaves one torn line at most.
    const bytes = Buffer.from(formatJournalLine(group.map(({ entry }) => entry)));
    try {
      await writeAll(file, bytes, size);
      await file.datasync();
    } catch (cause) {
      const error = translateFileError(cause, path);
      // Half a line must not stand before the next one; where it cannot be cut off, none may follow.
      await file.truncate(size).catch(() => (refusal = error));
      throw error;
    }
    size += bytes.length;
  }

  return {
    append(entry) {
      if (refusal !== undefined) return Promise.reject(refusal);
      const appended = new Promise<void>((resolve, reject) => {
        waiting.push({ entry, resolve, reject });
      });
      writing ??= writeWaiting();
      return appended;
    },
    async close() {
      refusal = new RegistryClosedError(path);
      await writing;
      await file.close();
    },
  };
}

async function openFile(path: string, wholeBytes: number): Promise<FileHandle> {
  try {
    const file = await open(path, wholeBytes === 0 ? 'wx' : 'r+');
    if (wholeBytes === 0) await syncFolder(dirname(path));
    else await file.truncate(wholeBytes);
    return file;
  } catch (error) {
    throw translateFileError(error, path);
  }
}

async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}
