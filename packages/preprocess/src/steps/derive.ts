import { learnNothing } from '../learning/learn-columns.ts';
import { type Cells, holdsText, numbersIn } from '../cells.ts';
import { RecipeInvalidError, RecipeSpecInvalidError } from '../errors.ts';
import { evaluateExpression } from '../evaluate-expression.ts';
import { type Expression, columnsIn, readExpression } from '../expression.ts';
import { checkFields, checkObject, field, problemAt, withOwnNames } from '../json-node.ts';
import { checkNames } from '../map-columns.ts';
import { readEntries } from '../read-entries.ts';
import type {
  CompiledStep,
  LayoutColumn,
  SpecDefinition,
  StepDefinition,
} from '../step-definition.ts';

/**
 * Compute new columns out of others, and put them behind the last: `charges_per_month` as
 * `TotalCharges / max(tenure, 1)`. All formulas see the columns before the step. A cell is missing
 * where a cell that it needs is missing, and where its formula gives no finite number, such as a
 * division by 0.
 */
export interface DeriveSpec {
  readonly kind: 'derive';
  /**
   * By the name of the new column: a tree, or a text for `parseExpressions` of
   * `@gnu-mlops/preprocess/expressions` to make a tree of.
   */
  readonly columns: { readonly [name: string]: Expression | string };
}

/** What each new column is computed from. */
export interface FittedDerive {
  readonly kind: 'derive';
  readonly columns: readonly { readonly column: string; readonly expression: Expression }[];
}

/** How a derive step is read and fitted. */
export const deriveSpec: SpecDefinition<DeriveSpec, FittedDerive> = {
  accepts: 'numbers',
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    const columns = withOwnNames(field(node, 'columns'));
    checkObject(columns);
    const read = Object.keys(columns.value as object).map((name) => {
      const expression = field(columns, name);
      const { value } = expression;
      // YAML reads { a: max(b, 1) } as two names, of which the second has nothing.
      if (value === null)
        throw problemAt(expression, 'it has no formula. Put one with a comma in quotes.');
      return [name, typeof value === 'string' ? value : readExpression(expression)] as const;
    });
    return { kind: 'derive', columns: Object.fromEntries(read) };
  },
  selectorOf: ({ columns }) => [
    ...new Set(
      Object.values(columns).flatMap((expression) =>
        typeof expression === 'string' ? [] : columnsIn(expression),
      ),
    ),
  ],
  needs: () => 'nothing',
  concernsOthers: true,
  learn(spec) {
    const entries = Object.entries(spec.columns).map(([column, expression]) => {
      if (typeof expression === 'string')
        throw new RecipeSpecInvalidError(`derive.${column}`, unparsed);
      return { column, expression };
    });
    return learnNothing({ steps: [{ kind: 'derive', columns: entries }] });
  },
};

const unparsed =
  'its formula is still a text. Pass the specification through parseExpressions of ' +
  '@gnu-mlops/preprocess/expressions first.';

/** How a fitted derive step is read and applied. */
export const deriveStep: StepDefinition<FittedDerive> = {
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    const columns = readEntries(node, ['expression'], (item) => ({
      expression: readExpression(field(item, 'expression')),
    }));
    if (columns.length === 0) throw problemAt(node, 'it derives no column.');
    return { kind: 'derive', columns };
  },
  reads: (step) => step.columns.flatMap(({ expression }) => columnsIn(expression)),
  compile,
};

function compile(step: FittedDerive, layout: readonly LayoutColumn[]): CompiledStep {
  const positions = new Map(layout.map(({ name }, i) => [name, i]));
  const read = step.columns.map(({ expression }) =>
    columnsIn(expression).map((name) => {
      const position = positions.get(name);
      const problem =
        position === undefined
          ? `no column "${name}" is there.`
          : holdsText(layout[position]!.kind) && `column "${name}" is text.`;
      if (problem) throw new RecipeInvalidError('the step derive', problem);
      return position!;
    }),
  );
  const derived = step.columns.map(({ column }) => ({ name: column, kind: 'numeric' }) as const);
  const after = [...layout, ...derived];
  checkNames(after);

  function run(columns: readonly Cells[], rowCount: number): Cells[] {
    const columnOf = (name: string) => numbersIn(columns[positions.get(name)!]!);
    return [
      ...columns,
      ...step.columns.map(({ expression }) => evaluateExpression(expression, columnOf, rowCount)),
    ];
  }
  return { layout: after, sources: [...layout.map((_, i) => [i]), ...read], run };
}
