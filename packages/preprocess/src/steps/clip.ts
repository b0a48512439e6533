import { learnColumns, learnNothing } from '../learning/learn-columns.ts';
import { collectOrder } from '../learning/collect-order.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import {
  type JsonNode,
  checkFields,
  field,
  itemsOf,
  optionalField,
  problemAt,
  readNumber,
  readText,
  spelled,
} from '../json-node.ts';
import { mapColumns, numberKernel } from '../map-columns.ts';
import { type SortedNumbers, quantileOfSorted } from '../quantile-of-sorted.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';

/**
 * Hold values between bounds, given or learnt as quantiles of the training rows. Missing cells stay
 * missing. At least one bound is needed, and at most one for each side.
 */
export interface ClipSpec {
  readonly kind: 'clip';
  readonly columns: ColumnSelector;
  readonly minimum?: number;
  readonly maximum?: number;
  /** In [0, 1]; 0.01 raises the smallest hundredth of the training values. */
  readonly lowerQuantile?: number;
  /** In [0, 1]. */
  readonly upperQuantile?: number;
}

/** The bounds of each column, in its own unit; an absent bound does not bind. */
export interface FittedClip {
  readonly kind: 'clip';
  readonly columns: readonly {
    readonly column: string;
    readonly minimum?: number;
    readonly maximum?: number;
  }[];
}

/** How a clip step is read and fitted. */
export const clipSpec: SpecDefinition<ClipSpec, FittedClip> = {
  accepts: 'numbers',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'minimum', 'maximum', 'lowerQuantile', 'upperQuantile']);
    const lowerQuantile = optionalField(node, 'lowerQuantile');
    const upperQuantile = optionalField(node, 'upperQuantile');
    const spec: ClipSpec = {
      kind: 'clip',
      columns: parseSelector(field(node, 'columns')),
      ...readBounds(node),
      ...(lowerQuantile && { lowerQuantile: readShare(lowerQuantile) }),
      ...(upperQuantile && { upperQuantile: readShare(upperQuantile) }),
    };
    const lower = [spec.minimum, spec.lowerQuantile].filter((bound) => bound !== undefined);
    const upper = [spec.maximum, spec.upperQuantile].filter((bound) => bound !== undefined);
    const [low, high] = ['lowerQuantile', 'upperQuantile'].map((name) => spelled(node, name));
    if (lower.length > 1 || upper.length > 1 || lower.length + upper.length === 0) {
      throw problemAt(
        node,
        `it needs a bound: minimum or ${low}, maximum or ${high}, or one of each side.`,
      );
    }
    if ((spec.lowerQuantile ?? 0) > (spec.upperQuantile ?? 1)) {
      throw problemAt(node, `${low} must not be above ${high}.`);
    }
    return spec;
  },
  needs: (spec) => (isLearnt(spec) ? 'rows' : 'nothing'),
  makes: () => ['numeric'],
  learn(spec, columns, rows) {
    if (!isLearnt(spec)) {
      const fitted = columns.map(({ name }) => fitColumn(spec, name, new Float64Array()));
      return learnNothing({ steps: [{ kind: 'clip', columns: fitted }] });
    }
    return learnColumns({
      columns,
      collect: ({ name }) => collectOrder(name, rows),
      finish(learnt) {
        const fitted = learnt.map(({ column: { name }, learnt: order }) =>
          fitColumn(spec, name, order.sorted()),
        );
        return { steps: [{ kind: 'clip', columns: fitted }] };
      },
    });
  },
};

/** How a fitted clip step is read and applied. */
export const clipStep: StepDefinition<FittedClip> = {
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    const columns = itemsOf(field(node, 'columns')).map((item) => {
      checkFields(item, ['column', 'minimum', 'maximum']);
      return { column: readText(field(item, 'column')), ...readBounds(item) };
    });
    return { kind: 'clip', columns };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'numbers',
      layout,
      entries: step.columns,
      kernelOf: ({ column, minimum = -Infinity, maximum = Infinity }) =>
        numberKernel(column, (value) => Math.min(Math.max(value, minimum), maximum)),
    }),
};

function isLearnt({ lowerQuantile, upperQuantile }: ClipSpec): boolean {
  return lowerQuantile !== undefined || upperQuantile !== undefined;
}

function fitColumn(
  spec: ClipSpec,
  column: string,
  sorted: SortedNumbers,
): FittedClip['columns'][number] {
  const maximum = learnBound(spec.maximum, spec.upperQuantile, sorted);
  const lower = learnBound(spec.minimum, spec.lowerQuantile, sorted);
  const minimum = lower === undefined ? undefined : Math.min(lower, maximum ?? Infinity);
  return {
    column,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
}

/** A quantile that is infinite, or of a column without a value, binds nothing. */
function learnBound(
  given: number | undefined,
  share: number | undefined,
  sorted: SortedNumbers,
): number | undefined {
  if (share === undefined) return given;
  const bound = quantileOfSorted(sorted, share);
  return Number.isFinite(bound) ? bound : undefined;
}

function readBounds(node: JsonNode): { minimum?: number; maximum?: number } {
  const minimumNode = optionalField(node, 'minimum');
  const maximumNode = optionalField(node, 'maximum');
  const minimum = minimumNode && readNumber(minimumNode);
  const maximum = maximumNode && readNumber(maximumNode);
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    throw problemAt(node, 'minimum must not be above maximum.');
  }
  return {
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
}

function readShare(node: JsonNode): number {
  const share = readNumber(node);
  if (share < 0 || share > 1) throw problemAt(node, 'it must be between 0 and 1.');
  return share;
}
