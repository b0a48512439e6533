import type { Algorithm } from './algorithm.ts';
import { lightgbm } from './boosting/lightgbm.ts';
import { xgboost } from './boosting/xgboost.ts';
import { randomForest } from './forest/random-forest.ts';
import { linearRegression, ridge } from './linear/linear-regression.ts';
import { logisticRegression } from './linear/logistic-regression.ts';
import { neuralNetwork } from './neural/neural-network.ts';

/** Every algorithm that learns one estimator: those that an ensemble can be made of. */
export const singleAlgorithms: readonly Algorithm[] = [
  randomForest,
  lightgbm,
  xgboost,
  logisticRegression,
  linearRegression,
  ridge,
  neuralNetwork,
];
