import type { ColumnSpec, SignatureType } from '@gnu-mlops/core';
import { OnnxCorruptError, OnnxOptionError } from './onnx-errors.ts';
import { DATA_TYPE, type ModelProto, type ValueInfoProto } from './onnx-messages.ts';

/** One input of a graph: a block of raw columns. */
export interface GraphInput {
  readonly name: string;
  readonly columns: readonly ColumnSpec[];
  /** How precise its numbers are. */
  readonly precision: 'single' | 'double';
}

const MAX_COLUMNS = 100_000;

/** A model takes double columns where the graph takes float: its thresholds round by themselves. */
const types: { readonly [elementType: number]: SignatureType } = {
  [DATA_TYPE.float]: 'double',
  [DATA_TYPE.double]: 'double',
  [DATA_TYPE.int32]: 'integer',
  [DATA_TYPE.int64]: 'long',
  [DATA_TYPE.bool]: 'boolean',
  [DATA_TYPE.string]: 'string',
};

/**
 * The raw columns that a graph takes: an input of one column is named like it, the columns of a
 * wider one `<input>_0`, `<input>_1`, ...
 *
 * @param columnNames names of all columns in order, instead.
 * @throws {OnnxCorruptError} when an input is no block of columns.
 * @throws {OnnxOptionError} when the names are not as many as the columns, or not different.
 */
export function readInputs(
  { input = [], initializer = [] }: NonNullable<ModelProto['graph']>,
  columnNames: readonly string[] | undefined,
): GraphInput[] {
  const constants = new Set(initializer.map(({ name }) => name));
  const given = input.filter(({ name }) => !constants.has(name));
  const widths = given.map((info) => widthOf(info, given.length === 1 ? columnNames : undefined));
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total > MAX_COLUMNS) throw new OnnxCorruptError('graph.input', `has ${total} columns`);
  const ownNames = given.flatMap(({ name = '' }, i) =>
    widths[i] === 1 ? [name] : Array.from({ length: widths[i]! }, (_, k) => `${name}_${k}`),
  );
  const names = columnNames ?? ownNames;
  if (names.length !== total) {
    throw new OnnxOptionError('columns', `are ${names.length} names for ${total} columns`);
  }
  if (new Set(names).size < names.length) {
    throw new OnnxOptionError('columns', 'name a column twice');
  }
  let start = 0;
  return given.map((info, i): GraphInput => {
    const elementType = info.type?.tensorType?.elemType ?? 0;
    const type = types[elementType];
    const { name = '' } = info;
    if (type === undefined) {
      throw new OnnxCorruptError(`the input "${name}"`, `has elements of type ${elementType}`);
    }
    const columns = names
      .slice(start, (start += widths[i]!))
      .map((column): ColumnSpec => ({ name: column, type, required: true }));
    const precision = elementType === DATA_TYPE.double ? 'double' : 'single';
    return { name, columns, precision };
  });
}

function widthOf(info: ValueInfoProto, names: readonly string[] | undefined): number {
  const dims = info.type?.tensorType?.shape?.dim ?? [];
  const width = dims.length === 1 ? 1 : (dims[1]?.dimValue ?? 0);
  const where = `the input "${info.name ?? ''}"`;
  if (dims.length < 1 || dims.length > 2) {
    throw new OnnxCorruptError(where, `has ${dims.length} dimensions, not rows and columns`);
  }
  if (Number.isSafeInteger(width) && width > 0) return width;
  if (names !== undefined) return names.length;
  throw new OnnxOptionError('columns', `must be given: ${where} does not say how many it has`);
}
