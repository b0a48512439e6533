import { readFileSync } from 'node:fs';
import { createTable } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { parseOnnx } from '../../src/onnx/parse-onnx.ts';
import { predictTable } from '../../src/predict-table.ts';
import { runPython, whyNoPython } from './run-python.ts';

interface WrittenModel {
  readonly file: string;
  readonly cells: readonly (readonly (number | null)[])[];
  readonly scores: readonly number[];
  readonly classes: readonly string[] | null;
}

const names = ['a', 'b', 'c', 'd'];
const reason = whyNoPython('onnxruntime');

describe.skipIf(reason !== undefined)(
  `TreeEnsemble in onnxruntime${reason ? ` (${reason})` : ''}`,
  () => {
    it('scores as here, in float32 and float64, missing cells included', () => {
      const models = runPython('write_tree_ensemble.py', temporaryFolder()) as WrittenModel[];
      expect(models.length).toBe(6);
      for (const { file, cells, scores, classes } of models) {
        const model = parseOnnx(readFileSync(file), { columns: names });
        const table = createTable(
          names.map((name, k) => {
            const values = Float64Array.from(cells, (row) => row[k] ?? NaN);
            return [name, { kind: 'numeric', values }];
          }),
        );
        const predictions = predictTable(model, table);
        const isClasses = predictions.task === 'classification';
        const ours = isClasses ? predictions.probabilities : predictions.values;
        expect(model.target.classes ?? null).toEqual(classes);
        expect(ours.length).toBe(scores.length);
        ours.forEach((score, i) => expect(Math.abs(score - scores[i]!)).toBeLessThan(2e-6));
      }
    });
  },
);
