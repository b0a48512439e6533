import { encodeMessage } from './encode-message.ts';
import {
  ATTRIBUTE_TYPE,
  type AttributeProto,
  DATA_TYPE,
  ML_DOMAIN,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
  modelProto,
} from './onnx-messages.ts';

/** Element types of tensors that graphs of ours hold. */
export type ElementType = keyof typeof DATA_TYPE;

/** The value of an operator's attribute, by its type. */
export type AttributeValue =
  | { readonly int: number }
  | { readonly ints: ArrayLike<number> }
  | { readonly text: string }
  | { readonly texts: readonly string[] }
  | { readonly tensor: TensorProto };

/** An operator to add: its one output becomes a value of the graph. */
export interface Operation {
  readonly inputs: readonly string[];
  readonly attributes?: { readonly [name: string]: AttributeValue };
  /** Operators of machine learning have a domain of their own; default: the plain operators. */
  readonly domain?: typeof ML_DOMAIN;
}

/** A graph in the making. Values are known by the names that its functions return. */
export interface GraphBuilder {
  /** A tensor that the caller of the graph gives; -1 in the shape: any number of rows. */
  input(name: string, type: ElementType, shape: readonly number[]): string;
  /** A tensor that is part of the model. */
  constant(tensor: TensorProto): string;
  operator(opType: string, operation: Operation): string;
  /** Name a value as one of the graph's outputs, one number or text a row. */
  output(name: string, type: ElementType, value: string): void;
  /** The bytes of the model. */
  finish(): Uint8Array<ArrayBuffer>;
}

/** Of the plain operators; every runtime of the last years knows it. */
const OPSET_VERSION = 17;
/** Of the operators of machine learning: the first with trees in double precision. */
const ML_OPSET_VERSION = 5;
/** Of the file: the first that knows {@link ML_OPSET_VERSION}. */
const IR_VERSION = 10;

/** @param reserved names that are inputs' or outputs', so that no value between them gets one. */
export function createGraphBuilder(reserved: Iterable<string>): GraphBuilder {
  const taken = new Set(reserved);
  const nodes: NodeProto[] = [];
  const initializers: TensorProto[] = [];
  const inputs: ValueInfoProto[] = [];
  const outputs: ValueInfoProto[] = [];
  let count = 0;

  function freshName(): string {
    let name = `value_${count++}`;
    while (taken.has(name)) name = `value_${count++}`;
    return name;
  }
  return {
    input(name, type, shape) {
      inputs.push(valueInfo(name, type, shape));
      return name;
    },
    constant(tensor) {
      const name = freshName();
      initializers.push({ ...tensor, name });
      return name;
    },
    operator(opType, { inputs: from, attributes = {}, domain }) {
      const to = freshName();
      nodes.push({
        opType,
        name: `${opType}_${nodes.length}`,
        input: from,
        output: [to],
        attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
        ...(domain !== undefined && { domain }),
      });
      return to;
    },
    output(name, type, value) {
      outputs.push(valueInfo(name, type, [-1]));
      nodes.push({
        opType: 'Identity',
        name: `Identity_${nodes.length}`,
        input: [value],
        output: [name],
      });
    },
    finish: () =>
      encodeMessage(
        {
          irVersion: IR_VERSION,
          producerName: 'gnu-mlops',
          opsetImport: [
            { domain: '', version: OPSET_VERSION },
            { domain: ML_DOMAIN, version: ML_OPSET_VERSION },
          ],
          graph: {
            name: 'gnu_mlops',
            node: nodes,
            initializer: initializers,
            input: inputs,
            output: outputs,
          },
        },
        modelProto,
      ),
  };
}

function valueInfo(name: string, type: ElementType, shape: readonly number[]): ValueInfoProto {
  const dim = shape.map((size) => (size < 0 ? { dimParam: 'rows' } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: DATA_TYPE[type], shape: { dim } } } };
}

function attribute(name: string, value: AttributeValue): AttributeProto {
  if ('int' in value) return { name, i: value.int, type: ATTRIBUTE_TYPE.int };
  if ('ints' in value) return { name, ints: value.ints, type: ATTRIBUTE_TYPE.ints };
  if ('tensor' in value) return { name, t: value.tensor, type: ATTRIBUTE_TYPE.tensor };
  const encoder = new TextEncoder();
  if ('text' in value) return { name, s: encoder.encode(value.text), type: ATTRIBUTE_TYPE.string };
  const strings = value.texts.map((text) => encoder.encode(text));
  return { name, strings, type: ATTRIBUTE_TYPE.strings };
}
