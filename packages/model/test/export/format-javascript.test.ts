import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Table, rowAt } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { formatJavaScript } from '../../src/export/format-javascript.ts';
import type { Model } from '../../src/model.ts';
import { predictTable } from '../../src/predict-table.ts';
import { calibratedExports } from '../fixtures/calibrated-models.ts';
import {
  composedModels,
  exportModels,
  hostileNames,
  hostileTable,
} from '../fixtures/export-models.ts';
import { steppedModels } from '../fixtures/stepped-models.ts';
import { rawLinear, tinyCustomers, tinyLogistic, tinyModels } from '../fixtures/tiny-models.ts';

interface Prediction {
  readonly prediction: string | number;
  readonly probability?: number;
  readonly probabilities?: readonly number[];
}

interface Module {
  readonly predict: (row: object) => Prediction;
  readonly classes: readonly string[];
  readonly inputs: readonly { name: string; type: string }[];
}

async function load(model: Model, module: 'js' | 'ts' = 'js'): Promise<Module> {
  const path = join(temporaryFolder(), `model.${module === 'js' ? 'mjs' : 'ts'}`);
  writeFileSync(path, formatJavaScript(model, { module }));
  return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Module;
}

function expectSame(model: Model, { predict }: Module, table: Table): void {
  const expected = predictTable(model, table);
  for (let row = 0; row < table.rowCount; row++) {
    // A table's row names own properties only, `__proto__` included.
    const answer = predict(rowAt(table, row));
    if (expected.task === 'regression') {
      expect(answer).toEqual({ prediction: expected.values[row] });
    } else {
      const width = expected.classes.length;
      const shares = [...expected.probabilities.slice(row * width, (row + 1) * width)];
      const label = expected.labels[row]!;
      const prediction = expected.classes[label];
      expect(answer).toEqual({ prediction, probability: shares[label], probabilities: shares });
    }
  }
}

describe('formatJavaScript', () => {
  it.each([...exportModels(), ...composedModels(), ...calibratedExports(), ...steppedModels()])(
    'gives the same bits behind hostile names, for %s',
    async (_, model) => {
      const module = await load(model);
      expectSame(model, module, hostileTable(60, 43));
      expectSame(model, await load(model, 'ts'), hostileTable(9, 44));
      expect(module.classes).toEqual(model.target.classes ?? []);
      expect(module.inputs.map(({ name }) => name)).toEqual(
        model.recipe.inputs.map(({ name }) => name),
      );
    },
  );

  it.each(tinyModels())('gives the same bits for %s', async (_, model) => {
    expectSame(model, await load(model), tinyCustomers());
  });

  it('writes the same module with types', async () => {
    const model = tinyLogistic();
    expectSame(model, await load(model, 'ts'), tinyCustomers());
    const source = formatJavaScript(model, { module: 'ts' });
    expect(source).toContain('predict(row: { readonly [name: string]: unknown }): Prediction');
  });

  it('lets no name out of its string', () => {
    const [, model] = exportModels()[0]!;
    const source = formatJavaScript(model, { module: 'js' });
    const data = source.split('\n')[1]!;
    expect(data).toMatch(/^const data = \{.*\};$/);
    expect(data).not.toMatch(/[<\u007f-\uffff]|\*\//);
    const parsed = JSON.parse(data.slice('const data = '.length, -1)) as Module;
    expect(parsed.inputs.map(({ name }) => name)).toEqual(hostileNames);
    expect(source).not.toMatch(/\beval\b|\bFunction\(|\bimport\b|\brequire\b/);
  });

  it('refuses rows that lack a column or hold another type, naming the column', async () => {
    const { predict } = await load(tinyLogistic());
    const row = { tenure: 3, plan: 'monthly', autopay: true, since: new Date(0) };
    expect(predict({ ...row, since: 0 })).toEqual(predict(row));
    expect(() => predict({ tenure: 3 })).toThrow(/"plan"/);
    expect(() => predict({ ...row, tenure: 'three' })).toThrow(/"tenure"/);
    const raw = await load(rawLinear());
    expect(() => raw.predict({ x: null })).toThrow(/no finite score/);
  });
});
