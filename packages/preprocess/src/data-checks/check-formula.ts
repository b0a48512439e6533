import { type Table, nearestName } from '@gnu-mlops/core';
import { cellsOf, holdsText, numbersIn } from '../cells.ts';
import { DataChecksInvalidError } from '../errors.ts';
import { evaluateExpression } from '../evaluate-expression.ts';
import { columnsIn } from '../expression.ts';
import type { ExpressionCheck } from './data-check.ts';
import { type Verdict, searchRows } from './verdict.ts';

/** Compute a check's formula for every row. */
export function checkFormula(table: Table, check: ExpressionCheck): Verdict {
  const { expression, tolerance } = check;
  if (typeof expression === 'string') {
    throw new DataChecksInvalidError(
      check.name ?? expression,
      'its formula is still a text. Pass the checks through parseCheckExpressions of ' +
        '@gnu-mlops/preprocess/expressions first.',
    );
  }
  for (const name of columnsIn(expression)) {
    const column = table.columns.get(name);
    if (column === undefined) {
      const nearest = nearestName(name, [...table.columns.keys()]);
      const hint = nearest === undefined ? '' : ` Is it "${nearest}" now?`;
      return { message: `The table has no column "${name}".${hint}`, isBroken: true };
    }
    if (holdsText(column.kind)) {
      return { message: `Column "${name}" is text; a formula needs numbers.`, isBroken: true };
    }
  }
  const values = evaluateExpression(
    expression,
    (name) => numbersIn(cellsOf(table.columns.get(name)!)),
    table.rowCount,
  );
  const isFine = (row: number) => (Number.isNaN(values[row]) ? undefined : values[row] !== 0);
  return searchRows(
    { rowCount: table.rowCount, isFine, tolerance },
    (failing, seen) => `It does not hold in ${failing} of ${seen} rows.`,
  );
}
