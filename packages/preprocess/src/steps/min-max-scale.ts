import { learnColumns } from '../learning/learn-columns.ts';
import { collectRange } from '../learning/collect-range.ts';
import { numbersIn } from '../cells.ts';
import { checkFinite } from '../check-finite.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import {
  type JsonNode,
  checkFields,
  field,
  itemsOf,
  optionalField,
  problemAt,
  readChoice,
  readNumber,
  readText,
} from '../json-node.ts';
import { mapColumns, numberKernel } from '../map-columns.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';

/** What becomes of a value beyond what the training rows showed. */
type OutsidePolicy = 'keep' | 'clip';

/**
 * Map the smallest training value to the range's start and the largest to its end. Missing cells
 * stay missing; a column that is constant or has no value keeps its unit and is only shifted.
 *
 * @see scikit-learn MinMaxScaler.
 */
export interface MinMaxScaleSpec {
  readonly kind: 'min_max_scale';
  readonly columns: ColumnSelector;
  /** Start and end, start below end; default [0, 1]. */
  readonly range?: readonly [start: number, end: number];
  /** Values beyond the training rows' run out of the range, or are clipped to it; default `keep`. */
  readonly outside?: OutsidePolicy;
}

/** Each column as `value * scale + offset`. */
export interface FittedMinMaxScale {
  readonly kind: 'min_max_scale';
  readonly range: readonly [start: number, end: number];
  readonly outside: OutsidePolicy;
  readonly columns: readonly {
    readonly column: string;
    readonly scale: number;
    readonly offset: number;
  }[];
}

const outsidePolicies: readonly OutsidePolicy[] = ['keep', 'clip'];

/** How a min_max_scale step is read and fitted. */
export const minMaxScaleSpec: SpecDefinition<MinMaxScaleSpec, FittedMinMaxScale> = {
  accepts: 'numbers',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'range', 'outside']);
    const range = optionalField(node, 'range');
    const outside = optionalField(node, 'outside');
    return {
      kind: 'min_max_scale',
      columns: parseSelector(field(node, 'columns')),
      ...(range && { range: readRange(range) }),
      ...(outside && { outside: readChoice(outside, outsidePolicies) }),
    };
  },
  needs: () => 'rows',
  makes: () => ['numeric'],
  learn: (spec, columns) =>
    learnColumns({
      columns,
      collect: collectRange,
      check: ({ name }, cells) => checkFinite(name, numbersIn(cells)),
      finish(learnt) {
        const [start, end] = spec.range ?? [0, 1];
        const fitted = learnt.map(({ column: { name: column }, learnt: range }) => {
          const isEmpty = range.smallest > range.largest;
          const smallest = isEmpty ? 0 : range.smallest;
          const spread = isEmpty ? 0 : range.largest - smallest;
          const scale = (end - start) / (spread < 10 * Number.EPSILON ? 1 : spread);
          return { column, scale, offset: start - smallest * scale };
        });
        const outside = spec.outside ?? 'keep';
        return {
          steps: [{ kind: 'min_max_scale', range: [start, end], outside, columns: fitted }],
        };
      },
    }),
};

/** How a fitted min_max_scale step is read and applied. */
export const minMaxScaleStep: StepDefinition<FittedMinMaxScale> = {
  parse(node) {
    checkFields(node, ['kind', 'range', 'outside', 'columns']);
    const columns = itemsOf(field(node, 'columns')).map((item) => {
      checkFields(item, ['column', 'scale', 'offset']);
      return {
        column: readText(field(item, 'column')),
        scale: readNumber(field(item, 'scale')),
        offset: readNumber(field(item, 'offset')),
      };
    });
    const range = readRange(field(node, 'range'));
    const outside = readChoice(field(node, 'outside'), outsidePolicies);
    return { kind: 'min_max_scale', range, outside, columns };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'numbers',
      layout,
      entries: step.columns,
      kernelOf({ column, scale, offset }) {
        const [start, end] = step.range;
        return numberKernel(
          column,
          step.outside === 'clip'
            ? (value) => Math.min(Math.max(value * scale + offset, start), end)
            : (value) => value * scale + offset,
        );
      },
    }),
};

function readRange(node: JsonNode): readonly [number, number] {
  const [start, end, ...more] = itemsOf(node).map(readNumber);
  if (start === undefined || end === undefined || more.length > 0 || start >= end) {
    throw problemAt(node, 'it must be two numbers, the first below the second.');
  }
  return [start, end];
}
