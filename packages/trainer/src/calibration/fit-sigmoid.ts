import type { ScoredOutcome } from '@gnu-mlops/core';
import type { SigmoidMap } from '@gnu-mlops/model';

const maxSteps = 100;

/**
 * Fit a sigmoid to positive and negative rows, the method of Platt: the least log loss against
 * targets that are drawn in from 0 and 1 by one row on either side, so that it stays finite however
 * well the scores separate.
 *
 * Newton steps, on scores centred and scaled.
 *
 * @returns slope 0 where all scores are equal.
 * @see J. Platt, Probabilistic outputs for support vector machines, 1999. scikit-learn's
 *   _SigmoidCalibration stops somewhat short of the same minimum; its `a_` and `b_` are -slope and
 *   -intercept.
 */
export function fitSigmoid(outcome: ScoredOutcome): SigmoidMap {
  const problem = openProblem(outcome);
  let here = evaluate(problem, [0, problem.startIntercept]);
  for (let step = 0; step < maxSteps; step++) {
    const { gradient, curvature } = here;
    // Where all scores are equal, the slope says nothing and stays 0.
    const steepness = curvature[0] > 0 ? curvature[0] : 1;
    const determinant = steepness * curvature[2] - curvature[1] ** 2;
    if (!(determinant > 0)) break;
    const move: Pair = [
      (curvature[1] * gradient[1] - curvature[2] * gradient[0]) / determinant,
      (curvature[1] * gradient[0] - steepness * gradient[1]) / determinant,
    ];
    const promise = -(move[0] * gradient[0] + move[1] * gradient[1]);
    const next = descend(problem, { here, move, promise });
    if (next === undefined) break;
    here = next;
    // Newton's error is squared with each step: after one that gains this little, none is left.
    if (promise <= 1e-20 * problem.total) break;
  }
  const [slope, intercept] = here.point;
  return {
    slope: slope / problem.scale,
    intercept: intercept - (slope * problem.centre) / problem.scale,
  };
}

type Pair = readonly [slope: number, intercept: number];

interface Problem extends ScoredOutcome {
  readonly centre: number;
  readonly scale: number;
  readonly total: number;
  readonly positiveTarget: number;
  readonly negativeTarget: number;
  readonly startIntercept: number;
}

function openProblem(outcome: ScoredOutcome): Problem {
  const { actual, scores, weights } = outcome;
  let positives = 0;
  let negatives = 0;
  let sum = 0;
  for (let row = 0; row < scores.length; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (actual[row] === 1) positives += weight;
    else negatives += weight;
    sum += weight * scores[row]!;
  }
  const total = positives + negatives;
  const centre = sum / total;
  let squares = 0;
  for (let row = 0; row < scores.length; row++) {
    squares += (weights === undefined ? 1 : weights[row]!) * (scores[row]! - centre) ** 2;
  }
  const deviation = Math.sqrt(squares / total);
  const isConstant = deviation <= 1e-15 * Math.abs(centre);
  return {
    ...outcome,
    centre,
    scale: isConstant ? Infinity : deviation,
    total,
    positiveTarget: (positives + 1) / (positives + 2),
    negativeTarget: 1 / (negatives + 2),
    startIntercept: Math.log((positives + 1) / (negatives + 1)),
  };
}

interface Evaluation {
  readonly point: Pair;
  readonly loss: number;
  readonly gradient: Pair;
  /** Second derivatives: slope-slope, slope-intercept, intercept-intercept. */
  readonly curvature: readonly [number, number, number];
}

function evaluate(problem: Problem, point: Pair): Evaluation {
  const { actual, scores, weights, centre, scale, positiveTarget, negativeTarget } = problem;
  let loss = 0;
  let [toSlope, toIntercept] = [0, 0];
  let [slopeSlope, slopeIntercept, interceptIntercept] = [0, 0, 0];
  for (let row = 0; row < scores.length; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    const score = (scores[row]! - centre) / scale;
    const target = actual[row] === 1 ? positiveTarget : negativeTarget;
    const logit = point[0] * score + point[1];
    const tail = Math.exp(-Math.abs(logit));
    const probability = (logit >= 0 ? 1 : tail) / (1 + tail);
    loss += weight * (Math.max(logit, 0) + Math.log1p(tail) - target * logit);
    const slack = weight * (probability - target);
    toSlope += slack * score;
    toIntercept += slack;
    const bend = (weight * tail) / ((1 + tail) * (1 + tail));
    slopeSlope += bend * score * score;
    slopeIntercept += bend * score;
    interceptIntercept += bend;
  }
  return {
    point,
    loss,
    gradient: [toSlope, toIntercept],
    curvature: [slopeSlope, slopeIntercept, interceptIntercept],
  };
}

/** The farthest halving of a step that gains what it should; undefined where rounding is all. */
function descend(
  problem: Problem,
  step: { readonly here: Evaluation; readonly move: Pair; readonly promise: number },
): Evaluation | undefined {
  const { here, move, promise } = step;
  const rounding = 1e-12 * Math.max(Math.abs(here.loss), problem.total);
  for (let share = 1; share > 1e-10; share /= 2) {
    const point: Pair = [here.point[0] + share * move[0], here.point[1] + share * move[1]];
    const next = evaluate(problem, point);
    if (next.loss <= here.loss - 1e-4 * share * promise + rounding) return next;
  }
  return undefined;
}
