import { ModelFileCorruptError } from '../errors.ts';
import type { TensorFile } from './format-tensor-file.ts';
import {
  type Place,
  entriesOf,
  fieldOf,
  listOf,
  optionalFieldOf,
  textOf,
  wholeNumberOf,
} from './place.ts';
import { parseStrictJson } from './strict-json.ts';
import { TENSOR_TYPE_BYTES, type Tensor, type TensorType } from './tensor.ts';
import { readValues } from './tensor-bytes.ts';

/** The limit that the safetensors library sets. */
const MAX_HEADER_BYTES = 100_000_000;

/** The one name in a header that is no tensor's. */
const METADATA = '__metadata__';

/**
 * Read a file in the safetensors layout. Nothing in it is trusted: the arrays must lie one after the
 * other without gap or overlap and fill the file to its end, so no more memory is taken than the
 * file is long.
 *
 * @param checkMetadata called before anything else of the header is looked at: it may throw for a
 * file of another kind or a newer one, whose tensors need not be what they are here.
 * @throws {ModelFileCorruptError} naming the header or the tensor.
 */
export function parseTensorFile(
  bytes: Uint8Array,
  checkMetadata: (metadata: TensorFile['metadata']) => void,
): TensorFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dataStart = 8 + headerLength(view);
  const data = bytes.subarray(dataStart);
  const header = { where: 'header', value: parseHeader(bytes.subarray(8, dataStart)) };

  const metadata = readMetadata(header);
  checkMetadata(metadata);
  const spans = entriesOf(header)
    .filter(([name]) => name !== METADATA)
    .map(([name, place]) => readSpan(name, place.value));
  checkSpans(spans, data.length);
  const tensors = spans.map(({ name, type, shape, start, end }): [string, Tensor] => [
    name,
    { shape, values: readValues(type, data.subarray(start, end)) },
  ]);
  return { tensors: new Map(tensors), metadata };
}

function readMetadata(header: Place): TensorFile['metadata'] {
  const place = optionalFieldOf(header, METADATA);
  const texts = place === undefined ? [] : entriesOf(place);
  return Object.fromEntries(texts.map(([name, text]) => [name, textOf(text)]));
}

/** Where a tensor lies, in bytes from the end of the header. */
interface Span {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

function headerLength(view: DataView): number {
  if (view.byteLength < 8) {
    throw new ModelFileCorruptError(
      'the file',
      `ends after ${view.byteLength} bytes, within the header's length`,
    );
  }
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || length > view.byteLength - 8) {
    throw new ModelFileCorruptError(
      'header',
      `should take ${length} bytes, and ${view.byteLength - 8} follow: it is cut short or no model file`,
    );
  }
  return length;
}

function parseHeader(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new ModelFileCorruptError('header', 'is not UTF-8 text', { cause: error });
  }
  return parseStrictJson(text, 'header');
}

function readSpan(name: string, value: unknown): Span {
  const entry: Place = { where: `tensor ${JSON.stringify(name)}`, value };
  const type = textOf(fieldOf(entry, 'dtype'));
  if (!isTensorType(type)) {
    throw new ModelFileCorruptError(
      entry.where,
      `has dtype ${type}, and models have F64, I32 or U8`,
    );
  }
  const shape = listOf(fieldOf(entry, 'shape')).map(wholeNumberOf);
  const offsets = listOf(fieldOf(entry, 'data_offsets')).map(wholeNumberOf);
  const [start = 0, end = -1] = offsets;
  const length = shape.reduce((product, size) => product * size, 1);
  if (offsets.length !== 2 || end - start !== length * TENSOR_TYPE_BYTES[type]) {
    throw new ModelFileCorruptError(
      entry.where,
      `has offsets ${offsets.slice(0, 3).join(' to ')} for ${length} elements of ${type}`,
    );
  }
  return { name, type, shape, start, end };
}

function isTensorType(type: string): type is TensorType {
  return Object.hasOwn(TENSOR_TYPE_BYTES, type);
}

function checkSpans(spans: readonly Span[], dataBytes: number): void {
  let reached = 0;
  for (const { name, start, end } of [...spans].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    if (start !== reached || end > dataBytes) {
      const what =
        end > dataBytes
          ? `ends at byte ${end} of ${dataBytes}: the file is cut short`
          : `starts at byte ${start} where the tensor before it ends at ${reached}`;
      throw new ModelFileCorruptError(`tensor ${JSON.stringify(name)}`, what);
    }
    reached = end;
  }
  if (reached !== dataBytes) {
    throw new ModelFileCorruptError(
      'the file',
      `goes on for ${dataBytes - reached} bytes after the last tensor`,
    );
  }
}
