import { DATA_TYPE, type TensorProto } from './onnx-messages.ts';

/** A tensor of float64. @param dims default: a list of the values' length; [] is a single number. */
export function doubleTensor(
  values: ArrayLike<number>,
  dims: readonly number[] = [values.length],
): TensorProto {
  return { dims, dataType: DATA_TYPE.double, doubleData: values };
}

/** A tensor of int64, whole numbers of at most 2^53 - 1 in magnitude. */
export function int64Tensor(
  values: ArrayLike<number>,
  dims: readonly number[] = [values.length],
): TensorProto {
  return { dims, dataType: DATA_TYPE.int64, int64Data: values };
}

/** A tensor of truth values, 0 or 1. */
export function boolTensor(
  values: ArrayLike<number>,
  dims: readonly number[] = [values.length],
): TensorProto {
  return { dims, dataType: DATA_TYPE.bool, int32Data: values };
}

/** A tensor of bytes. */
export function uint8Tensor(
  values: ArrayLike<number>,
  dims: readonly number[] = [values.length],
): TensorProto {
  return { dims, dataType: DATA_TYPE.uint8, rawData: Uint8Array.from(values) };
}

/** A tensor of texts. */
export function textTensor(
  texts: readonly string[],
  dims: readonly number[] = [texts.length],
): TensorProto {
  const encoder = new TextEncoder();
  const stringData = texts.map((text) => encoder.encode(text));
  return { dims, dataType: DATA_TYPE.string, stringData };
}
