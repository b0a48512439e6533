import { decodeText } from './decode-message.ts';
import { OnnxCorruptError } from './onnx-errors.ts';
import type { AttributeProto, NodeProto, TensorProto } from './onnx-messages.ts';
import { readNumbers } from './read-tensor.ts';

/** The attributes of one node; what is absent is undefined, or an empty list. */
export interface NodeAttributes {
  /** The node, for errors. */
  readonly where: string;
  int(name: string): number | undefined;
  float(name: string): number | undefined;
  text(name: string): string | undefined;
  /** Whole or real numbers, listed or as a tensor under `<name>_as_tensor` or the name itself. */
  numbers(name: string): readonly number[];
  texts(name: string): readonly string[];
  tensor(name: string): TensorProto | undefined;
}

/** @throws {OnnxCorruptError} when an attribute has no name or stands twice. */
export function readAttributes(node: NodeProto, where: string): NodeAttributes {
  const named = new Map<string, AttributeProto>();
  for (const attribute of node.attribute ?? []) {
    const { name = '' } = attribute;
    if (named.has(name)) throw new OnnxCorruptError(where, `has the attribute "${name}" twice`);
    named.set(name, attribute);
  }
  const placeOf = (name: string) => `${where}, attribute "${name}",`;
  const tensor = (name: string) => named.get(`${name}_as_tensor`)?.t ?? named.get(name)?.t;
  return {
    where,
    tensor,
    int: (name) => named.get(name)?.i,
    float: (name) => named.get(name)?.f,
    text(name) {
      const bytes = named.get(name)?.s;
      return bytes && decodeText(bytes, placeOf(name));
    },
    numbers(name) {
      const values = tensor(name);
      if (values !== undefined) return readNumbers(values, placeOf(name));
      const listed = named.get(name);
      return Array.from(listed?.ints ?? listed?.floats ?? []);
    },
    texts: (name) =>
      (named.get(name)?.strings ?? []).map((bytes) => decodeText(bytes, placeOf(name))),
  };
}
