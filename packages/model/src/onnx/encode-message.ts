import { type ByteWriter, createByteWriter } from './byte-writer.ts';
import type { FieldKind, Message, MessageSchema } from './message-schema.ts';

const VARINT = 0;
const DELIMITED = 2;
const FIXED32 = 5;

/** Write one message in protobuf's wire format; repeated numbers are packed. */
export function encodeMessage<Schema extends MessageSchema>(
  message: Message<Schema>,
  schema: Schema,
): Uint8Array<ArrayBuffer> {
  const writer = createByteWriter();
  for (const [name, [number, kind]] of Object.entries(schema)) {
    const value: unknown = message[name];
    if (value !== undefined) encodeField(writer, { number, kind, value });
  }
  return writer.finish();
}

interface Field {
  readonly number: number;
  readonly kind: FieldKind;
  readonly value: unknown;
}

function encodeField(writer: ByteWriter, { number, kind, value }: Field): void {
  const delimited = (bytes: Uint8Array) => {
    writer.varint(number * 8 + DELIMITED);
    writer.varint(bytes.length);
    writer.bytes(bytes);
  };
  const packed = (write: (writer: ByteWriter, item: number) => void) => {
    const items = value as ArrayLike<number>;
    if (items.length === 0) return;
    const inner = createByteWriter();
    for (let i = 0; i < items.length; i++) write(inner, items[i]!);
    delimited(inner.finish());
  };
  if (typeof kind === 'object') {
    if ('one' in kind) delimited(encodeMessage(value as Message<MessageSchema>, kind.one));
    else
      for (const item of value as readonly Message<MessageSchema>[])
        delimited(encodeMessage(item, kind.many));
    return;
  }
  switch (kind) {
    case 'int':
      writer.varint(number * 8 + VARINT);
      return writer.varint(value as number);
    case 'float':
      writer.varint(number * 8 + FIXED32);
      return writer.float32(value as number);
    case 'ints':
      return packed((inner, item) => inner.varint(item));
    case 'floats':
      return packed((inner, item) => inner.float32(item));
    case 'doubles':
      return packed((inner, item) => inner.float64(item));
    case 'text':
      return delimited(encodeText(value as string));
    case 'texts':
      return (value as readonly string[]).forEach((item) => delimited(encodeText(item)));
    case 'bytes':
      return delimited(value as Uint8Array);
    case 'bytesList':
      return (value as readonly Uint8Array[]).forEach(delimited);
  }
}

function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
