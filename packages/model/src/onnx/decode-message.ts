import { type ByteReader, createByteReader } from './byte-reader.ts';
import type { FieldKind, Message, MessageSchema } from './message-schema.ts';
import { OnnxCorruptError } from './onnx-errors.ts';

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

/**
 * Read one message of unknown origin. Fields that the schema does not know are skipped; of a field
 * that may stand once and stands twice the last counts, as protobuf has it.
 *
 * @throws {OnnxCorruptError}
 */
export function decodeMessage<Schema extends MessageSchema>(
  bytes: Uint8Array,
  schema: Schema,
  where: string,
): Message<Schema> {
  const reader = createByteReader(bytes, where || 'the file');
  const fields = new Map(
    Object.entries(schema).map(([name, [number, kind]]) => [number, { name, kind }]),
  );
  const message: { [field: string]: unknown } = {};
  while (!reader.isAtEnd()) {
    const tag = reader.varint();
    const wireType = tag % 8;
    const field = fields.get(Math.floor(tag / 8));
    if (field === undefined) {
      skipField(reader, wireType);
      continue;
    }
    const place = where === '' ? field.name : `${where}.${field.name}`;
    const known = message[field.name];
    message[field.name] = decodeField(reader, { ...field, wireType, place, known });
  }
  return message as Message<Schema>;
}

interface OpenField {
  readonly kind: FieldKind;
  readonly wireType: number;
  readonly place: string;
  /** What the field already holds. */
  readonly known: unknown;
}

function decodeField(reader: ByteReader, field: OpenField): unknown {
  const { kind, wireType, place, known } = field;
  const expect = (wanted: number) => {
    if (wireType !== wanted) throw new OnnxCorruptError(place, `has the wire type ${wireType}`);
  };
  const delimited = () => {
    expect(DELIMITED);
    return reader.bytes(reader.varint());
  };
  const list = <Item>() => (known ?? []) as Item[];
  const append = <Item>(item: Item) => {
    const items = list<Item>();
    items.push(item);
    return items;
  };
  /** Repeated numbers, one by one or packed. */
  const numbers = (singleType: number, read: (from: ByteReader) => number) => {
    if (wireType === singleType) return append(read(reader));
    const packed = createByteReader(delimited(), place);
    const items = list<number>();
    while (!packed.isAtEnd()) items.push(read(packed));
    return items;
  };
  if (typeof kind === 'object') {
    if ('one' in kind) return decodeMessage(delimited(), kind.one, place);
    const items = list<unknown>();
    return append(decodeMessage(delimited(), kind.many, `${place}[${items.length}]`));
  }
  switch (kind) {
    case 'int':
      expect(VARINT);
      return reader.varint();
    case 'float':
      expect(FIXED32);
      return reader.float32();
    case 'ints':
      return numbers(VARINT, (from) => from.varint());
    case 'floats':
      return numbers(FIXED32, (from) => from.float32());
    case 'doubles':
      return numbers(FIXED64, (from) => from.float64());
    case 'text':
      return decodeText(delimited(), place);
    case 'texts':
      return append(decodeText(delimited(), place));
    case 'bytes':
      return delimited();
    case 'bytesList':
      return append(delimited());
  }
}

function skipField(reader: ByteReader, wireType: number): void {
  if (wireType === VARINT) skipVarint(reader);
  else if (wireType === FIXED64) reader.bytes(8);
  else if (wireType === DELIMITED) reader.bytes(reader.varint());
  else if (wireType === FIXED32) reader.bytes(4);
  else throw new OnnxCorruptError(reader.where, `has the wire type ${wireType}`);
}

/** An unknown number may be one that does not fit ours. */
function skipVarint(reader: ByteReader): void {
  for (let count = 0; count < 10; count++) if (reader.bytes(1)[0]! < 0x80) return;
  throw new OnnxCorruptError(reader.where, 'has a number of more than ten bytes');
}

/** @throws {OnnxCorruptError} where the bytes are not UTF-8. */
export function decodeText(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new OnnxCorruptError(where, 'is not UTF-8 text', { cause: error });
  }
}
