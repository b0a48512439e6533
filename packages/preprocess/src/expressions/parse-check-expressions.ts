import type { DataCheck } from '../data-checks/data-check.ts';
import { DataChecksInvalidError } from '../errors.ts';
import { readExpression } from '../expression.ts';
import { loadFormulaParser } from './load-formula-parser.ts';
import { parseExpression } from './parse-expression.ts';

/**
 * Turn the formulas of expression checks from texts into trees; without such texts mathjs is not
 * loaded. Formulas are those of `parseExpressions`.
 *
 * @param path where the checks stand, for messages, as `parseDataChecks` takes it.
 * @throws {ExpressionsUnavailableError} when mathjs, an optional peer, is not installed.
 * @throws {DataChecksInvalidError} for a formula that does not read, names no column, or calls a
 *   function with too few or too many arguments.
 */
export async function parseCheckExpressions(
  checks: readonly DataCheck[],
  path = '',
): Promise<DataCheck[]> {
  const hasTexts = checks.some(
    (check) => check.check === 'expression' && typeof check.expression === 'string',
  );
  if (!hasTexts) return [...checks];
  const parse = await loadFormulaParser();
  return checks.map((check, i) => {
    if (check.check !== 'expression' || typeof check.expression !== 'string') return check;
    const at = `${path}[${i}].expression`;
    const invalid = (where: string, problem: string) => new DataChecksInvalidError(where, problem);
    const refuse = (problem: string) => invalid(at, problem);
    const tree = parseExpression(check.expression, parse, refuse);
    const name = check.name ?? check.expression;
    return { ...check, name, expression: readExpression({ value: tree, path: at, invalid }) };
  });
}
