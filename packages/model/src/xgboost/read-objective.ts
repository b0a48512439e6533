import type { Task } from '@gnu-mlops/core';
import { ForeignModelCorruptError, ForeignModelUnsupportedError } from '../errors.ts';
import type { Link } from '../estimator.ts';

/** What an objective makes of raw scores. */
export interface Objective {
  readonly name: string;
  readonly task: Task;
  readonly link: Link;
  /** From the file's base score, which is an output, to a raw score. */
  readonly rawOf: (score: number) => number;
}

const identityNames = new Set([
  'reg:squarederror',
  'reg:linear',
  'reg:squaredlogerror',
  'reg:absoluteerror',
  'reg:pseudohubererror',
  'reg:quantileerror',
  'binary:logitraw',
  'rank:ndcg',
  'rank:map',
  'rank:pairwise',
]);
const exponentialNames = new Set([
  'count:poisson',
  'reg:gamma',
  'reg:tweedie',
  'survival:cox',
  'survival:aft',
]);
const logisticNames = new Set(['binary:logistic', 'reg:logistic']);
const softmaxNames = new Set(['multi:softprob', 'multi:softmax']);

/** What the objective of that name makes of its raw scores. */
export function objectiveNamed(name: string): Objective {
  if (identityNames.has(name)) {
    return { name, task: 'regression', link: 'identity', rawOf: (score) => score };
  }
  if (exponentialNames.has(name)) {
    return { name, task: 'regression', link: 'exponential', rawOf: Math.log };
  }
  if (logisticNames.has(name)) {
    const rawOf = (share: number) => -Math.log(1 / share - 1);
    return { name, task: 'classification', link: 'logistic', rawOf };
  }
  if (softmaxNames.has(name)) {
    return { name, task: 'classification', link: 'softmax', rawOf: (score) => score };
  }
  throw new ForeignModelUnsupportedError('XGBoost', `its objective is "${name.slice(0, 80)}"`);
}

/** Read `5E-1` or `[1E0,2E0]`: one for each output, or one for all. */
export function readBaseScores(
  text: string,
  objective: Objective,
  outputCount: number,
): Float64Array {
  const scores = text
    .replace(/^\[(.*)\]$/, '$1')
    .split(',')
    .map((word) => objective.rawOf(Math.fround(word.trim() === '' ? NaN : Number(word))));
  const isFitting = scores.length === 1 || scores.length === outputCount;
  if (!isFitting || !scores.every(Number.isFinite)) {
    throw new ForeignModelCorruptError(
      'XGBoost',
      'base_score',
      `is no score for ${objective.name}`,
    );
  }
  return Float64Array.from({ length: outputCount }, (_, i) => scores[i] ?? scores[0]!);
}
