import { learnNothing } from '../learning/learn-columns.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { checkFields, field } from '../json-node.ts';
import type { SpecDefinition } from '../step-definition.ts';
import type { FittedDrop } from './drop.ts';

/** Keep these columns and leave all others out. The order of the table stays. */
export interface SelectSpec {
  readonly kind: 'select';
  readonly columns: ColumnSelector;
}

/** How a select step is read and fitted: it becomes a drop of all other columns. */
export const selectSpec: SpecDefinition<SelectSpec, FittedDrop> = {
  accepts: 'any',
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    return { kind: 'select', columns: parseSelector(field(node, 'columns')) };
  },
  needs: () => 'nothing',
  concernsOthers: true,
  learn(_spec, columns, { layout }) {
    const kept = new Set(columns.map(({ name }) => name));
    const others = layout.map(({ name }) => name).filter((name) => !kept.has(name));
    return learnNothing({
      steps: [{ kind: 'drop', columns: others }],
      dropped: others.map((column) => ({ column, reason: 'not selected' })),
    });
  },
};
