import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  unlinkSync,
} from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OutputWriteError } from './errors.ts';

/** A scored file in the making: nothing of it shows under its own name before `publish`. */
export interface OutputFile {
  /** The temporary file that the rows are written to, until it is renamed. */
  readonly path: string;
  write(content: Uint8Array): Promise<void>;
  /** Bring everything written onto the disk, and close the temporary file. */
  finish(): Promise<void>;
  /**
   * Give the finished file its own name. Synchronous, so that it can be part of a ledger transaction.
   *
   * @param existing what happens to a file that has the name: it is replaced, or it stays.
   * @returns false when another file has the name and stays.
   */
  publish(path: string, existing: 'replace' | 'keep'): boolean;
  /** Drop what was written. Harmless after `publish`. */
  discard(): Promise<void>;
}

/** A file name may have 255 bytes, and a character in UTF-8 up to 4 of them. */
const keptCharacters = 48;

/** The hidden file beside the output, distinct for every lease, that the rows are written to. */
export function temporaryPath(outputPath: string, leaseToken: string): string {
  const name = Array.from(basename(outputPath)).slice(0, keptCharacters).join('');
  return join(dirname(outputPath), `.${name}.${leaseToken}.tmp`);
}

/**
 * Start a scored file. Every method throws {@link OutputWriteError} when the disk refuses.
 */
export async function createOutputFile(path: string, leaseToken: string): Promise<OutputFile> {
  const temporary = temporaryPath(path, leaseToken);
  const file = await guarded(() => open(temporary, 'wx'));
  let isOpen = true;

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw new OutputWriteError(path, cause);
    }
  }
  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await file.close();
  }
  return {
    path: temporary,
    write: (content) => guarded(() => writeAll(file, content)),
    finish: () =>
      guarded(async () => {
        await file.sync();
        await close();
      }),
    publish(name, existing) {
      try {
        if (existing === 'replace') renameSync(temporary, name);
        else if (!renameToFree(temporary, name)) return false;
        syncFolder(dirname(name));
        return true;
      } catch (cause) {
        throw new OutputWriteError(name, cause);
      }
    },
    async discard() {
      await close();
      await rm(temporary, { force: true });
    },
  };
}

async function writeAll(file: FileHandle, content: Uint8Array): Promise<void> {
  for (let offset = 0; offset < content.length;) {
    offset += (await file.write(content, offset)).bytesWritten;
  }
}

/**
 * Rename a file, unless another one has the name, which it may have got in this very instant from a
 * run with a ledger of its own.
 */
function renameToFree(from: string, to: string): boolean {
  try {
    linkSync(from, to);
  } catch {
    if (existsSync(to)) return false;
    // Not every file system has links.
    renameSync(from, to);
    return true;
  }
  unlinkSync(from);
  return true;
}

/** A rename lasts through a power cut only once its folder is on the disk. */
function syncFolder(folder: string): void {
  // Windows opens no folder as a file, and keeps renames in its journal.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
