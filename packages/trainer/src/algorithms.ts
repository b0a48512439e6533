import { nearestName } from '@gnu-mlops/core';
import type { Algorithm } from './algorithm.ts';
import { AlgorithmUnknownError } from './errors.ts';
import { lightgbm } from './boosting/lightgbm.ts';
import { xgboost } from './boosting/xgboost.ts';
import { randomForest } from './forest/random-forest.ts';
import { linearRegression, ridge } from './linear/linear-regression.ts';
import { logisticRegression } from './linear/logistic-regression.ts';
import { neuralNetwork } from './neural/neural-network.ts';

/** Every algorithm there is. */
export const algorithms: readonly Algorithm[] = [
  randomForest,
  lightgbm,
  xgboost,
  logisticRegression,
  linearRegression,
  ridge,
  neuralNetwork,
];

/** @throws {AlgorithmUnknownError} naming the nearest one there is. */
export function algorithmNamed(name: string): Algorithm {
  const found = algorithms.find((algorithm) => algorithm.name === name);
  if (found !== undefined) return found;
  const known = algorithms.map((algorithm) => algorithm.name);
  throw new AlgorithmUnknownError(name, { nearest: nearestName(name, known), known });
}
