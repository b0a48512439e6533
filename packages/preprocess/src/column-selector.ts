import type { ColumnKind } from '@gnu-mlops/core';
import { isAccepted } from './accepted-cells.ts';
import { StepColumnKindError, StepColumnNotFoundError } from './errors.ts';
import {
  type JsonNode,
  checkFields,
  field,
  itemsOf,
  optionalField,
  readChoice,
  readNames,
} from './json-node.ts';
import type { AcceptedCells, LayoutColumn } from './step-definition.ts';

/**
 * The columns that a step works on: these names, or every column that is of one of these kinds when
 * the step is reached. Selected by kind, no column at all is fine; a name must be there.
 */
export type ColumnSelector =
  | readonly string[]
  | { readonly kinds: readonly ColumnKind[]; readonly except?: readonly string[] };

const columnKinds: readonly ColumnKind[] = [
  'numeric',
  'integer',
  'boolean',
  'categorical',
  'text',
  'timestamp',
];

/** Read a selector. */
export function parseSelector(node: JsonNode): ColumnSelector {
  if (Array.isArray(node.value)) return readNames(node);
  checkFields(node, ['kinds', 'except']);
  const kinds = itemsOf(field(node, 'kinds')).map((item) => readChoice(item, columnKinds));
  const except = optionalField(node, 'except');
  return except === undefined ? { kinds } : { kinds, except: readNames(except) };
}

/**
 * The columns that a step is pointed at, in the layout's order.
 *
 * @throws {StepColumnNotFoundError} when a name is not there.
 * @throws {StepColumnKindError} when the step cannot work on one of them.
 */
export function selectColumns<Column extends LayoutColumn>(
  layout: readonly Column[],
  selector: ColumnSelector,
  step: { readonly kind: string; readonly accepts: AcceptedCells },
): readonly Column[] {
  const isByKind = 'kinds' in selector;
  const named = new Set(isByKind ? (selector.except ?? []) : selector);
  const present = new Set(layout.map(({ name }) => name));
  for (const name of named) {
    if (!present.has(name)) throw new StepColumnNotFoundError(step.kind, name, present);
  }
  const selected = layout.filter(({ name, kind }) =>
    isByKind ? selector.kinds.includes(kind) && !named.has(name) : named.has(name),
  );
  const refused = selected.find(({ kind }) => !isAccepted(kind, step.accepts));
  if (refused !== undefined) throw new StepColumnKindError(step.kind, refused, step.accepts);
  return selected;
}
