import { ModelInvalidError } from '../errors.ts';
import type { Ensemble, Estimator, SingleEstimator, Stack } from '../estimator.ts';
import { outputWidth } from '../output-width.ts';
import { needsEveryFeature } from './needs-every-feature.ts';
import { stackedColumns } from './stacked-features.ts';

/** Weights are shares; this much may be lost in making them. */
const ROUNDING = 1e-9;

/**
 * Check that the members of an ensemble are sound, give outputs of one width over the same features,
 * and are combined as they can be.
 *
 * @param check what to hold each member and a final estimator to; gives the features that it needs.
 * @returns the number of features that the ensemble needs: at least, or exactly where
 *   `needsEveryFeature`.
 * @throws {ModelInvalidError} naming the member.
 */
export function checkEnsemble(
  ensemble: Ensemble,
  check: (estimator: SingleEstimator) => number,
): number {
  const { members, combination, outputCount, link } = ensemble;
  if (members.length === 0) throw invalid('members', 'are none');
  if (link !== 'identity') throw invalid('link', `is ${String(link)}, and an ensemble has none`);
  const needs: FeatureNeed[] = members.map((member, m) => {
    const where = `members[${m}]`;
    const width = outputWidth(member);
    const count = checkPart(where, member, check);
    if (width !== outputCount) {
      throw invalid(where, `gives ${width} outputs in an ensemble of ${outputCount}`);
    }
    return { where, count, isExact: needsEveryFeature(member) };
  });
  if (combination.kind === 'mean') {
    checkWeights(combination.weights, members.length);
  } else {
    const stacked = members.length * stackedColumns(outputCount).length;
    needs.push(...checkStack(combination, { stacked, outputCount, check }));
  }
  return commonNeed(needs);
}

interface FeatureNeed {
  readonly where: string;
  readonly count: number;
  readonly isExact: boolean;
}

function checkPart(
  where: string,
  part: SingleEstimator,
  check: (estimator: SingleEstimator) => number,
): number {
  if ((part as Estimator).kind === 'ensemble') {
    throw invalid(where, 'is an ensemble itself, and they do not nest');
  }
  try {
    return check(part);
  } catch (error) {
    if (!(error instanceof ModelInvalidError)) throw error;
    const within = error.where.replace(/^estimator\.?/, '');
    throw invalid(within === '' ? where : `${where}.${within}`, error.problem);
  }
}

function checkWeights(weights: Float64Array, memberCount: number): void {
  const where = 'combination.weights';
  if (weights.length !== memberCount) {
    throw invalid(where, `has ${weights.length} entries for ${memberCount} members`);
  }
  const at = weights.findIndex((weight) => !(weight > 0));
  if (at >= 0) throw invalid(`${where}[${at}]`, `is ${weights[at]}, not above 0`);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!(Math.abs(sum - 1) <= ROUNDING)) throw invalid(where, `add up to ${sum}, not 1`);
}

function checkStack(
  { final, passthrough }: Stack,
  facts: {
    readonly stacked: number;
    readonly outputCount: number;
    readonly check: (estimator: SingleEstimator) => number;
  },
): FeatureNeed[] {
  const { stacked, outputCount, check } = facts;
  const where = 'combination.final';
  const needed = checkPart(where, final, check);
  const width = outputWidth(final);
  if (width !== outputCount) {
    throw invalid(where, `gives ${width} outputs in an ensemble of ${outputCount}`);
  }
  const isExact = needsEveryFeature(final);
  const isShort = isExact && needed < stacked;
  const isLong = !passthrough && needed > stacked;
  if (isShort || isLong) {
    throw invalid(where, `needs ${needed} features, and the members give ${stacked}`);
  }
  return passthrough ? [{ where, count: Math.max(0, needed - stacked), isExact }] : [];
}

function commonNeed(needs: readonly FeatureNeed[]): number {
  const exact = needs.find(({ isExact }) => isExact);
  const most = needs.reduce((largest, { count }) => Math.max(largest, count), 0);
  if (exact === undefined) return most;
  const stranger = needs.find(({ count, isExact }) =>
    isExact ? count !== exact.count : count > exact.count,
  );
  if (stranger === undefined) return exact.count;
  const { where, count } = stranger;
  throw invalid(where, `needs ${count} features where ${exact.where} needs ${exact.count}`);
}

function invalid(name: string, what: string): ModelInvalidError {
  return new ModelInvalidError(`estimator.${name}`, what);
}
