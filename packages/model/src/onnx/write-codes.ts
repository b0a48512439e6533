import type { GraphBuilder } from './graph-builder.ts';
import { type GraphColumn, type NumberColumn, type TextColumn, valueOf } from './graph-column.ts';
import { castTo, number, where } from './graph-math.ts';
import { doubleTensor, int64Tensor } from './make-tensor.ts';
import { ML_DOMAIN } from './onnx-messages.ts';

/** Which code a cell gets: whole numbers from 0 on. */
export interface GraphCoding {
  readonly codeOf: ReadonlyMap<string | number, number>;
  /** For a missing cell, and for a category that is not in `codeOf`; `error` refuses the rows. */
  readonly missing: number | 'error';
  readonly unknown: number | 'error';
  /** One more than the largest code. */
  readonly codeCount: number;
}

/**
 * Translate a column's cells into codes.
 *
 * A graph cannot throw. Where a cell is to be refused it is looked up in a table that is too short,
 * which is an error by the operator's definition.
 *
 * @returns int64, n x 1.
 */
export function writeCodes(graph: GraphBuilder, column: GraphColumn, coding: GraphCoding): string {
  const refused = coding.codeCount;
  const missing = coding.missing === 'error' ? refused : coding.missing;
  const unknown = coding.unknown === 'error' ? refused : coding.unknown;
  const plain = { codeOf: coding.codeOf, missing, unknown };
  const codes =
    column.kind === 'text' ? codeTexts(graph, column, plain) : codeNumbers(graph, column, plain);
  if (missing !== refused && unknown !== refused) return codes;
  const allowed = Array.from({ length: coding.codeCount }, (_, code) => code);
  return graph.operator('Gather', { inputs: [graph.constant(int64Tensor(allowed)), codes] });
}

interface PlainCoding {
  readonly codeOf: ReadonlyMap<string | number, number>;
  readonly missing: number;
  readonly unknown: number;
}

function codeTexts(graph: GraphBuilder, column: TextColumn, coding: PlainCoding): string {
  const codeOf = new Map([
    ...column.missingTexts.map((text) => [text, coding.missing] as const),
    ...[...coding.codeOf].map(([text, code]) => [String(text), code] as const),
  ]);
  return graph.operator('LabelEncoder', {
    inputs: [column.value],
    domain: ML_DOMAIN,
    attributes: {
      keys_strings: { texts: [...codeOf.keys()] },
      values_int64s: { ints: [...codeOf.values()] },
      default_int64: { int: coding.unknown },
    },
  });
}

/** Compare with every category at once: the operator that encodes labels takes -0 and 0 for two. */
function codeNumbers(graph: GraphBuilder, column: NumberColumn, coding: PlainCoding): string {
  const value = valueOf(graph, column);
  const isMissing = graph.operator('IsNaN', { inputs: [value] });
  const absent = where(graph, isMissing, {
    whenTrue: number(graph, coding.missing),
    whenFalse: number(graph, coding.unknown),
  });
  const categories = [...coding.codeOf.keys()].map(Number);
  if (categories.length === 0) return castTo(graph, absent, 'int64');
  const known = graph.constant(doubleTensor(categories, [1, categories.length]));
  const isEqual = graph.operator('Equal', { inputs: [value, known] });
  const fromOne = [...coding.codeOf.values()].map((code) => code + 1);
  const codesFromOne = graph.operator('MatMul', {
    inputs: [
      castTo(graph, isEqual, 'double'),
      graph.constant(doubleTensor(fromOne, [fromOne.length, 1])),
    ],
  });
  const isAbsent = graph.operator('Equal', { inputs: [codesFromOne, number(graph, 0)] });
  const present = graph.operator('Sub', { inputs: [codesFromOne, number(graph, 1)] });
  const codes = where(graph, isAbsent, { whenTrue: absent, whenFalse: present });
  return castTo(graph, codes, 'int64');
}
