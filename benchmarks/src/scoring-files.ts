import { formatLightgbm, formatXgboost } from '@gnu-mlops/model';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BoostingRows } from './boosting-cases.ts';
import type { ScoringCase } from './scoring-cases.ts';

/** Paths of what the peers read. */
export interface ScoringFiles {
  /** Columns of single precision, the labels last. */
  readonly train: { readonly path: string; readonly rowCount: number };
  readonly rows: { readonly path: string; readonly rowCount: number };
  /** The ensemble's arrays as JSON, from which `write_tree_onnx.py` makes `onnx`. */
  readonly trees: string;
  readonly onnx: string;
  /** Written for boosted trees only. */
  readonly lightgbm: string;
  readonly xgboost: string;
}

/** Write the same rows and trees for every peer. */
export function writeScoringFiles(scored: ScoringCase, folder: string): ScoringFiles {
  const { trees, train, rows, kind } = scored;
  const files: ScoringFiles = {
    train: writeRows(join(folder, 'train.f32'), train),
    rows: writeRows(join(folder, 'rows.f32'), rows),
    trees: join(folder, 'trees.json'),
    onnx: join(folder, 'trees.onnx'),
    lightgbm: join(folder, 'trees.txt'),
    xgboost: join(folder, 'trees-xgboost.json'),
  };
  const { features } = rows.matrix;
  const plain = Object.entries(trees).map(([name, value]) => [
    name,
    ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value,
  ]);
  writeFileSync(files.trees, JSON.stringify(Object.fromEntries(plain)));
  if (kind === 'boosting') {
    writeFileSync(files.lightgbm, formatLightgbm(trees, features));
    writeFileSync(files.xgboost, formatXgboost(trees, features));
  }
  return files;
}

function writeRows(path: string, { matrix, labels }: BoostingRows) {
  const columns = [...matrix.columns, Float64Array.from(labels)];
  const parts = columns.map((column) => Buffer.from(Float32Array.from(column).buffer));
  writeFileSync(path, Buffer.concat(parts));
  return { path, rowCount: matrix.rowCount };
}
