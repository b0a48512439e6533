import type { JsonValue, Task } from '@gnu-mlops/core';
import type { Hyperparameter } from '../hyperparameter.ts';
import { type Member, readMember } from './member.ts';

/** What an ensemble is of where it is not told. */
const usualAlgorithms: { readonly [task in Task]: readonly string[] } = {
  classification: ['random_forest', 'lightgbm', 'logistic_regression'],
  regression: ['random_forest', 'lightgbm', 'ridge'],
};

/** An ensemble's list of algorithms. */
export interface MemberList {
  readonly ensemble: string;
  /** What an entry may say beside `algorithm`. */
  readonly keys: readonly string[];
}

/** The hyperparameter `estimators`: at least one entry. */
export function membersHyperparameter(list: MemberList): Hyperparameter {
  const keys = ['algorithm', ...list.keys].join(', ');
  return {
    defaultFor: (task) => usualAlgorithms[task].map((algorithm) => ({ algorithm })),
    accepts: `a list of at least one { ${keys} }`,
    isValid: (value) => Array.isArray(value) && value.length > 0,
    check: (value, task) => void readMembers(value, task, list),
    description: 'The algorithms that are combined, each with hyperparameters of its own.',
  };
}

/** @throws what `readMember` throws for the first entry that is wrong. */
export function readMembers(
  value: JsonValue,
  task: Task,
  { ensemble, keys }: MemberList,
): Member[] {
  return (value as readonly JsonValue[]).map((entry, m) =>
    readMember(entry, task, { ensemble, keys, where: `estimators[${m}]` }),
  );
}
