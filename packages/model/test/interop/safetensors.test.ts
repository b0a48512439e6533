import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformTable } from '@gnu-mlops/preprocess';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { formatModel, parseModel } from '../../src/file/model-file.ts';
import { parseTensorFile } from '../../src/file/parse-tensor-file.ts';
import { predictMatrix } from '../../src/predict-matrix.ts';
import { tinyCustomers, tinyModels } from '../fixtures/tiny-models.ts';
import { runPython, whyNoPython } from './run-python.ts';

interface PythonView {
  readonly tensors: Record<string, [dtype: string, shape: number[]]>;
  readonly metadata: Record<string, string>;
  readonly checksum: string;
  readonly scores: number[];
}

const reason = whyNoPython('safetensors');

describe.skipIf(reason !== undefined)(
  `safetensors in Python${reason ? ` (${reason})` : ''}`,
  () => {
    it.each(tinyModels())('reads, scores and saves again %s', async (_, model) => {
      const folder = await temporaryFolder();
      const paths = ['model.gnumlops', 'matrix.json', 'again.gnumlops'].map((name) =>
        join(folder, name),
      );
      const [modelPath, matrixPath, savedPath] = paths as [string, string, string];
      const bytes = formatModel(model);
      const matrix = transformTable(tinyCustomers(), model.recipe);
      const rows = Array.from({ length: matrix.rowCount }, (__, row) =>
        matrix.columns.map((column) => column[row]!),
      );
      writeFileSync(modelPath, bytes);
      writeFileSync(matrixPath, JSON.stringify(rows));
      const view = runPython('read_model_file.py', ...paths) as PythonView;

      const file = parseTensorFile(bytes, () => undefined);
      const dtypes = new Map([
        [Float64Array.name, 'float64'],
        [Int32Array.name, 'int32'],
        [Uint8Array.name, 'uint8'],
      ]);
      expect(view.tensors).toEqual(
        Object.fromEntries(
          Array.from(file.tensors, ([name, { shape, values }]) => [
            name,
            [dtypes.get(values.constructor.name), shape],
          ]),
        ),
      );
      expect(view.metadata).toEqual(file.metadata);
      expect(view.checksum).toBe(file.metadata['checksum']);
      const ours = predictMatrix(model.estimator, matrix);
      expect(view.scores.length).toBe(ours.length);
      view.scores.forEach((score, i) => expect(score).toBeCloseTo(ours[i]!, 12));

      expect(parseModel(readFileSync(savedPath))).toEqual(model);
    });
  },
);
