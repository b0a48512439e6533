import type { Activation } from '@gnu-mlops/model';
import type { ClassWeight } from '../class-weights.ts';
import {
  amount,
  count,
  factor,
  fraction,
  sharedHyperparameters,
} from '../boosting/boosting-hyperparameters.ts';
import { type Hyperparameter, isCount } from '../hyperparameter.ts';

/** The settings of a network by scikit-learn's names, checked. */
export interface NetworkHyperparameters {
  readonly hidden_layer_sizes: number | readonly number[];
  readonly activation: Activation;
  readonly solver: 'adam';
  readonly alpha: number;
  readonly batch_size: number | 'auto';
  readonly learning_rate_init: number;
  readonly beta_1: number;
  readonly beta_2: number;
  readonly epsilon: number;
  readonly max_iter: number;
  readonly tol: number;
  readonly n_iter_no_change: number;
  readonly early_stopping: boolean;
  readonly validation_fraction: number;
  readonly shuffle: boolean;
  readonly class_weight: ClassWeight;
}

const ACTIVATIONS: readonly unknown[] = ['identity', 'logistic', 'tanh', 'relu'];

export const networkHyperparameters: {
  readonly [name in keyof NetworkHyperparameters]: Hyperparameter;
} = {
  hidden_layer_sizes: {
    defaultFor: () => [100],
    accepts: 'a list of whole numbers of at least 1, or one such number',
    isValid: (value) =>
      Array.isArray(value) ? value.every((size) => isCount(size, 1)) : isCount(value, 1),
    description: 'Units of each hidden layer; an empty list: none, which is a linear model.',
  },
  activation: {
    defaultFor: () => 'relu',
    accepts: '"identity", "logistic", "tanh" or "relu"',
    isValid: (value) => ACTIVATIONS.includes(value),
    description: 'What a hidden unit makes of its sum.',
  },
  solver: {
    defaultFor: () => 'adam',
    accepts: '"adam"',
    isValid: (value) => value === 'adam',
    description: 'How the loss is minimised.',
  },
  alpha: amount(0.0001, 'Strength of the L2 penalty, which leaves the biases out.'),
  batch_size: {
    defaultFor: () => 'auto',
    accepts: 'a whole number of at least 1, or "auto"',
    isValid: (value) => value === 'auto' || isCount(value, 1),
    description: 'Rows that a step learns from; auto: 200, or all where there are fewer.',
  },
  learning_rate_init: factor(0.001, 'The size of a step.'),
  beta_1: decay(0.9, 'What a step keeps of the mean of the gradients before.'),
  beta_2: decay(0.999, 'What a step keeps of the mean of their squares.'),
  epsilon: factor(1e-8, 'Keeps steps finite where the gradients are all but none.'),
  max_iter: count(200, 1, 'Passes over the rows (epochs) at most.'),
  tol: amount(0.0001, 'What counts as a gain in the loss, or in the score of held-out rows.'),
  n_iter_no_change: count(10, 1, 'Epochs without a gain that are borne; the next one ends it.'),
  early_stopping: truth(false, 'Whether to stop by the score of held-out rows.'),
  validation_fraction: fraction(0.1, 'Share of the rows held out where early_stopping is true.'),
  shuffle: truth(true, 'Whether every epoch goes through the rows in an order of its own.'),
  class_weight: sharedHyperparameters.class_weight,
};

function truth(byDefault: boolean, description: string): Hyperparameter {
  return {
    defaultFor: () => byDefault,
    accepts: 'true or false',
    isValid: (value) => typeof value === 'boolean',
    description,
  };
}

function decay(byDefault: number, description: string): Hyperparameter {
  return {
    defaultFor: () => byDefault,
    accepts: 'a number of at least 0 and below 1',
    isValid: (value) => typeof value === 'number' && value >= 0 && value < 1,
    description,
  };
}
