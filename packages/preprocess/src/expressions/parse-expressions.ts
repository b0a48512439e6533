import { RecipeSpecInvalidError } from '../errors.ts';
import type { Expression } from '../expression.ts';
import type { RecipeSpec } from '../recipe.ts';
import type { StepSpec } from '../step-spec.ts';
import type { DeriveSpec } from '../steps/derive.ts';
import { loadFormulaParser } from './load-formula-parser.ts';
import { type FormulaParser, parseExpression } from './parse-expression.ts';

/**
 * Turn the formulas of a specification's derive steps from texts into trees; a specification without
 * such texts comes back as it is, and mathjs is not loaded for it.
 *
 * Formulas know `+ - * / ^`, comparisons, `and`, `or`, `not`, `a ? b : c`, `abs`, `min`, `max`,
 * `exp`, `log`, `log1p`, `sqrt`, `floor`, `ceil` and `coalesce(a, b)`, the first that is not missing.
 * A column whose name is no word stands between backticks: `` `Monthly Charges` * 12 ``.
 *
 * @throws {ExpressionsUnavailableError} when mathjs, an optional peer, is not installed.
 * @throws {RecipeSpecInvalidError} for a formula that does not read, naming it.
 */
export async function parseExpressions(spec: RecipeSpec): Promise<RecipeSpec> {
  if (!spec.steps.some(hasTexts)) return spec;
  const parse = await loadFormulaParser();
  const steps = spec.steps.map((step, i) =>
    hasTexts(step) ? { ...step, columns: parseColumns(step, `steps[${i}].columns`, parse) } : step,
  );
  return { steps };
}

function hasTexts(step: StepSpec): step is DeriveSpec {
  return (
    step.kind === 'derive' && Object.values(step.columns).some((value) => typeof value === 'string')
  );
}

function parseColumns(
  { columns }: DeriveSpec,
  path: string,
  parse: FormulaParser,
): { [name: string]: Expression } {
  const parsed = Object.entries(columns).map(([name, expression]) => {
    if (typeof expression !== 'string') return [name, expression] as const;
    const refuse = (problem: string) => new RecipeSpecInvalidError(`${path}.${name}`, problem);
    return [name, parseExpression(expression, parse, refuse)] as const;
  });
  return Object.fromEntries(parsed);
}
