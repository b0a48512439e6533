import { parse } from 'mathjs/number';
import { createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { parseExpression, parseExpressions } from '../../src/expressions/expressions.ts';
import { type RecipeSpec, fitTransform, parseRecipe, parseRecipeSpec } from '../../src/index.ts';
import { cellsIn, categorical, integer, numeric } from '../tiny-table.ts';

const table = createTable([
  ['total', numeric(10, 20, null, 7, 0)],
  ['months', integer(5, 0, 2, null, -2)],
  ['a name', numeric(1, 2, 3, 4, 5)],
]);

async function derive(formula: string): Promise<(number | null)[]> {
  const spec: RecipeSpec = { steps: [{ kind: 'derive', columns: { it: formula } }] };
  const { matrix } = fitTransform(table, await parseExpressions(spec));
  return cellsIn(matrix.columns.at(-1)!) as (number | null)[];
}

describe('derive', () => {
  it.each([
    ['total / max(months, 1)', [2, 20, null, null, 0]],
    ['total / months', [2, null, null, null, -0]],
    ['`a name` * 2 - 1', [1, 3, 5, 7, 9]],
    ['-total ^ 2 + 1', [-99, -399, null, -48, 1]],
    ['months > 0 ? total : -1', [10, -1, null, null, -1]],
    ['coalesce(total, months, 0)', [10, 20, 2, 7, 0]],
    ['sqrt(months)', [Math.sqrt(5), 0, Math.sqrt(2), null, null]],
    ['log(months)', [Math.log(5), null, Math.log(2), null, null]],
    ['months == 5 or not (total > 5)', [1, 0, null, null, 1]],
    ['months == 5 or not total and not not months', [1, 0, null, null, 1]],
    ['max(-months)', [-5, -0, -2, null, 2]],
    ['min(total, months, 3) + floor(1.5) * abs(-2)', [5, 2, null, null, 0]],
    ['exp(total * 1000)', [null, null, null, null, 1]],
  ])('%s', async (formula, expected) => {
    expect(await derive(formula)).toEqual(expected);
  });

  it('keeps a tree that is computed without mathjs, and that its parser reads back', async () => {
    const spec = await parseExpressions({
      steps: [{ kind: 'derive', columns: { rate: 'total / max(months, 1)' } }],
    });
    const { recipe } = fitTransform(table, spec);
    expect(recipe.steps).toEqual([
      {
        kind: 'derive',
        columns: [
          {
            column: 'rate',
            expression: {
              call: 'divide',
              of: [{ column: 'total' }, { call: 'max', of: [{ column: 'months' }, 1] }],
            },
          },
        ],
      },
    ]);
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  });

  it.each([
    'total +',
    'eval("1")',
    'maxx(total, 1)',
    'total.constructor',
    '[total, 1]',
    'f(x) = x',
    'total = 3',
    '2 total',
    'total; months',
    '"text"',
    'total!',
    '1 + 2',
    'abs(total, 2)',
    `${'('.repeat(40)}total${' + 1)'.repeat(40)}`,
    Array.from({ length: 300 }, () => 'total').join(' + '),
    'not total > 1',
    'not total + 1',
    'total # 2 + months',
    ' ',
    'total + 1e999',
  ])('refuses %s with PREPROCESS_SPEC_INVALID', async (formula) => {
    await expect(derive(formula)).rejects.toMatchObject({ code: 'PREPROCESS_SPEC_INVALID' });
  });

  it('says to put a formula in quotes whose comma YAML took for the end of it', () => {
    const columns = { rate: 'total / max(months', '1)': null };
    expect(() => parseRecipeSpec({ steps: [{ kind: 'derive', columns }] })).toThrow('in quotes');
  });

  it('refuses a formula that is too long to walk through', async () => {
    const formula = Array.from({ length: 20_000 }, () => 'total').join('+');
    await expect(derive(formula)).rejects.toMatchObject({ code: 'PREPROCESS_SPEC_INVALID' });
  });

  it('names the nearest function and the nearest column', async () => {
    await expect(derive('maxx(total, 1)')).rejects.toThrow('"max"');
    await expect(derive('totals + 1')).rejects.toMatchObject({
      code: 'PREPROCESS_STEP_COLUMN_NOT_FOUND',
      message: expect.stringContaining('"total"'),
    });
  });

  it('refuses texts, taken names, formulas that are still texts, and broken trees', () => {
    const refuse = (columns: object, code: string) => {
      const broken = createTable([...table.columns, ['t', categorical('a', 'b', 'a', 'b', 'a')]]);
      const spec = { steps: [{ kind: 'derive', columns }] } as RecipeSpec;
      expect(() => fitTransform(broken, spec)).toThrow(expect.objectContaining({ code }));
    };
    refuse({ x: { call: 'abs', of: [{ column: 't' }] } }, 'PREPROCESS_STEP_COLUMN_KIND');
    refuse({ total: { call: 'abs', of: [{ column: 'months' }] } }, 'TABLE_COLUMN_DUPLICATE');
    refuse({ x: 'total + 1' }, 'PREPROCESS_SPEC_INVALID');
    refuse({ x: { call: 'system', of: [1] } }, 'PREPROCESS_SPEC_INVALID');
    refuse({ x: { call: 'add', of: [{ column: 'total' }] } }, 'PREPROCESS_SPEC_INVALID');
    refuse({ x: 7 }, 'PREPROCESS_SPEC_INVALID');
  });

  it('reads nothing into a name that only looks like a placeholder of its own', () => {
    const read = (text: string) => parseExpression(text, parse, (problem) => new Error(problem));
    expect(read('__quoted3 + 1')).toEqual({ call: 'add', of: [{ column: '__quoted3' }, 1] });
  });
});
