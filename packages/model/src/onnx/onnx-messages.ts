import type { Message, MessageSchema } from './message-schema.ts';

/*
 * The messages of onnx.proto that a model of ours needs, with their field numbers. Subgraphs, sparse
 * tensors and training are left out: a reader skips fields that it does not know.
 * Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */

const tensorProto = {
  dims: [1, 'ints'],
  dataType: [2, 'int'],
  floatData: [4, 'floats'],
  int32Data: [5, 'ints'],
  stringData: [6, 'bytesList'],
  int64Data: [7, 'ints'],
  name: [8, 'text'],
  rawData: [9, 'bytes'],
  doubleData: [10, 'doubles'],
  dataLocation: [14, 'int'],
} as const satisfies MessageSchema;

const attributeProto = {
  name: [1, 'text'],
  f: [2, 'float'],
  i: [3, 'int'],
  s: [4, 'bytes'],
  t: [5, { one: tensorProto }],
  floats: [7, 'floats'],
  ints: [8, 'ints'],
  strings: [9, 'bytesList'],
  type: [20, 'int'],
} as const satisfies MessageSchema;

const nodeProto = {
  input: [1, 'texts'],
  output: [2, 'texts'],
  name: [3, 'text'],
  opType: [4, 'text'],
  attribute: [5, { many: attributeProto }],
  domain: [7, 'text'],
} as const satisfies MessageSchema;

const dimension = { dimValue: [1, 'int'], dimParam: [2, 'text'] } as const satisfies MessageSchema;
const shapeProto = { dim: [1, { many: dimension }] } as const satisfies MessageSchema;
const tensorType = {
  elemType: [1, 'int'],
  shape: [2, { one: shapeProto }],
} as const satisfies MessageSchema;
const typeProto = { tensorType: [1, { one: tensorType }] } as const satisfies MessageSchema;
const valueInfoProto = {
  name: [1, 'text'],
  type: [2, { one: typeProto }],
} as const satisfies MessageSchema;

const graphProto = {
  node: [1, { many: nodeProto }],
  name: [2, 'text'],
  initializer: [5, { many: tensorProto }],
  input: [11, { many: valueInfoProto }],
  output: [12, { many: valueInfoProto }],
} as const satisfies MessageSchema;

const operatorSetId = { domain: [1, 'text'], version: [2, 'int'] } as const satisfies MessageSchema;

/** The whole of an `.onnx` file. */
export const modelProto = {
  irVersion: [1, 'int'],
  producerName: [2, 'text'],
  graph: [7, { one: graphProto }],
  opsetImport: [8, { many: operatorSetId }],
} as const satisfies MessageSchema;

export type ModelProto = Message<typeof modelProto>;
export type NodeProto = Message<typeof nodeProto>;
export type AttributeProto = Message<typeof attributeProto>;
export type TensorProto = Message<typeof tensorProto>;
export type ValueInfoProto = Message<typeof valueInfoProto>;

/** TensorProto.DataType of onnx.proto. */
export const DATA_TYPE = {
  float: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  double: 11,
} as const;

/** AttributeProto.AttributeType of onnx.proto. */
export const ATTRIBUTE_TYPE = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  floats: 6,
  ints: 7,
  strings: 8,
} as const;

/** The domain of the operators of classical machine learning. */
export const ML_DOMAIN = 'ai.onnx.ml';
