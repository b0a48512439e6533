import type { Bound, DataCheck } from './data-check.ts';

/** What a check is called in a report: `tenure: range 0 to 72`. */
export function describeDataCheck(check: DataCheck): string {
  switch (check.check) {
    case 'row_count':
      return `rows: ${boundsOf(check)}`;
    case 'kind':
      return `${check.column}: kind ${check.kind}`;
    case 'range':
      return `${check.column}: range ${boundsOf(check)}`;
    case 'allowed_values':
      return `${check.column}: one of ${listOf(check.values)}`;
    case 'null_share':
      return `${check.column}: at most ${Number((100 * check.max).toPrecision(3))} % missing`;
    case 'unique':
      return `${check.column}: no value twice`;
    case 'expression':
      return check.name ?? (typeof check.expression === 'string' ? check.expression : 'formula');
  }
}

function boundsOf({ min, max }: { readonly min?: Bound; readonly max?: Bound }): string {
  if (min === undefined) return `at most ${max!}`;
  return max === undefined ? `at least ${min}` : `${min} to ${max}`;
}

function listOf(values: readonly string[]): string {
  const shown = values.slice(0, 4).join(', ');
  return values.length > 4 ? `${shown}, ... (${values.length} values)` : shown;
}
