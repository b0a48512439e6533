/** A named array of a tensor file goes by the dtype of its elements. */
export type TensorValues = Float64Array | Int32Array | Uint8Array;

/** An array and its shape, row-major; the product of the shape is the number of values. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: TensorValues;
}

/** The element types that model files use, as safetensors names them. */
export type TensorType = 'F64' | 'I32' | 'U8';

/** Bytes per element. */
export const TENSOR_TYPE_BYTES: { readonly [type in TensorType]: number } = {
  F64: 8,
  I32: 4,
  U8: 1,
};

/** The element type of an array. */
export function tensorType(values: TensorValues): TensorType {
  if (values instanceof Float64Array) return 'F64';
  return values instanceof Int32Array ? 'I32' : 'U8';
}
