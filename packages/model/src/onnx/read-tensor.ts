import { createByteReader } from './byte-reader.ts';

import { OnnxCorruptError } from './onnx-errors.ts';
import { DATA_TYPE, type TensorProto } from './onnx-messages.ts';

const INLINE = 0;

/** The numbers of a tensor of any type of numbers, row-major. @throws {OnnxCorruptError} */
export function readNumbers(tensor: TensorProto, where: string): number[] {
  const values = tensor.rawData === undefined ? listed(tensor, where) : raw(tensor, where);
  checkCount(tensor, values.length, where);
  return values;
}

function listed(tensor: TensorProto, where: string): number[] {
  switch (tensor.dataType) {
    case DATA_TYPE.float:
      return Array.from(tensor.floatData ?? []);
    case DATA_TYPE.double:
      return Array.from(tensor.doubleData ?? []);
    case DATA_TYPE.int64:
      return Array.from(tensor.int64Data ?? []);
    case DATA_TYPE.int32:
    case DATA_TYPE.uint8:
    case DATA_TYPE.bool:
      return Array.from(tensor.int32Data ?? []);
    default:
      throw new OnnxCorruptError(where, `holds elements of type ${tensor.dataType ?? 0}`);
  }
}

function raw({ rawData, dataType }: TensorProto, where: string): number[] {
  const reader = createByteReader(rawData!, where);
  const values: number[] = [];
  while (!reader.isAtEnd()) {
    if (dataType === DATA_TYPE.float) values.push(reader.float32());
    else if (dataType === DATA_TYPE.double) values.push(reader.float64());
    else if (dataType === DATA_TYPE.int64) values.push(reader.int64());
    else if (dataType === DATA_TYPE.int32) values.push(reader.int32());
    else if (dataType === DATA_TYPE.bool || dataType === DATA_TYPE.uint8)
      values.push(reader.bytes(1)[0]!);
    else throw new OnnxCorruptError(where, `holds elements of type ${dataType ?? 0}`);
  }
  return values;
}

function checkCount(
  { dims = [], dataLocation = INLINE }: TensorProto,
  count: number,
  where: string,
) {
  if (dataLocation !== INLINE) {
    throw new OnnxCorruptError(where, 'keeps its elements in another file');
  }
  const wanted = Array.from(dims).reduce((product, dim) => product * dim, 1);
  if (wanted !== count) {
    throw new OnnxCorruptError(where, `has ${count} elements for a shape of ${wanted}`);
  }
}
