import { type FieldBatch, cellForms } from './field-batch.ts';
import type { PackedTexts } from './kernels/column-kernels.ts';
import { readTexts } from './read-texts.ts';

/** The texts of one batch, a missing one without bytes; as strings where they were not to be had as bytes. */
type TextChunk = PackedTexts | readonly (string | null)[];

/** Collects the texts of a column as they stand in the file. */
export interface TextCollector {
  readonly rowCount: number;
  /** Append the texts of a batch's column from row `fromRow` on. */
  append(batch: FieldBatch, place: { readonly column: number; readonly fromRow: number }): void;
  appendMissing(count: number): void;
  /** Go through the texts of all rows. */
  visit(see: (texts: PackedTexts) => void): void;
  /** Go through those that were appended last. */
  visitLast(see: (texts: PackedTexts) => void): void;
  /** All texts, null where one is missing. */
  read(): (string | null)[];
}

/** Start without any. */
export function createTextCollector(): TextCollector {
  const chunks: TextChunk[] = [];
  let rowCount = 0;

  function add(chunk: TextChunk): void {
    chunks.push(chunk);
    rowCount += lengthOf(chunk);
  }
  return {
    get rowCount() {
      return rowCount;
    },
    append: (batch, place) => add(packTexts(batch, place) ?? readTexts(batch, place)),
    appendMissing: (count) => add(new Array<null>(count).fill(null)),
    visit(see) {
      for (const chunk of chunks) see(asPacked(chunk));
    },
    visitLast(see) {
      const last = chunks.at(-1);
      if (last !== undefined) see(asPacked(last));
    },
    read() {
      const texts = new Array<string | null>(rowCount);
      let row = 0;
      for (const chunk of chunks) {
        if ('ends' in chunk) decode(chunk, texts, row);
        else for (const [i, text] of chunk.entries()) texts[row + i] = text;
        row += lengthOf(chunk);
      }
      return texts;
    },
  };
}

function lengthOf(chunk: TextChunk): number {
  return 'ends' in chunk ? chunk.ends.length : chunk.length;
}

/** Blanks of ASCII. */
const blanks = [...Buffer.from(' \t\n\v\f\r')];
const firstNonAscii = 128;

/** @returns undefined where a cell may be blank without being empty, or has doubled quotes. */
function packTexts(
  batch: FieldBatch,
  { column, fromRow }: { readonly column: number; readonly fromRow: number },
): PackedTexts | undefined {
  const { forms, rowCapacity, rowCount, kernels } = batch;
  if (kernels === undefined || fromRow > 0) return undefined;
  const first = column * rowCapacity;
  if (forms.subarray(first, first + rowCount).includes(cellForms.escaped)) return undefined;
  const { bytes, ends, isAscii } = kernels.packTexts(column);
  const texts = { bytes: Buffer.from(bytes), ends: ends.slice(0, rowCount), isAscii };
  const haveBlanks = !isAscii || blanks.some((blank) => texts.bytes.includes(blank));
  return haveBlanks && mayBeBlank(texts) ? undefined : texts;
}

/** Whether a text begins with what may be a blank. */
function mayBeBlank({ bytes, ends }: PackedTexts): boolean {
  let start = 0;
  for (let row = 0; row < ends.length; row++) {
    const byte = bytes[start]!;
    const isBlank = byte >= firstNonAscii || blanks.includes(byte);
    if (isBlank && start < ends[row]!) return true;
    start = ends[row]!;
  }
  return false;
}

function asPacked(chunk: TextChunk): PackedTexts {
  if ('ends' in chunk) return chunk;
  const pieces = chunk.map((text) => Buffer.from(text ?? ''));
  const ends = new Int32Array(pieces.length);
  let end = 0;
  for (const [row, { length }] of pieces.entries()) ends[row] = end += length;
  return { bytes: Buffer.concat(pieces), ends, isAscii: false };
}

function decode(
  { bytes, ends, isAscii }: PackedTexts,
  texts: (string | null)[],
  firstRow: number,
): void {
  // One long text cut into pieces costs a fifth of decoding piece by piece.
  const all = isAscii ? bytes.toString('latin1') : '';
  let start = 0;
  for (let row = 0; row < ends.length; row++) {
    const end = ends[row]!;
    const text = isAscii ? all.slice(start, end) : bytes.toString('utf8', start, end);
    texts[firstRow + row] = start === end ? null : text;
    start = end;
  }
}
