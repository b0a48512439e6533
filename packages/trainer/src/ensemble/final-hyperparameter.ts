import type { JsonValue, Task } from '@gnu-mlops/core';
import type { Hyperparameter } from '../hyperparameter.ts';
import { type Member, readMember } from './member.ts';

const usualFinal: { readonly [task in Task]: string } = {
  classification: 'logistic_regression',
  regression: 'ridge',
};

/** The hyperparameter `final_estimator`. */
export function finalHyperparameter(ensemble: string): Hyperparameter {
  return {
    defaultFor: () => null,
    accepts: 'null, or { algorithm, hyperparameters }',
    isValid: (value) => value === null || (typeof value === 'object' && !Array.isArray(value)),
    check: (value, task) => void readFinal(value, task, ensemble),
    description:
      'What learns to combine the others; null: logistic_regression for classes, ridge for numbers.',
  };
}

/** @throws what `readMember` throws. */
export function readFinal(value: JsonValue, task: Task, ensemble: string): Member {
  const entry = value ?? { algorithm: usualFinal[task] };
  return readMember(entry, task, {
    ensemble,
    where: 'final_estimator',
    keys: ['hyperparameters'],
  });
}
