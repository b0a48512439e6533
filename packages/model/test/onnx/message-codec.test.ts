import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../src/onnx/decode-message.ts';
import { encodeMessage } from '../../src/onnx/encode-message.ts';
import type { MessageSchema } from '../../src/onnx/message-schema.ts';

const inner = { text: [1, 'text'], bytes: [2, 'bytes'] } as const satisfies MessageSchema;
const schema = {
  int: [1, 'int'],
  ints: [2, 'ints'],
  float: [3, 'float'],
  floats: [4, 'floats'],
  doubles: [5, 'doubles'],
  texts: [6, 'texts'],
  bytesList: [7, 'bytesList'],
  one: [17, { one: inner }],
  many: [18, { many: inner }],
} as const satisfies MessageSchema;

const innerValue = fc.record({ text: fc.string({ unit: 'grapheme' }), bytes: fc.uint8Array() });
const message = fc.record({
  int: fc.maxSafeInteger(),
  ints: fc.array(fc.maxSafeInteger(), { minLength: 1 }),
  float: fc.float(),
  floats: fc.array(fc.float(), { minLength: 1 }),
  doubles: fc.array(fc.double(), { minLength: 1 }),
  texts: fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }),
  bytesList: fc.array(fc.uint8Array(), { minLength: 1 }),
  one: innerValue,
  many: fc.array(innerValue, { minLength: 1 }),
});

const corrupt = expect.objectContaining({ code: 'MODEL_ONNX_CORRUPT' });
const decode = (...bytes: number[]) => decodeMessage(Uint8Array.from(bytes), schema, '');

describe('encodeMessage and decodeMessage', () => {
  it('are inverse for every kind of field', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(decodeMessage(encodeMessage(value, schema), schema, '')).toEqual(value);
      }),
      { seed: 1 },
    );
  });

  it('write what protobuf writes: 300 as the two bytes of its documentation, -1 as ten', () => {
    expect([...encodeMessage({ int: 300 }, schema)]).toEqual([0x08, 0xac, 0x02]);
    const minusOne = [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    expect([...encodeMessage({ int: -1 }, schema)]).toEqual(minusOne);
    expect([...encodeMessage({ one: { text: 'hi' } }, schema)]).toEqual([
      0x8a, 0x01, 4, 0x0a, 2, 0x68, 0x69,
    ]);
  });

  it('read repeated numbers packed or one by one, and skip unknown fields of every wire type', () => {
    expect(decode(0x10, 1, 0x12, 2, 2, 3, 0x10, 4)).toEqual({ ints: [1, 2, 3, 4] });
    const unknown = [0xa0, 0x06, 0xff, 0x01, 0xa2, 0x06, 1, 7, 0xa5, 0x06, 0, 0, 0, 0];
    expect(decode(...unknown, 0xa1, 0x06, 0, 0, 0, 0, 0, 0, 0, 0, 0x08, 5)).toEqual({ int: 5 });
  });

  it.each([
    ['a number cut short', [0x08, 0x80]],
    ['a number without end', [0x08, ...new Array<number>(11).fill(0x80)]],
    ['a number beyond 2^53', [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
    ['a part longer than the whole', [0x32, 100, 1]],
    ['a part of negative length', [0x32, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]],
    ['text that is not UTF-8', [0x32, 1, 0xff]],
    ['a wire type that the field has not', [0x0a, 0]],
    ['a wire type that is none', [0x0f]],
    ['packed numbers that end in the middle', [0x2a, 3, 0, 0, 0]],
  ])('throw MODEL_ONNX_CORRUPT for %s', (_, bytes) => {
    expect(() => decode(...bytes)).toThrow(corrupt);
  });
});
