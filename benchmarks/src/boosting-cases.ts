import { createRandom } from '@gnu-mlops/core';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';

/** Rows of two classes to learn from, and others to be scored by. */
export interface BoostingCase {
  readonly name: string;
  readonly train: BoostingRows;
  readonly test: BoostingRows;
}

export interface BoostingRows {
  readonly matrix: FeatureMatrix;
  /** 0 or 1. */
  readonly labels: Int32Array;
}

/** The sizes that boosting is compared on. */
export function boostingCases(): BoostingCase[] {
  return [openCase(1_000, 8), openCase(10_000, 20), openCase(100_000, 20), openCase(1_000_000, 28)];
}

function openCase(rowCount: number, featureCount: number): BoostingCase {
  return {
    name: `boosting: ${rowCount} rows x ${featureCount} features`,
    get train() {
      return createRows(rowCount, featureCount, 1);
    },
    get test() {
      return createRows(Math.max(20_000, rowCount / 10), featureCount, 2);
    },
  };
}

/**
 * Sixteen clouds of points, eight a class, each with its own centre and shape; half of the features
 * know of it, a fifth are mixtures of those, the rest is noise. One label in twenty is wrong. Values
 * have single precision, as the peers keep them.
 */
function createRows(rowCount: number, featureCount: number, stream: number): BoostingRows {
  const shape = createRandom(3, featureCount);
  const informative = Math.max(4, Math.floor(featureCount / 2));
  const mixed = Math.floor(featureCount / 5);
  const normals = (length: number) => Float64Array.from({ length }, () => shape.nextNormal());
  const clouds = Array.from({ length: 16 }, () => ({
    centre: normals(informative).map((value) => (value < 0 ? -1.1 : 1.1) + 0.4 * value),
    spread: normals(informative ** 2).map((value) => value / Math.sqrt(informative)),
  }));
  const mixing = normals(informative * mixed).map((value) => value / Math.sqrt(informative));
  const random = createRandom(4, stream, rowCount);
  const columns = Array.from({ length: featureCount }, () => new Float64Array(rowCount));
  const labels = new Int32Array(rowCount);
  const noise = new Float64Array(informative);
  const known = new Float64Array(informative);
  for (let row = 0; row < rowCount; row++) {
    const cloud = random.nextInt(16);
    const { centre, spread } = clouds[cloud]!;
    for (let i = 0; i < informative; i++) noise[i] = random.nextNormal();
    for (let i = 0; i < featureCount; i++) {
      let value = random.nextNormal();
      if (i < informative) value = known[i] = centre[i]! + dot(spread, noise, i * informative);
      else if (i < informative + mixed) value = dot(mixing, known, (i - informative) * informative);
      columns[i]![row] = Math.fround(value);
    }
    labels[row] = random.nextInt(20) === 0 ? 1 - (cloud & 1) : cloud & 1;
  }
  const features = columns.map((_, i) => ({ name: `f${i}`, kind: 'numeric' as const }));
  return { matrix: { rowCount, features, columns }, labels };
}

function dot(matrix: Float64Array, vector: Float64Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += matrix[start + i]! * vector[i]!;
  return sum;
}
