import type { Expression } from './expression.ts';
import { EXPRESSION_FUNCTIONS } from './expression-functions.ts';

/** A column of numbers, or one number for all rows. */
type Operand = Float64Array | number;

/**
 * Compute a formula for all rows, one operation after the other over whole columns.
 *
 * @param columnOf the cells of each column in the formula; NaN = missing.
 * @returns one number a row; missing where an argument is (but for what `coalesce` fills and `if`
 *   does not choose), and where a result is no finite number.
 */
export function evaluateExpression(
  expression: Expression,
  columnOf: (name: string) => Float64Array,
  rowCount: number,
): Float64Array {
  const result = evaluate(expression);
  return typeof result === 'number' ? new Float64Array(rowCount).fill(result) : result;

  function evaluate(part: Expression): Operand {
    if (typeof part === 'number') return part;
    if ('column' in part) return columnOf(part.column);
    const operands = part.of.map(evaluate);
    switch (part.call) {
      case 'if':
        return choose(operands, rowCount);
      case 'coalesce':
        return operands.reduce((filled, next) => fillIn(filled, next, rowCount));
      default: {
        const { of } = EXPRESSION_FUNCTIONS[part.call];
        const [only, ...more] = operands;
        // Beside itself a number is its own least and largest; functions of one look at one.
        if (more.length === 0) return combine(only!, only!, { of, rowCount });
        return operands.reduce((a, b) => combine(a, b, { of, rowCount }));
      }
    }
  }
}

function combine(
  a: Operand,
  b: Operand,
  { of, rowCount }: { of: (a: number, b: number) => number; rowCount: number },
): Operand {
  if (typeof a === 'number' && typeof b === 'number') return resultOf(a, b, of);
  const results = new Float64Array(rowCount);
  if (typeof a === 'number') {
    for (let row = 0; row < rowCount; row++) results[row] = resultOf(a, at(b, row), of);
  } else if (typeof b === 'number') {
    for (let row = 0; row < rowCount; row++) results[row] = resultOf(a[row]!, b, of);
  } else {
    for (let row = 0; row < rowCount; row++) results[row] = resultOf(a[row]!, b[row]!, of);
  }
  return results;
}

function resultOf(a: number, b: number, of: (a: number, b: number) => number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return NaN;
  const result = of(a, b);
  return Number.isFinite(result) ? result : NaN;
}

function choose([condition, yes, no]: Operand[], rowCount: number): Operand {
  const results = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const chosen = at(condition!, row);
    results[row] = Number.isNaN(chosen) ? NaN : at(chosen === 0 ? no! : yes!, row);
  }
  return results;
}

function fillIn(cells: Operand, fill: Operand, rowCount: number): Operand {
  const results = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const cell = at(cells, row);
    results[row] = Number.isNaN(cell) ? at(fill, row) : cell;
  }
  return results;
}

function at(operand: Operand, row: number): number {
  return typeof operand === 'number' ? operand : operand[row]!;
}
