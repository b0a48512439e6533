import { learnColumns, learnNothing } from '../learning/learn-columns.ts';
import { collectCategories } from '../learning/collect-categories.ts';
import { createCategoryCoder } from '../category-coder.ts';
import { holdsText } from '../cells.ts';
import { checkCategories } from '../check-finite.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { type Category, compareCategories } from '../count-categories.ts';
import { StepColumnKindError } from '../errors.ts';
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
import { mapColumns } from '../map-columns.ts';
import { checkCategoryType, readCategories } from '../read-categories.ts';
import type {
  FrameColumn,
  LayoutColumn,
  SpecDefinition,
  StepDefinition,
  StepFit,
} from '../step-definition.ts';

/**
 * One number per category: its place 0, 1, 2, ... in the order of the categories.
 *
 * @see scikit-learn OrdinalEncoder. One difference: a missing cell always gets what `missing` says,
 *   also where no training row missed one.
 */
export interface OrdinalEncodeSpec {
  readonly kind: 'ordinal_encode';
  readonly columns: ColumnSelector;
  /** Their order, for all columns; default: those of the training rows, sorted. Booleans are 0, 1. */
  readonly categories?: readonly Category[];
  /** What a category that is not listed becomes; default `error`. */
  readonly unknown?: 'error' | 'missing' | number;
  /** What a missing cell becomes; default: it stays `missing`. */
  readonly missing?: 'missing' | number;
  /**
   * `numeric` (default): the place is a quantity. `categorical`: it is a name without an order, for
   * engines that split on sets; then unknown and missing cells cannot be numbers.
   */
  readonly output?: 'numeric' | 'categorical';
}

/** The categories of each column, in order. */
export interface FittedOrdinalEncode {
  readonly kind: 'ordinal_encode';
  readonly unknown: 'error' | 'missing' | number;
  readonly missing: 'missing' | number;
  readonly output: 'numeric' | 'categorical';
  readonly columns: readonly {
    readonly column: string;
    readonly categories: readonly Category[];
  }[];
}

const policyFields = ['unknown', 'missing', 'output'];

/** How an ordinal_encode step is read and fitted. */
export const ordinalEncodeSpec: SpecDefinition<OrdinalEncodeSpec, FittedOrdinalEncode> = {
  accepts: 'any',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'categories', ...policyFields]);
    const categories = optionalField(node, 'categories');
    return {
      kind: 'ordinal_encode',
      columns: parseSelector(field(node, 'columns')),
      ...(categories && { categories: readCategories(categories) }),
      ...readPolicies(node),
    };
  },
  needs: ({ categories }) => (categories === undefined ? 'rows' : 'nothing'),
  makes: () => ['integer'],
  learn(spec, columns, { mostCategories }) {
    const { categories } = spec;
    if (categories !== undefined) {
      refuseOtherKinds(columns, categories);
      const given = columns.map(({ name }) => ({ column: name, categories }));
      const isRefusing = (spec.unknown ?? 'error') === 'error';
      return learnNothing(fitTo(spec, given), (parts) => {
        if (isRefusing) for (const part of parts) refuseUnknown(part, categories);
      });
    }
    return learnColumns({
      columns,
      collect: ({ name }) => collectCategories(name, mostCategories),
      check: checkCategories,
      finish: (learnt) =>
        fitTo(
          spec,
          learnt.map(({ column, learnt: { counts } }) => ({
            column: column.name,
            categories: [...counts.keys()].sort(compareCategories),
          })),
        ),
    });
  },
};

/** How a fitted ordinal_encode step is read and applied. */
export const ordinalEncodeStep: StepDefinition<FittedOrdinalEncode> = {
  parse(node) {
    checkFields(node, ['kind', 'columns', ...policyFields]);
    for (const name of policyFields) field(node, name);
    const columns = itemsOf(field(node, 'columns')).map((item) => {
      checkFields(item, ['column', 'categories']);
      return {
        column: readText(field(item, 'column')),
        categories: readCategories(field(item, 'categories')),
      };
    });
    return { kind: 'ordinal_encode', columns, ...readPolicies(node) };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'any',
      layout,
      entries: step.columns,
      kernelOf({ column: name, categories }, column) {
        checkCategoryType(step.kind, column, categories);
        const missing = categories.length;
        const unknown = categories.length + 1;
        const valueOf = Float64Array.from({ length: categories.length + 2 }, (_, at) => at);
        valueOf[missing] = typeof step.missing === 'number' ? step.missing : NaN;
        valueOf[unknown] = typeof step.unknown === 'number' ? step.unknown : NaN;
        const code = createCategoryCoder({
          column: name,
          codeOf: new Map(categories.map((category, i) => [category, i])),
          missing,
          unknown: step.unknown === 'error' ? 'error' : unknown,
        });
        const isNamed = step.output === 'categorical';
        return {
          outputs: [{ name, kind: 'integer', ...(isNamed && { categories: categories.length }) }],
          run: (cells) => [Float64Array.from(code(cells), (at) => valueOf[at]!)],
        };
      },
    }),
};

function refuseOtherKinds(columns: readonly LayoutColumn[], categories: readonly Category[]): void {
  if (categories.length === 0) return;
  const areTexts = typeof categories[0] === 'string';
  const other = columns.find(({ kind }) => holdsText(kind) !== areTexts);
  if (other === undefined) return;
  const wanted = areTexts
    ? 'texts (its categories are texts)'
    : 'numbers (its categories are numbers)';
  throw new StepColumnKindError('ordinal_encode', other, wanted);
}

function refuseUnknown({ name, cells }: FrameColumn, categories: readonly Category[]): void {
  const codeOf = new Map(categories.map((category, i) => [category, i]));
  createCategoryCoder({ column: name, codeOf, missing: 0, unknown: 'error' })(cells);
}

function fitTo(
  spec: OrdinalEncodeSpec,
  columns: FittedOrdinalEncode['columns'],
): StepFit<FittedOrdinalEncode> {
  const step: FittedOrdinalEncode = {
    kind: 'ordinal_encode',
    unknown: spec.unknown ?? 'error',
    missing: spec.missing ?? 'missing',
    output: spec.output ?? 'numeric',
    columns,
  };
  return { steps: [step] };
}

function readPolicies(node: JsonNode): Omit<FittedOrdinalEncode, 'kind' | 'columns'> {
  const unknown = optionalField(node, 'unknown');
  const missing = optionalField(node, 'missing');
  const output = optionalField(node, 'output');
  const policies = {
    unknown: unknown ? readNumberOr(unknown, ['error', 'missing'] as const) : 'error',
    missing: missing ? readNumberOr(missing, ['missing'] as const) : 'missing',
    output: output ? readChoice(output, ['numeric', 'categorical'] as const) : 'numeric',
  } as const;
  const hasNumber = typeof policies.unknown === 'number' || typeof policies.missing === 'number';
  if (policies.output === 'categorical' && hasNumber) {
    throw problemAt(node, 'with output categorical, unknown and missing cannot be numbers.');
  }
  return policies;
}

function readNumberOr<Word extends string>(node: JsonNode, words: readonly Word[]): number | Word {
  return typeof node.value === 'number' ? readNumber(node) : readChoice(node, words);
}
