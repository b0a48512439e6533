import { type JsonObject, createRandom } from '@gnu-mlops/core';
import { type Axis, axisOf } from './axis.ts';
import { suggestFromHypercube } from './latin-hypercube.ts';
import { createParzenEstimator } from './parzen-estimator.ts';
import { suggestAtRandom } from './random-sampler.ts';
import type { SuggestionContext, TpeSampler } from './sampler.ts';
import { splitHistory } from './split-history.ts';
import type { Proposal } from './trial.ts';

/**
 * Of points drawn near good trials, the one where good trials are densest against all others. Before
 * there are `startupTrials` to learn from, points that are spread out evenly.
 *
 * As in Optuna, ten trials come first and 24 candidates are drawn. Unlike there, the first are a Latin
 * hypercube, a fifth of the trials is good (there a tenth), and every other suggestion keeps the
 * values of a good trial together (there none). This was chosen on forests for telco churn: the best
 * AUC of 50 trials had the median 0.84783 and the mean 0.84774 over 30 seeds, where Optuna's had
 * 0.84756 and 0.84755 over 60. Joint kernels alone have as good a median, but stayed below 0.8465, in a
 * poor corner, with four seeds of 20; in turn with two of 30.
 *
 * @see Bergstra et al., "Algorithms for Hyper-Parameter Optimization" (2011).
 */
export function suggestByTpe(
  { startupTrials = 10, candidates = 24, kernels = 'in_turn' }: TpeSampler,
  context: SuggestionContext,
): JsonObject {
  const { space, history, running, direction, seed, number } = context;
  const finishedCount = history.filter(({ state }) => state !== 'FAIL').length;
  if (finishedCount < Math.max(1, startupTrials)) {
    // After failed trials, or beside many running ones, more are needed than the hypercube has.
    if (number >= startupTrials) return suggestAtRandom(context);
    return suggestFromHypercube(context, startupTrials);
  }

  const random = createRandom(seed, number);
  const { good, other } = splitHistory(history, running, direction);
  const dimensions = Object.entries(space).map(([name, dimension]) => ({
    name,
    axis: axisOf(dimension),
  }));
  const isJoint = kernels === 'joint' || (kernels === 'in_turn' && number % 2 === 1);
  const groups = isJoint ? [dimensions] : dimensions.map((dimension) => [dimension]);
  return Object.fromEntries(
    groups.flatMap((group) => {
      const axes = group.map(({ axis }) => axis);
      const near = createParzenEstimator(axes, pointsOf(good, group));
      const away = createParzenEstimator(axes, pointsOf(other, group));
      let best: number[] = [];
      let highest = -Infinity;
      for (let i = 0; i < candidates; i++) {
        const point = near.draw(random);
        const gain = near.logDensity(point) - away.logDensity(point);
        if (i === 0 || gain > highest) {
          highest = gain;
          best = point;
        }
      }
      return group.map(({ name, axis }, i) => [name, axis.valueAt(best[i]!)] as const);
    }),
  );
}

/** Trials of another space than the present one are left out. */
function pointsOf(
  trials: readonly Proposal[],
  group: readonly { readonly name: string; readonly axis: Axis }[],
): number[][] {
  return trials
    .filter(({ hyperparameters }) =>
      group.every(({ name }) => Object.hasOwn(hyperparameters, name)),
    )
    .map(({ hyperparameters }) =>
      group.map(({ name, axis }) => axis.pointOf(hyperparameters[name]!)),
    )
    .filter((point) => point.every(Number.isFinite));
}
