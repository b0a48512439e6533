import { type JsonValue, canonicalJson } from '@gnu-mlops/core';
import { TENSOR_TYPE_BYTES, type Tensor, tensorType } from './tensor.ts';
import { writeValues } from './tensor-bytes.ts';

/** What a tensor file holds: named arrays, and a few texts about them. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: { readonly [name: string]: string };
}

/**
 * Write a file in the safetensors layout: the header's length in 8 little-endian bytes, a JSON
 * header, then the arrays one after the other. Equal contents give equal bytes: wide elements come
 * first, so that all lie at multiples of their size, and names decide among the equally wide.
 *
 * @see https://github.com/huggingface/safetensors#format
 */
export function formatTensorFile({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const ordered = [...tensors].sort(
    ([nameA, a], [nameB, b]) => elementBytes(b) - elementBytes(a) || (nameA < nameB ? -1 : 1),
  );
  const entries: { [name: string]: JsonValue } = { __metadata__: metadata };
  let dataBytes = 0;
  for (const [name, { shape, values }] of ordered) {
    const end = dataBytes + values.byteLength;
    entries[name] = { dtype: tensorType(values), shape, data_offsets: [dataBytes, end] };
    dataBytes = end;
  }

  const header = padToEight(new TextEncoder().encode(canonicalJson(entries)));
  const bytes = new Uint8Array(8 + header.length + dataBytes);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  let start = 8 + header.length;
  for (const [, { values }] of ordered) {
    writeValues(values, view, start);
    start += values.byteLength;
  }
  return bytes;
}

function elementBytes({ values }: Tensor): number {
  return TENSOR_TYPE_BYTES[tensorType(values)];
}

/** Spaces at the end of a JSON header mean nothing, and let the arrays start at a multiple of 8. */
function padToEight(header: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil(header.length / 8) * 8).fill(0x20);
  padded.set(header);
  return padded;
}
