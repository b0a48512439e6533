import { learnColumns } from '../learning/learn-columns.ts';
import { collectRange } from '../learning/collect-range.ts';
import { parseTimestamp } from '@gnu-mlops/core';
import { numbersIn } from '../cells.ts';
import { checkFinite } from '../check-finite.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { CYCLES, DATE_PARTS, type DatePart, datePartOf } from '../date-part.ts';
import {
  type JsonNode,
  checkDistinct,
  checkFields,
  field,
  itemsOf,
  optionalField,
  problemAt,
  readChoice,
  readNumber,
  readText,
} from '../json-node.ts';
import { type ColumnKernel, mapColumns } from '../map-columns.ts';
import { readEntries } from '../read-entries.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';

const cyclicParts = DATE_PARTS.filter((part) => CYCLES[part] !== undefined);
const dayMs = 86_400_000;

/**
 * Take points in time apart: columns `column_year`, `column_month_sin`, `column_month_cos`,
 * `column_elapsed_days` in place of the column, in UTC. Missing cells stay missing.
 */
export interface DatePartsSpec {
  readonly kind: 'date_parts';
  readonly columns: ColumnSelector;
  /** Default: year, month, day, weekday and hour, unless another field asks for something. */
  readonly parts?: readonly DatePart[];
  /** Parts to lay out on a circle, as sine and cosine, so that December is next to January. */
  readonly cycles?: readonly DatePart[];
  /** Also the days since then: an ISO 8601 time, or `first`, the earliest of the training rows. */
  readonly elapsedSince?: string;
}

/** Which parts are taken, and when days begin to be counted. */
export interface FittedDateParts {
  readonly kind: 'date_parts';
  readonly parts: readonly DatePart[];
  readonly cycles: readonly DatePart[];
  readonly columns: readonly {
    readonly column: string;
    /** Milliseconds since the epoch; absent: no days are counted. */
    readonly originMs?: number;
  }[];
}

/** How a date_parts step is read and fitted. */
export const datePartsSpec: SpecDefinition<DatePartsSpec, FittedDateParts> = {
  accepts: 'timestamps',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'parts', 'cycles', 'elapsedSince']);
    const parts = optionalField(node, 'parts');
    const cycles = optionalField(node, 'cycles');
    const elapsedSince = optionalField(node, 'elapsedSince');
    if (elapsedSince && Number.isNaN(originOf(readText(elapsedSince), 0))) {
      throw problemAt(elapsedSince, 'it must be first, or a time such as 2024-01-31.');
    }
    return {
      kind: 'date_parts',
      columns: parseSelector(field(node, 'columns')),
      ...(parts && { parts: readParts(parts, DATE_PARTS) }),
      ...(cycles && { cycles: readParts(cycles, cyclicParts) }),
      ...(elapsedSince && { elapsedSince: readText(elapsedSince) }),
    };
  },
  needs: ({ elapsedSince }) => (elapsedSince === 'first' ? 'rows' : 'nothing'),
  makes: () => ['integer', 'numeric'],
  learn: (spec, columns) =>
    learnColumns({
      columns,
      collect: collectRange,
      check: ({ name }, cells) => checkFinite(name, numbersIn(cells)),
      finish(learnt) {
        const { elapsedSince, cycles = [] } = spec;
        const isBare = cycles.length === 0 && elapsedSince === undefined;
        const fallback: DatePart[] = isBare ? ['year', 'month', 'day', 'weekday', 'hour'] : [];
        const fitted = learnt.map(({ column: { name }, learnt: { smallest } }) => {
          if (elapsedSince === undefined) return { column: name };
          const origin = originOf(elapsedSince, smallest);
          return { column: name, originMs: Number.isFinite(origin) ? origin : 0 };
        });
        const parts = spec.parts ?? fallback;
        return { steps: [{ kind: 'date_parts', parts, cycles, columns: fitted }] };
      },
    }),
};

/** How a fitted date_parts step is read and applied. */
export const datePartsStep: StepDefinition<FittedDateParts> = {
  parse(node) {
    checkFields(node, ['kind', 'parts', 'cycles', 'columns']);
    const columns = readEntries(node, ['originMs'], (item) => {
      const originMs = optionalField(item, 'originMs');
      return { ...(originMs && { originMs: readNumber(originMs) }) };
    });
    return {
      kind: 'date_parts',
      parts: readParts(field(node, 'parts'), DATE_PARTS),
      cycles: readParts(field(node, 'cycles'), cyclicParts),
      columns,
    };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'timestamps',
      layout,
      entries: step.columns,
      kernelOf: (entry) => datePartsKernel(step, entry),
    }),
};

function datePartsKernel(
  { parts, cycles }: FittedDateParts,
  { column, originMs }: FittedDateParts['columns'][number],
): ColumnKernel {
  const names = [...parts, ...cycles.flatMap((part) => [`${part}_sin`, `${part}_cos`])];
  const outputs = names.map(
    (name, i) =>
      ({ name: `${column}_${name}`, kind: i < parts.length ? 'integer' : 'numeric' }) as const,
  );
  const elapsed = { name: `${column}_elapsed_days`, kind: 'numeric' } as const;
  return {
    outputs: originMs === undefined ? outputs : [...outputs, elapsed],
    run(cells) {
      const times = numbersIn(cells);
      const results = parts.map((part) => times.map((time) => datePartOf(time, part)));
      for (const part of cycles) {
        const { first, length } = CYCLES[part]!;
        const angles = times.map(
          (time) => (2 * Math.PI * (datePartOf(time, part) - first)) / length,
        );
        results.push(angles.map(Math.sin), angles.map(Math.cos));
      }
      if (originMs !== undefined) results.push(times.map((time) => (time - originMs) / dayMs));
      return results;
    },
  };
}

function readParts(node: JsonNode, known: readonly DatePart[]): DatePart[] {
  const parts = itemsOf(node).map((item) => readChoice(item, known));
  checkDistinct(node, parts);
  return parts;
}

/** NaN when the text is no time. */
function originOf(elapsedSince: string, first: number): number {
  return elapsedSince === 'first' ? first : (parseTimestamp(elapsedSince) ?? NaN);
}
