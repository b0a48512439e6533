import { learnNothing } from '../learning/learn-columns.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { RecipeInvalidError } from '../errors.ts';
import { checkFields, field, optionalField, readNames, readText } from '../json-node.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';

/** Leave columns out. What is dropped before any other step looks at it is no input of the recipe. */
export interface DropSpec {
  readonly kind: 'drop';
  readonly columns: ColumnSelector;
  /** Why, for `Recipe.dropped`; default: "left out by the recipe". */
  readonly reason?: string;
}

/** Columns to leave out. */
export interface FittedDrop {
  readonly kind: 'drop';
  readonly columns: readonly string[];
}

/** How a drop step is read and fitted. */
export const dropSpec: SpecDefinition<DropSpec, FittedDrop> = {
  accepts: 'any',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'reason']);
    const reason = optionalField(node, 'reason');
    return {
      kind: 'drop',
      columns: parseSelector(field(node, 'columns')),
      ...(reason && { reason: readText(reason) }),
    };
  },
  needs: () => 'nothing',
  makes: () => [],
  learn(spec, columns) {
    const names = columns.map(({ name }) => name);
    const reason = spec.reason ?? 'left out by the recipe';
    return learnNothing({
      steps: [{ kind: 'drop', columns: names }],
      dropped: names.map((column) => ({ column, reason })),
    });
  },
};

/** How a fitted drop step is read and applied. */
export const dropStep: StepDefinition<FittedDrop> = {
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    return { kind: 'drop', columns: readNames(field(node, 'columns')) };
  },
  reads: () => [],
  compile(step, layout) {
    const dropped = new Set(step.columns);
    const kept = layout.flatMap(({ name }, i) => (dropped.has(name) ? [] : [i]));
    if (kept.length + dropped.size !== layout.length) {
      throw new RecipeInvalidError('the step drop', 'it names a column that is not there.');
    }
    return {
      layout: kept.map((i) => layout[i]!),
      sources: kept.map((i) => [i]),
      run: (columns) => kept.map((i) => columns[i]!),
    };
  },
};
