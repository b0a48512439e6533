/**
 * The names of a column's one-hot columns, as @gnu-mlops/preprocess names them; what comes out is
 * compared with the recipe's features.
 *
 * @param extra labels after the categories, such as `(other)`; stars part them from equal categories.
 */
export function oneHotNames(
  column: { readonly name: string; readonly isBoolean: boolean },
  categories: readonly (string | number)[],
  extra: readonly string[],
): string[] {
  const labelOf = (category: string | number) =>
    column.isBoolean ? String(category !== 0) : String(category);
  const names = categories.map((category) => `${column.name}=${labelOf(category)}`);
  for (const label of extra) {
    let name = `${column.name}=${label}`;
    while (names.includes(name)) name += '*';
    names.push(name);
  }
  return names;
}
