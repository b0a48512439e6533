import type { Column } from '@gnu-mlops/core';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { type EncodedCells, type TextNumbers, encodeCells } from './encode-cells.ts';
import { encodeTexts } from './encode-texts.ts';
import { codecs, encodings, pageTypes } from './parquet-codes.ts';
import { physicalTypeOf } from './schema-element.ts';
import { type ThriftField, type ThriftStruct, thriftTypes } from './thrift-struct.ts';
import { type ValueRange, createValueRange } from './value-range.ts';
import {
  i32Field,
  i64Field,
  listField,
  structField,
  writeInteger,
  writeStruct,
  writeText,
  writeVarint,
} from './write-thrift.ts';

const compress = promisify(zstdCompress);
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** What a footer says of the pages of one column in one row group. */
export interface ColumnChunk {
  /** The bytes of its `ColumnChunk` struct. */
  readonly description: Uint8Array;
  /** How many bytes its pages take in the file. */
  readonly storedBytes: number;
  /** How many they would take, were they not compressed. */
  readonly plainBytes: number;
}

/** Gathers the pages of one column in one row group. */
export interface ColumnChunkBuilder {
  append(column: Column): Promise<void>;
  /** About how much memory its pages and texts take by now. */
  heldBytes(): number;
  /** @param offset where in the file the pages will begin. */
  finish(offset: number): Promise<{ readonly chunk: ColumnChunk; readonly bytes: Uint8Array }>;
}

/** Start the chunk of a column, whose parts are all of one kind; strings may be of either kind. */
export function createColumnChunk(name: string, kind: Column['kind']): ColumnChunkBuilder {
  const numbers: TextNumbers = new Map();
  const range = createValueRange(kind);
  const pages: Page[] = [];
  let rowCount = 0;
  let missingCount = 0;
  let heldBytes = 0;
  let isNumbered = false;
  return {
    async append(column) {
      if (column.kind === 'categorical') {
        isNumbered = true;
        heldBytes += bytesOfNewTexts(column.dictionary, numbers);
      }
      range.see(column);
      const cells = encodeCells(column, numbers);
      rowCount += cells.rowCount;
      missingCount += cells.missingCount;
      const page = await createPage(cells.bytes, pageTypes.data, dataPageField(cells));
      heldBytes += page.body.length;
      pages.push(page);
    },
    heldBytes: () => heldBytes,
    async finish(offset) {
      const dictionary = isNumbered ? await dictionaryPage(numbers) : undefined;
      const all = dictionary === undefined ? pages : [dictionary, ...pages];
      const bytes = Buffer.concat(all.flatMap(({ head, body }) => [head, body]));
      const plainBytes = all.reduce((sum, page) => sum + page.plainBytes, 0);
      const dictionaryBytes = dictionary && dictionary.head.length + dictionary.body.length;
      const storedBytes = bytes.length;
      const description = describeChunk(
        {
          ...{ name, kind, rowCount, missingCount, plainBytes, storedBytes, dictionaryBytes },
          range: range.find(numbers),
        },
        offset,
      );
      return { bytes, chunk: { description: writeStruct(description), storedBytes, plainBytes } };
    },
  };
}

function bytesOfNewTexts(texts: readonly string[], numbers: TextNumbers): number {
  let bytes = 0;
  for (const text of texts) if (!numbers.has(text)) bytes += bytesOfEntry + 2 * text.length;
  return bytes;
}

/** What a short text takes in memory with its place in a map, beside its characters. */
const bytesOfEntry = 64;

interface Page {
  readonly head: Uint8Array;
  readonly body: Uint8Array;
  readonly plainBytes: number;
}

async function createPage(
  content: Uint8Array,
  type: number,
  about: ThriftStruct[number],
): Promise<Page> {
  const packed = await compress(content, fast);
  // A short result stands in a piece of memory of zlib's, most of which would be held for nothing.
  const body = packed.length * 2 > packed.buffer.byteLength ? packed : Uint8Array.from(packed);
  const head = writeStruct([
    i32Field(1, type),
    i32Field(2, content.length),
    i32Field(3, body.length),
    about,
  ]);
  return { head, body, plainBytes: head.length + content.length };
}

function dataPageField({ rowCount, encoding }: EncodedCells): ThriftStruct[number] {
  return structField(5, [
    i32Field(1, rowCount),
    i32Field(2, encoding),
    i32Field(3, encodings.rle),
    i32Field(4, encodings.rle),
  ]);
}

function dictionaryPage(numbers: TextNumbers): Promise<Page> {
  const texts = encodeTexts([...numbers.keys()]);
  const about = structField(7, [i32Field(1, numbers.size), i32Field(2, encodings.plain)]);
  return createPage(texts, pageTypes.dictionary, about);
}

interface ChunkFacts {
  readonly name: string;
  readonly kind: Column['kind'];
  readonly rowCount: number;
  readonly missingCount: number;
  readonly plainBytes: number;
  readonly storedBytes: number;
  /** The dictionary page, which stands before the others; undefined: there is none. */
  readonly dictionaryBytes: number | undefined;
  readonly range: ReturnType<ValueRange['find']>;
}

function describeChunk(facts: ChunkFacts, offset: number): ThriftStruct {
  const { name, kind, rowCount, plainBytes, storedBytes, dictionaryBytes } = facts;
  const used =
    dictionaryBytes === undefined
      ? [encodings.plain, encodings.rle]
      : [encodings.plain, encodings.rle, encodings.rleDictionary];
  const elements = used.map(writeInteger);
  return [
    i64Field(2, offset),
    structField(3, [
      i32Field(1, physicalTypeOf(kind)),
      listField(2, { elementType: thriftTypes.i32, elements }),
      listField(3, { elementType: thriftTypes.binary, elements: [writeText(name)] }),
      i32Field(4, codecs.zstd),
      i64Field(5, rowCount),
      i64Field(6, plainBytes),
      i64Field(7, storedBytes),
      i64Field(9, offset + (dictionaryBytes ?? 0)),
      ...(dictionaryBytes === undefined ? [] : [i64Field(11, offset)]),
      structField(12, statistics(facts)),
    ]),
  ];
}

function statistics({ missingCount, range }: ChunkFacts): ThriftStruct {
  const missing = i64Field(3, missingCount);
  if (range === undefined) return [missing];
  return [missing, bytesField(5, range.greatest), bytesField(6, range.least)];
}

function bytesField(id: number, value: Uint8Array): ThriftField {
  const bytes = Buffer.concat([writeVarint(BigInt(value.length)), value]);
  return { id, type: thriftTypes.binary, bytes };
}
