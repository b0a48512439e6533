import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TensorFile, formatTensorFile } from '../../src/file/format-tensor-file.ts';
import { parseTensorFile } from '../../src/file/parse-tensor-file.ts';
import type { Tensor } from '../../src/file/tensor.ts';

const accept = () => undefined;

function fileOf(header: unknown, dataBytes = 0): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === 'string' ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const anyTensor: fc.Arbitrary<Tensor> = fc
  .oneof(
    fc.float64Array({ maxLength: 20 }),
    fc.int32Array({ maxLength: 20 }),
    fc.uint8Array({ maxLength: 20 }),
  )
  .map((values) => ({
    shape: values.length % 2 === 0 ? [2, values.length / 2] : [values.length],
    values: values as Tensor['values'],
  }));

const anyFile: fc.Arbitrary<TensorFile> = fc.record({
  tensors: fc
    .array(
      fc.tuple(
        fc.string().filter((name) => name !== '__metadata__'),
        anyTensor,
      ),
      { maxLength: 6 },
    )
    .map((entries) => new Map(entries)),
  metadata: fc.dictionary(fc.string(), fc.string({ unit: 'binary' }), { noNullPrototype: true }),
});

describe('formatTensorFile and parseTensorFile', () => {
  it('give any arrays and texts back', () => {
    fc.assert(
      fc.property(anyFile, (file) => {
        const parsed = parseTensorFile(formatTensorFile(file), accept);
        expect(new Map([...parsed.tensors].sort())).toEqual(new Map([...file.tensors].sort()));
        expect(parsed.metadata).toEqual(file.metadata);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('read from the middle of a larger buffer, at an odd offset', () => {
    const values = Float64Array.of(1.5, NaN, -0);
    const file = { tensors: new Map([['x', { shape: [3], values }]]), metadata: {} };
    const bytes = formatTensorFile(file);
    const larger = new Uint8Array(bytes.length + 6).fill(0xff);
    larger.set(bytes, 3);
    const parsed = parseTensorFile(larger.subarray(3, 3 + bytes.length), accept);
    expect(parsed.tensors.get('x')!.values).toEqual(values);
  });

  it('write little-endian arrays at multiples of their width, wide ones first', () => {
    const bytes = formatTensorFile({
      tensors: new Map<string, Tensor>([
        ['b', { shape: [1], values: Uint8Array.of(7) }],
        ['a', { shape: [1, 1], values: Int32Array.of(-2) }],
        ['z', { shape: [1], values: Float64Array.of(1) }],
      ]),
      metadata: { k: 'v' },
    });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
    expect(header.trimEnd()).toBe(
      '{"__metadata__":{"k":"v"},' +
        '"a":{"data_offsets":[8,12],"dtype":"I32","shape":[1,1]},' +
        '"b":{"data_offsets":[12,13],"dtype":"U8","shape":[1]},' +
        '"z":{"data_offsets":[0,8],"dtype":"F64","shape":[1]}}',
    );
    expect([...bytes.subarray(8 + length)]).toEqual([
      0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0xfe, 255, 255, 255, 7,
    ]);
  });

  it('show the metadata to the caller before any tensor is looked at', () => {
    const bytes = fileOf({ __metadata__: { format: 'other' }, w: { dtype: 'F16' } });
    const refuse = (metadata: TensorFile['metadata']) => {
      throw new Error(`seen ${metadata['format']}`);
    };
    expect(() => parseTensorFile(bytes, refuse)).toThrow('seen other');
  });
});

describe('parseTensorFile', () => {
  const tensor = { dtype: 'F64', shape: [1], data_offsets: [0, 8] };
  const faults: [what: string, bytes: Uint8Array, message: RegExp][] = [
    ['no bytes', new Uint8Array(0), /ends after 0 bytes/],
    ['half a length', new Uint8Array(5), /ends after 5 bytes/],
    ['a header longer than the file', new Uint8Array(8).fill(9), /header should take/],
    ['a header of 2^64 bytes', new Uint8Array(20).fill(255), /header should take/],
    [
      'a header that is no UTF-8',
      fileOf('{"\u00e9":1}').map((b) => (b === 0xc3 ? 0xff : b)),
      /UTF-8/,
    ],
    ['a header that is no JSON', fileOf('{'), /is no JSON/],
    ['a header with a byte order mark', fileOf('\uFEFF{}'), /is no JSON/],
    ['a header that is a list', fileOf('[]'), /header is no object/],
    ['deep nesting', fileOf(`{"a":${'['.repeat(100_000)}`), /nests deeper/],
    ['a tensor name twice', fileOf('{"a":{},"a":{}}'), /"a" twice/],
    ['metadata that is no text', fileOf({ __metadata__: { a: 1 } }), /__metadata__\.a is no text/],
    ['a tensor that is no object', fileOf({ w: 1 }), /tensor "w" is no object/],
    ['a tensor without dtype', fileOf({ w: {} }), /tensor "w" has no "dtype"/],
    ['a wrong dtype', fileOf({ w: { ...tensor, dtype: 'F16' } }, 8), /dtype F16/],
    ['an inherited dtype', fileOf({ w: { ...tensor, dtype: 'toString' } }, 8), /dtype toString/],
    ['a negative shape', fileOf({ w: { ...tensor, shape: [-1] } }, 8), /shape\[0\] is -1/],
    ['a fractional shape', fileOf({ w: { ...tensor, shape: [0.5, 2] } }, 8), /shape\[0\] is 0.5/],
    [
      'an astronomic shape',
      fileOf({ w: { ...tensor, shape: [2 ** 40, 2 ** 40] } }, 8),
      /has offsets/,
    ],
    [
      'a shape whose product is infinite',
      fileOf({ w: { ...tensor, shape: Array(50).fill(2 ** 50) } }, 8),
      /has offsets/,
    ],
    [
      'a shape that does not fit',
      fileOf({ w: { ...tensor, shape: [2] } }, 8),
      /has offsets 0 to 8 for 2/,
    ],
    [
      'offsets the wrong way round',
      fileOf({ w: { ...tensor, data_offsets: [8, 0] } }, 8),
      /has offsets/,
    ],
    ['three offsets', fileOf({ w: { ...tensor, data_offsets: [0, 8, 8] } }, 8), /has offsets/],
    ['one offset', fileOf({ w: { ...tensor, data_offsets: [0] } }, 8), /has offsets/],
    ['data cut short', fileOf({ w: tensor }, 7), /ends at byte 8 of 7/],
    ['data beyond the last tensor', fileOf({ w: tensor }, 9), /goes on for 1 bytes/],
    ['a gap', fileOf({ w: { ...tensor, data_offsets: [8, 16] } }, 16), /starts at byte 8/],
    [
      'an overlap',
      fileOf({ v: tensor, w: { ...tensor, data_offsets: [4, 12] } }, 12),
      /starts at byte 4/,
    ],
    ['one span for two tensors', fileOf({ v: tensor, w: tensor }, 8), /starts at byte 0/],
    [
      'a huge tensor in a small file',
      fileOf({ w: { dtype: 'U8', shape: [1e12], data_offsets: [0, 1e12] } }),
      /of 0/,
    ],
  ];

  it.each(faults)('throws MODEL_FILE_CORRUPT for %s', (_, bytes, message) => {
    expect(() => parseTensorFile(bytes, accept)).toThrow(
      expect.objectContaining({
        code: 'MODEL_FILE_CORRUPT',
        message: expect.stringMatching(message),
      }),
    );
  });
});
