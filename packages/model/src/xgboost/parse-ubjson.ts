import { ModelFileCorruptError } from '../errors.ts';

/** As deep as JSON of unknown origin may nest here. */
const MAX_DEPTH = 64;

type ReadNumber = (view: DataView, at: number) => number;

interface NumberType {
  readonly size: number;
  readonly read: ReadNumber;
}

/** The numbers of the format by their marker; all are big-endian. */
const numberTypes: ReadonlyMap<string, NumberType> = new Map([
  ['i', { size: 1, read: (view, at) => view.getInt8(at) }],
  ['U', { size: 1, read: (view, at) => view.getUint8(at) }],
  ['I', { size: 2, read: (view, at) => view.getInt16(at) }],
  ['l', { size: 4, read: (view, at) => view.getInt32(at) }],
  // What is beyond 2^53 is rounded; no index or count is.
  ['L', { size: 8, read: (view, at) => Number(view.getBigInt64(at)) }],
  ['d', { size: 4, read: (view, at) => view.getFloat32(at) }],
  ['D', { size: 8, read: (view, at) => view.getFloat64(at) }],
] satisfies [string, NumberType][]);

const wholeNumberMarkers = 'iUIlL';

/**
 * `JSON.parse` for UBJSON (Universal Binary JSON, draft 12) of unknown origin: typed arrays of numbers
 * come as plain lists. Refused: what ends early or goes on after its end, an object with one name
 * twice, nesting beyond 64 levels, and what XGBoost does not write: counted objects, typed arrays of
 * anything but numbers, numbers as texts. No length is believed before the bytes are there.
 *
 * @param where names the bytes in the error.
 * @throws {ModelFileCorruptError}
 * @see https://ubjson.org/type-reference/
 */
export function parseUbjson(bytes: Uint8Array, where: string): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let position = 0;
  const value = readValue(nextMarker(), 1);
  if (position < bytes.length) throw corrupt('goes on after its end');
  return value;

  function corrupt(problem: string): ModelFileCorruptError {
    return new ModelFileCorruptError(where, `${problem} (byte ${position} of ${bytes.length})`);
  }
  /** Where the next `count` bytes begin. */
  function advance(count: number): number {
    if (count > bytes.length - position) throw corrupt('ends too early');
    position += count;
    return position - count;
  }
  function nextMarker(): string {
    return String.fromCharCode(bytes[advance(1)]!);
  }
  function skip(marker: string): boolean {
    const isThere = position < bytes.length && bytes[position] === marker.charCodeAt(0);
    if (isThere) position += 1;
    return isThere;
  }
  function readNumber({ size, read }: NumberType): number {
    return read(view, advance(size));
  }
  function readLength(marker: string): number {
    const type = wholeNumberMarkers.includes(marker) ? numberTypes.get(marker) : undefined;
    const length = type ? readNumber(type) : -1;
    if (length >= 0) return length;
    throw corrupt('has a length that is none');
  }
  function readText(lengthMarker: string): string {
    const length = readLength(lengthMarker);
    const start = advance(length);
    try {
      return decoder.decode(bytes.subarray(start, start + length));
    } catch {
      throw corrupt('has a text that is no UTF-8');
    }
  }
  function readValue(marker: string, depth: number): unknown {
    if (depth > MAX_DEPTH) throw corrupt(`nests deeper than ${MAX_DEPTH} levels`);
    const type = numberTypes.get(marker);
    if (type) return readNumber(type);
    switch (marker) {
      case '{':
        return readObject(depth);
      case '[':
        return readList(depth);
      case 'S':
        return readText(nextMarker());
      case 'C':
        return nextMarker();
      case 'T':
        return true;
      case 'F':
        return false;
      case 'Z':
        return null;
      default:
        throw corrupt(`has an unknown marker ${JSON.stringify(marker)}`);
    }
  }
  function readObject(depth: number): object {
    const fields = new Map<string, unknown>();
    while (!skip('}')) {
      const name = readText(nextMarker());
      if (fields.has(name))
        throw corrupt(`has the name ${JSON.stringify(name.slice(0, 60))} twice`);
      fields.set(name, readValue(nextMarker(), depth + 1));
    }
    return Object.fromEntries(fields);
  }
  function readList(depth: number): unknown[] {
    const marker = skip('$') ? nextMarker() : undefined;
    if (marker !== undefined) {
      const type = numberTypes.get(marker);
      if (!type)
        throw corrupt(`has a list of the type ${JSON.stringify(marker)}, which is no number`);
      if (!skip('#')) throw corrupt('has a typed list without a length');
      return readTypedList(type, readLength(nextMarker()));
    }
    const items: unknown[] = [];
    if (skip('#')) {
      // Each item takes a byte at least: a false length meets the end of the bytes.
      for (let left = readLength(nextMarker()); left > 0; left--) {
        items.push(readValue(nextMarker(), depth + 1));
      }
      return items;
    }
    while (!skip(']')) items.push(readValue(nextMarker(), depth + 1));
    return items;
  }
  function readTypedList({ size, read }: NumberType, length: number): number[] {
    const start = advance(length * size);
    return Array.from({ length }, (_, i) => read(view, start + i * size));
  }
}
