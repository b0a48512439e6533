import type { ColumnKind } from '@gnu-mlops/core';
import type { Category } from '../count-categories.ts';

/** A column before it is encoded; of a boolean one the categories 0 and 1 are called false and true. */
interface NamedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/**
 * The names of a column's one-hot columns: `column=category` for each, then `column=(missing)` and
 * `column=(other)` where there are such; stars are added where a category itself reads like that.
 */
export function oneHotNames(
  column: NamedColumn,
  categories: readonly Category[],
  extra: { readonly hasMissing: boolean; readonly hasOther: boolean },
): string[] {
  const names = categories.map((category) => `${column.name}=${labelOf(column, category)}`);
  const add = (label: string) => {
    let name = `${column.name}=${label}`;
    while (names.includes(name)) name += '*';
    names.push(name);
  };
  if (extra.hasMissing) add('(missing)');
  if (extra.hasOther) add('(other)');
  return names;
}

function labelOf(column: NamedColumn, category: Category): string {
  if (column.kind === 'boolean') return category === 0 ? 'false' : 'true';
  return String(category);
}
