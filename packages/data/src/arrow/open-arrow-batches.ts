import type * as Arrow from 'apache-arrow';
import type { RecordBatch, RecordBatchReader, Schema } from 'apache-arrow';
import { isGnuMlopsError } from '@gnu-mlops/core';
import { type FileHandle, open } from 'node:fs/promises';
import { openByteReader, readPieces } from '../byte-reader.ts';
import type { ByteSource } from '../byte-source.ts';
import type { RowPiece } from '../cell-collector.ts';
import { FileChangedError } from '../errors.ts';
import { fileError } from '../file-error.ts';
import { FileDamagedError } from '../format-errors.ts';
import { loadArrow } from './load-arrow.ts';

/** A record batch, and the number of its first row, from 0. */
export interface ArrowPiece extends RowPiece {
  readonly firstRow: number;
  readonly batch: RecordBatch;
}

/** Arrow IPC that is read batch by batch, once. */
export interface ArrowBatches extends AsyncIterable<ArrowPiece> {
  readonly arrow: typeof Arrow;
  readonly schema: Schema;
  readonly layout: 'file' | 'stream';
  close(): Promise<void>;
}

/**
 * Open Arrow IPC, the stream or the file format, told apart by their first bytes. Of a file in the
 * file format that lies elsewhere all bytes are held in memory.
 *
 * @throws {PackageMissingError}, {FileDamagedError}
 */
export async function openArrowBatches(
  origin: string | ByteSource,
  signal: AbortSignal | undefined,
): Promise<ArrowBatches> {
  const arrow = await loadArrow('Reading Arrow');
  const source = typeof origin === 'string' ? origin : origin.name;
  const path = typeof origin === 'string' ? origin : origin.path;
  let close = () => Promise.resolve();
  try {
    const bytes = await openByteReader(origin, signal);
    close = bytes.close;
    let found: RecordBatchReader;
    if (path === undefined) found = await arrow.RecordBatchReader.from(readPieces(bytes));
    else {
      await bytes.close();
      const file = await open(path);
      close = () => file.close();
      found = await arrow.RecordBatchReader.from(guardReads(file, source, signal));
    }
    const reader = await found.open();
    // Of an empty file, against its type.
    if ((reader.schema as Schema | undefined) === undefined) throw new Error('it holds no schema');
    return {
      arrow,
      schema: reader.schema,
      layout: reader.isFile() ? 'file' : 'stream',
      [Symbol.asyncIterator]: () => piecesOf(reader, source, signal),
      close,
    };
  } catch (error) {
    await close();
    throw damage(error, source, signal);
  }
}

/** What the library asks of a file. By itself it would wait forever for bytes that were cut off. */
function guardReads(file: FileHandle, source: string, signal: AbortSignal | undefined): FileHandle {
  const guarded = {
    fd: file.fd,
    stat: () => file.stat(),
    close: () => file.close(),
    async read(target: Uint8Array, offset: number, length: number, position: number) {
      signal?.throwIfAborted();
      const done = await file.read(target, offset, length, position);
      if (done.bytesRead === 0 && length > 0) throw new FileChangedError(source);
      return done;
    },
  };
  return guarded as unknown as FileHandle;
}

async function* piecesOf(
  reader: RecordBatchReader,
  source: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ArrowPiece> {
  let firstRow = 0;
  const batches = reader[Symbol.asyncIterator]();
  for (;;) {
    signal?.throwIfAborted();
    const next = await batches.next().catch((error: unknown) => {
      throw damage(error, source, signal);
    });
    if (next.done) return;
    const batch: RecordBatch = next.value;
    yield { batch, firstRow, rowCount: batch.numRows };
    firstRow += batch.numRows;
  }
}

function damage(error: unknown, source: string, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return signal.reason;
  const known = fileError(error, source, 'read');
  const isOurs = isGnuMlopsError(known) || (known instanceof Error && known.name === 'AbortError');
  if (isOurs) return known;
  // What the library trips over in bytes that are none of its own says nothing to anybody.
  const isStumble = error instanceof TypeError || error instanceof RangeError;
  const cause = isStumble ? new Error('its bytes are cut off or damaged', { cause: error }) : error;
  return new FileDamagedError(source, 'Arrow', cause);
}
