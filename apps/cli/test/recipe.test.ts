import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recipe } from '@gnu-mlops/preprocess';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, runJson } from './run.ts';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-test-'));
  await run(folder, ['data', 'create', '--rows', '300', '-o', 'data/churn.csv']);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fit = ['recipe', 'fit', 'data/churn.csv', '--target', 'churn'];

describe('recipe fit', () => {
  it('writes a recipe, says what was learnt, and replaces no file unasked', async () => {
    const fitted = await run(folder, [...fit, '--for', 'linear', '-o', 'out/linear.json']);
    expect(fitted).toMatchObject({ exitCode: 0 });
    expect(fitted.output).toMatch(
      /^Learnt \d+ steps from 300 rows in 2 passes: \d+ columns become \d+ features\. Wrote out\/linear\.json\.$/m,
    );
    const recipe = JSON.parse(readFileSync(join(folder, 'out/linear.json'), 'utf8')) as Recipe;
    expect(recipe.inputs.map(({ name }) => name)).not.toContain('churn');
    const again = await run(folder, [...fit, '-o', 'out/linear.json']);
    expect(again).toMatchObject({ exitCode: 2 });
    expect(again.notes).toContain('CLI_FILE_EXISTS');
  });

  it('writes over neither its table nor its recipe, not even by force', async () => {
    const table = readFileSync(join(folder, 'data/churn.csv'));
    const over = await run(folder, [...fit, '--force', '-o', './data/churn.csv']);
    expect(over).toMatchObject({ exitCode: 2 });
    expect(over.notes).toContain('another file than the table');
    expect(readFileSync(join(folder, 'data/churn.csv'))).toEqual(table);
    const args = ['recipe', 'transform', 'data/churn.csv', '-r', 'r.csv', '-o', 'r.csv', '--force'];
    expect((await run(folder, args)).notes).toContain('another file than the recipe');
  });

  it('learns the configured steps from the configured source, and warns of target encoding', async () => {
    const project = join(folder, 'project');
    mkdirSync(join(project, 'configs'), { recursive: true });
    writeFileSync(
      join(project, 'configs/config.yaml'),
      `data: { local_path: ../data/churn.csv, target: churn, features: [contract, tenure_months] }
preprocessing:
  steps:
    - { kind: target_encode, columns: [contract] }
`,
    );
    const fitted = await run(project, ['recipe', 'fit', '-o', 'recipe.json']);
    expect(fitted).toMatchObject({ exitCode: 0 });
    expect(fitted.output).toContain('train on other rows');
    const { recipe } = await runJson<{ recipe: Recipe }>(project, [
      ...['recipe', 'fit', '-o', 'recipe.json', '--force'],
    ]);
    expect(recipe.features.map(({ name }) => name).sort()).toEqual(['contract', 'tenure_months']);
    const other = await runJson<{ recipe: Recipe }>(project, [
      ...['recipe', 'fit', '../data/churn.csv', '--for', 'linear', '-o', 'other.json'],
    ]);
    const inputs = other.recipe.inputs.map(({ name }) => name);
    expect(inputs).toContain('monthly_charges');
    expect(inputs).not.toContain('churn');
  });
});

describe('recipe transform', () => {
  it('writes features of the same rows to any format, behind what is kept', async () => {
    expect(await run(folder, [...fit, '-o', 'trees.json'])).toMatchObject({ exitCode: 0 });
    const transform = ['recipe', 'transform', 'data/churn.csv', '-r', 'trees.json'];
    const { features } = await runJson<{ features: string[] }>(folder, [
      ...[...transform, '-o', 'out/features.parquet', '--keep', 'churn'],
    ]);
    const diff = await runJson<{ after: { rowCount: number } }>(folder, [
      ...['data', 'profile', 'out/features.parquet'],
    ]);
    expect(diff).toMatchObject({ rowCount: 300 });
    expect(features.length).toBeGreaterThan(3);
    const again = await run(folder, [...transform, '-o', 'out/features.parquet']);
    expect(again.notes).toContain('CLI_FILE_EXISTS');
  });

  it.each([
    ['nothing', 'missing.json', 'CLI_RECIPE_UNREADABLE', 2],
    ['no JSON', 'data/churn.csv', 'CLI_RECIPE_UNREADABLE', 2],
    ['JSON, and no recipe', 'other.json', 'PREPROCESS_RECIPE_INVALID', 3],
  ])('says so where the recipe is %s', async (_, file, code, exitCode) => {
    writeFileSync(join(folder, 'other.json'), '{"version": 1}');
    const args = ['recipe', 'transform', 'data/churn.csv', '-r', file, '-o', 'x.csv'];
    const failed = await run(folder, args);
    expect(failed).toMatchObject({ exitCode });
    expect(failed.notes).toContain(code);
  });
});
