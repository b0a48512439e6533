import { type FileHandle, open } from 'node:fs/promises';
import { FileDamagedError } from '../format-errors.ts';
import { fileFields, groupFields } from './parquet-codes.ts';
import { readInteger, readList, readStruct } from './read-thrift.ts';
import { type ThriftStruct, fieldBytes } from './thrift-struct.ts';

/** What stands at the end of a Parquet file: its schema, and where its row groups lie. */
export interface ParquetFooter {
  readonly metadata: ThriftStruct;
  readonly groups: readonly ThriftStruct[];
  /** The rows of each group. */
  readonly groupRows: readonly number[];
  /** How many bytes the file has before its footer. */
  readonly dataBytes: number;
}

const tailBytes = 8;
const magic = 'PAR1';

/** @throws {FileDamagedError} for what is no Parquet, or is encrypted. */
export async function readParquetFooter(path: string): Promise<ParquetFooter> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = await readAt(file, size - tailBytes, tailBytes);
    if (tail.toString('latin1', 4) !== magic) throw new RangeError(`it does not end in ${magic}`);
    const length = tail.readUInt32LE(0);
    const dataBytes = size - tailBytes - length;
    return parseFooter(await readAt(file, dataBytes, length), dataBytes);
  } catch (error) {
    throw error instanceof RangeError ? new FileDamagedError(path, 'Parquet', error) : error;
  } finally {
    await file.close();
  }
}

function parseFooter(bytes: Uint8Array, dataBytes: number): ParquetFooter {
  const metadata = readStruct(bytes);
  if (fieldBytes(metadata, fileFields.encryption)) throw new RangeError('it is encrypted');
  const groups = readList(needed(metadata, fileFields.rowGroups)).elements.map(readStruct);
  const groupRows = groups.map((group) => Number(readInteger(needed(group, groupFields.rowCount))));
  return { metadata, groups, groupRows, dataBytes };
}

/** @throws {RangeError} where a field is not there that the format requires. */
export function needed(struct: ThriftStruct, id: number): Uint8Array {
  const bytes = fieldBytes(struct, id);
  if (bytes === undefined) throw new RangeError(`its footer has no field ${id}`);
  return bytes;
}

async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  if (from < 0) throw new RangeError('it is too short');
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await file.read(bytes, at, length - at, from + at);
    if (bytesRead === 0) throw new RangeError('it ends too early');
    at += bytesRead;
  }
  return bytes;
}
