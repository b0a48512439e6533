import { ModelFileCorruptError } from '../errors.ts';
import type { Tensor, TensorValues } from './tensor.ts';

/** Gives a file's tensors out, each once. */
export interface TensorReader {
  readonly has: (name: string) => boolean;
  /** @throws {ModelFileCorruptError} when the tensor is missing or of another type. */
  readonly take: <Values extends TensorValues>(name: string, type: new () => Values) => Values;
  /** The same tensors by the end of their names: those that begin with a prefix. */
  readonly within: (prefix: string) => TensorReader;
  /** Names of those that nobody took. */
  readonly left: () => string[];
}

/** Open the tensors of a file. */
export function openTensors(tensors: ReadonlyMap<string, Tensor>): TensorReader {
  return readerOf(new Map(tensors), '');
}

function readerOf(tensors: Map<string, Tensor>, prefix: string): TensorReader {
  return {
    has: (name) => tensors.has(prefix + name),
    take(name, type) {
      const values = tensors.get(prefix + name)?.values;
      tensors.delete(prefix + name);
      if (values instanceof type) return values;
      throw new ModelFileCorruptError(
        `tensor "${prefix}${name}"`,
        values === undefined ? 'is missing' : `is no ${type.name}`,
      );
    },
    within: (further) => readerOf(tensors, prefix + further),
    left: () => [...tensors.keys()],
  };
}
