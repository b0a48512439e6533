import { createTable, rowAt } from '@gnu-mlops/core';
import { createSampleTable, readTable, sampleSource, writeTable } from '@gnu-mlops/data';
import {
  type RecipeSpec,
  defaultRecipeSpec,
  fitRecipe,
  parseRecipe,
  transformTable,
} from '@gnu-mlops/preprocess';
import { sharedDataPath, temporaryFolder } from '@gnu-mlops/test-kit';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitRecipeOnSource, transformSource } from '../src/index.ts';

const { table, target } = createSampleTable({ kind: 'churn', rows: 3000, seed: 11 });

async function writtenAs(ending: string): Promise<string> {
  const path = join(temporaryFolder(), `rows.${ending}`);
  await writeTable(path, table);
  return path;
}

/** Equal JSON, but for the last digits of numbers. */
function expectClose(found: unknown, wanted: unknown): void {
  const rounded = (value: unknown) =>
    JSON.parse(JSON.stringify(value), (_, each: unknown) =>
      typeof each === 'number' ? Number(each.toPrecision(10)) : each,
    ) as unknown;
  expect(rounded(found)).toEqual(rounded(wanted));
}

describe('fitRecipeOnSource', () => {
  it.each(['csv', 'jsonl', 'parquet', 'arrow'])(
    'learns from a file in .%s what fitRecipe learns from its table',
    async (ending) => {
      const path = await writtenAs(ending);
      for (const family of ['trees', 'linear'] as const) {
        const fitted = await fitRecipeOnSource(
          { source: { path }, target, recipe: { for: family } },
          { batchRows: 700 },
        );
        const spec = defaultRecipeSpec(table, { for: family, target });
        expectClose(fitted.recipe, fitRecipe(table, spec, { target }));
        expect(fitted.rowCount).toBe(3000);
        parseRecipe(JSON.parse(JSON.stringify(fitted.recipe)));
      }
    },
  );

  it('learns the steps that it is given, formulas and what the target says among them', async () => {
    const path = await writtenAs('csv');
    const recipe: RecipeSpec = {
      steps: [
        { kind: 'derive', columns: { per_month: 'monthly_charges / max(tenure_months, 1)' } },
        { kind: 'target_encode', columns: ['contract'] },
        { kind: 'one_hot', columns: { kinds: ['categorical', 'text'] }, unknown: 'other' },
      ],
    };
    const features = ['monthly_charges', 'tenure_months', 'contract'];
    const fitted = await fitRecipeOnSource({ source: { path }, target, features, recipe });
    expect(fitted.recipe.features.map(({ name }) => name)).toEqual([
      'tenure_months',
      'contract',
      'monthly_charges',
      'per_month',
    ]);
  });

  it('tells texts from categories, and columns that vary late, by rows from all of the file', async () => {
    const path = join(temporaryFolder(), 'late.csv');
    const lines = Array.from(
      { length: 60_000 },
      (_, row) => `note ${row},${row < 55_000 ? 'same' : 'other'},${row % 5}`,
    );
    writeFileSync(path, `note,late,n\n${lines.join('\n')}\n`);
    const { recipe } = await fitRecipeOnSource({ source: { path }, recipe: { for: 'trees' } });
    expect(recipe.dropped.map(({ column }) => column)).toEqual(['note']);
    expect(recipe.features.map(({ name }) => name)).toEqual(['late=other', 'late=same', 'n']);
  });

  it('reads any source, with the types that it is told', async () => {
    const from = sampleSource({ kind: 'churn', rows: 500, seed: 1 });
    const { recipe } = await fitRecipeOnSource({
      source: { from, columnTypes: { tenure_months: 'string' } },
      target,
      recipe: { for: 'trees' },
    });
    const spec = recipe.inputs.find(({ name }) => name === 'tenure_months');
    expect(spec).toMatchObject({ type: 'string' });
  });

  it('throws TABLE_COLUMN_NOT_FOUND for a target that is not there, naming the nearest', async () => {
    const source = { path: await writtenAs('csv') };
    const fitting = fitRecipeOnSource({ source, target: 'Churn', recipe: { for: 'trees' } });
    await expect(fitting).rejects.toMatchObject({
      code: 'TABLE_COLUMN_NOT_FOUND',
      message: expect.stringMatching(/"churn"/) as string,
    });
  });

  it('stops when the signal aborts', async () => {
    const source = { path: await writtenAs('jsonl') };
    const signal = AbortSignal.abort(new Error('enough'));
    const fitting = fitRecipeOnSource({ source, recipe: { for: 'trees' } }, { signal });
    await expect(fitting).rejects.toThrow('enough');
  });
});

describe('transformSource', () => {
  it.each(['csv', 'jsonl', 'parquet', 'arrow'])(
    'writes to .%s what transformTable gives, behind the columns that are kept',
    async (ending) => {
      const recipe = fitRecipe(table, defaultRecipeSpec(table, { for: 'linear', target }), {
        target,
      });
      const source = { path: await writtenAs('parquet') };
      const output = join(temporaryFolder(), `features.${ending}`);
      const keep = [target, 'contract'];
      const { rowCount } = await transformSource(
        { source, recipe, output, keep },
        { batchRows: 700 },
      );
      expect(rowCount).toBe(3000);
      const { table: written } = await readTable(output);
      const matrix = transformTable(table, recipe);
      const names = matrix.features.map(({ name }) => name);
      expect([...written.columns.keys()]).toEqual([...keep, ...names]);
      for (const [index, name] of names.entries()) {
        const { values } = written.columns.get(name) as { values: Float64Array };
        expect(values).toEqual(matrix.columns[index]);
      }
      expect(rowAt(written, 2999)).toMatchObject({
        contract: rowAt(table, 2999)['contract'],
        [target]: rowAt(table, 2999)[target],
      });
    },
  );

  it('writes the columns where there are no rows', async () => {
    const recipe = fitRecipe(table, defaultRecipeSpec(table, { for: 'trees', target }), { target });
    const path = join(temporaryFolder(), 'none.csv');
    writeFileSync(path, `${[...table.columns.keys()].join(',')}\n`);
    const output = join(temporaryFolder(), 'features.parquet');
    await transformSource({ source: { path }, recipe, output, keep: [target] });
    const { table: written } = await readTable(output);
    expect(written.rowCount).toBe(0);
    expect(written.columns.size).toBe(1 + recipe.features.length);
  });

  it('counts the row of an error from the first of all rows', async () => {
    const letters = createTable([['a', { kind: 'text', values: ['x', 'y'] }]]);
    const recipe = fitRecipe(letters, { steps: [{ kind: 'one_hot', columns: ['a'] }] });
    const path = join(temporaryFolder(), 'rows.csv');
    writeFileSync(path, `a\n${'x\ny\n'.repeat(3)}z\n`);
    const output = join(temporaryFolder(), 'features.csv');
    const writing = transformSource({ source: { path }, recipe, output }, { batchRows: 2 });
    await expect(writing).rejects.toMatchObject({ code: 'PREPROCESS_CATEGORY_UNKNOWN', row: 6 });
  });

  it.each([
    ['DATA_COLUMN_MISSING', 'a column of the recipe is missing', 'b\n1\n', []],
    ['DATA_CSV_CELL_INVALID', 'a cell is of another type', 'a\n1\nx\n', []],
    ['TABLE_COLUMN_NOT_FOUND', 'a column to keep is missing', 'a\n1\n', ['key']],
    ['TABLE_COLUMN_DUPLICATE', 'a column to keep has the name of a feature', 'a\n1\n', ['a']],
  ])('throws %s where %s, and writes nothing', async (code, _, text, keep) => {
    const numbers = createTable([['a', { kind: 'integer', values: Float64Array.of(1, 2, 3) }]]);
    const recipe = fitRecipe(numbers, { steps: [] });
    const folder = temporaryFolder();
    const path = join(temporaryFolder(), 'rows.csv');
    writeFileSync(path, text);
    const output = join(folder, 'features.csv');
    const writing = transformSource({ source: { path }, recipe, output, keep });
    await expect(writing).rejects.toMatchObject({ code });
    expect(existsSync(output)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('turns the real passengers of the Titanic into the same features as in memory', async () => {
    const path = sharedDataPath('titanic.csv');
    if (path === undefined) return;
    const titanic = (await readTable(path)).table;
    const { recipe } = await fitRecipeOnSource(
      { source: { path }, target: 'survived', recipe: { for: 'linear' } },
      { batchRows: 100 },
    );
    const spec = defaultRecipeSpec(titanic, { for: 'linear', target: 'survived' });
    expectClose(recipe, fitRecipe(titanic, spec, { target: 'survived' }));
  });
});
