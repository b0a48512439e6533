import type { Task } from '@gnu-mlops/core';
import { ForeignModelUnsupportedError } from '../errors.ts';
import type { Link } from '../estimator.ts';

/** What an objective makes of raw scores. */
export interface ObjectiveLine {
  readonly name: string;
  readonly task: Task;
  readonly link: Link;
  /** Factor on the raw scores, before the link. */
  readonly scale: number;
}

const identityNames = new Set([
  'regression',
  'regression_l1',
  'huber',
  'fair',
  'quantile',
  'mape',
  'lambdarank',
  'rank_xendcg',
  'custom',
]);
const exponentialNames = new Set(['poisson', 'gamma', 'tweedie']);

/** Read the header's objective, such as `binary sigmoid:0.7`; an empty one means raw scores. */
export function readObjective(line: string, outputCount: number): ObjectiveLine {
  const [name = '', ...settings] = line.split(/\s+/);
  const settingOf = (key: string) =>
    settings.find((setting) => setting.startsWith(`${key}:`))?.slice(key.length + 1);
  const raw = { name: name || 'none', task: 'regression', link: 'identity', scale: 1 } as const;
  if (name === '' || (identityNames.has(name) && !settings.includes('sqrt'))) return raw;
  if (exponentialNames.has(name)) return { ...raw, link: 'exponential' };
  if (outputCount === 1 && (name === 'binary' || name === 'cross_entropy')) {
    const scale = Number(settingOf('sigmoid') ?? '1');
    if (Number.isFinite(scale) && scale > 0) {
      return { name, task: 'classification', link: 'logistic', scale };
    }
  }
  if (outputCount > 1 && name === 'multiclass') {
    return { name, task: 'classification', link: 'softmax', scale: 1 };
  }
  throw new ForeignModelUnsupportedError('LightGBM', `its objective is "${line.slice(0, 80)}"`);
}
