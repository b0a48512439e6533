import { TENSOR_TYPE_BYTES, type TensorType, type TensorValues, tensorType } from './tensor.ts';

/** Write values in little-endian order, whatever the order of the machine. */
export function writeValues(values: TensorValues, view: DataView, start: number): void {
  const type = tensorType(values);
  const size = TENSOR_TYPE_BYTES[type];
  for (let i = 0, at = start; i < values.length; i++, at += size) {
    if (type === 'F64') view.setFloat64(at, values[i]!, true);
    else if (type === 'I32') view.setInt32(at, values[i]!, true);
    else view.setUint8(at, values[i]!);
  }
}

/** Copy all values out of little-endian bytes, a whole number of them. */
export function readValues(type: TensorType, bytes: Uint8Array): TensorValues {
  // Not slice(): that of a Node Buffer is a view, and would keep the whole file in memory.
  if (type === 'U8') return new Uint8Array(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length / TENSOR_TYPE_BYTES[type];
  if (type === 'I32') {
    const values = new Int32Array(length);
    for (let i = 0; i < length; i++) values[i] = view.getInt32(i * 4, true);
    return values;
  }
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) values[i] = view.getFloat64(i * 8, true);
  return values;
}
