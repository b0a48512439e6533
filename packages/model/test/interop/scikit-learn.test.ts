import { readFileSync } from 'node:fs';
import { type Table, createColumnBuilder, createTable } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { formatModel, parseModel } from '../../src/file/model-file.ts';
import type { Model } from '../../src/model.ts';
import { parseOnnx } from '../../src/onnx/parse-onnx.ts';
import { predictTable } from '../../src/predict-table.ts';
import { runPython, whyNoPython } from './run-python.ts';

interface SklearnModel {
  readonly name: string;
  readonly file: string;
  readonly columns: readonly string[];
  readonly cells: { readonly [column: string]: readonly unknown[] };
  readonly classes?: readonly string[];
  /** Probabilities, row-major, or values. */
  readonly scores: readonly number[];
}

const reason = whyNoPython('skl2onnx');

function tableOf(model: Model, { cells }: SklearnModel): Table {
  return createTable(
    model.signature.inputs.map((input) => {
      const builder = createColumnBuilder(input);
      for (const cell of cells[input.name]!) builder.appendValue(cell);
      return [input.name, builder.finish()] as const;
    }),
  );
}

describe.skipIf(reason !== undefined)(
  `scikit-learn through skl2onnx${reason ? ` (${reason})` : ''}`,
  () => {
    it('predicts here what it predicts in Python, within 1e-6', async () => {
      const models = runPython('write_sklearn_onnx.py', await temporaryFolder()) as SklearnModel[];
      expect(models.length).toBeGreaterThan(10);
      for (const python of models) {
        const isWide = python.columns.includes('x0');
        const bytes = readFileSync(python.file);
        const model = parseOnnx(bytes, isWide ? { columns: python.columns } : {});
        const predictions = predictTable(parseModel(formatModel(model)), tableOf(model, python));
        const ours =
          predictions.task === 'classification' ? predictions.probabilities : predictions.values;
        expect(model.target.classes, python.name).toEqual(python.classes);
        expect(ours.length, python.name).toBe(python.scores.length);
        // The file holds float32, so a sum is as precise as the largest of its kind.
        const size = python.scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0);
        const error = ours.reduce(
          (most, score, i) => Math.max(most, Math.abs(score - python.scores[i]!) / size),
          0,
        );
        expect(error, python.name).toBeLessThan(1e-6);
      }
    });
  },
);
