import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '@gnu-mlops/core/config';
import { readCsv } from '@gnu-mlops/data';
import { prepareTrainingTable } from '@gnu-mlops/pipeline';
import { formatModel, parseModel, predictTable } from '@gnu-mlops/model';
import { parseExpressions } from '@gnu-mlops/preprocess/expressions';
import { sharedDataPath } from '@gnu-mlops/test-kit';
import { trainModel } from '@gnu-mlops/trainer';
import { describe, expect, it } from 'vitest';
import { trainingSettings } from '../src/training-settings.ts';

const folder = fileURLToPath(new URL('../../../configs/examples/', import.meta.url));

/** What the examples exceed on rows that were held out. */
const examples = [
  { file: 'titanic.yaml', data: 'titanic.csv', rocAuc: 0.8 },
  { file: 'diabetes.yaml', data: 'pima_diabetes.csv', rocAuc: 0.76 },
];

describe('configs/examples', () => {
  it('are all tested', () => {
    expect(readdirSync(folder).sort()).toEqual(examples.map(({ file }) => file).sort());
  });

  it.each(examples)('$file reads, formulas included', async ({ file }) => {
    const config = parseConfig(readFileSync(`${folder}${file}`, 'utf8'));
    const { recipe } = trainingSettings(config, { cwd: '/nowhere' });
    const parsed = await parseExpressions(recipe!);
    expect(JSON.stringify(parsed)).toContain('"call":');
  });

  for (const { file, data, rocAuc } of examples) {
    const path = sharedDataPath(data);
    it.skipIf(path === undefined)(
      `${file} trains on the real table, and its model scores what it reads (skipped without ../shared/data)`,
      async () => {
        const config = parseConfig(readFileSync(`${folder}${file}`, 'utf8'));
        const { recipe, ...settings } = trainingSettings(config, { cwd: '/nowhere' });
        const { table, target } = await prepareTrainingTable({
          ...settings,
          source: { path: path! },
        });
        const { model, report } = await trainModel({
          ...settings,
          table,
          target,
          recipe: await parseExpressions(recipe!),
        });
        expect(report.metrics['roc_auc']).toBeGreaterThan(rocAuc);
        const read = await readCsv(path!);
        const loaded = parseModel(await formatModel(model));
        expect(predictTable(loaded, read.table)).toEqual(predictTable(model, read.table));
      },
    );
  }
});
