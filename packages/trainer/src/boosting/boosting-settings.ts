import type { CategoryRules } from './category-rules.ts';
import type { ObjectiveSpec } from './objective.ts';
import type { StoppingMetricSpec } from './stopping-metric.ts';

/** What the engine does, in its own words: each dialect translates its parameters to these. */
export interface BoostingSettings {
  readonly objective: ObjectiveSpec;
  /** Rounds of boosting; each grows one tree an output. */
  readonly rounds: number;
  readonly learningRate: number;
  /** Whether to split the leaf with the most to gain next, or level by level. */
  readonly growth: 'best_first' | 'level_by_level';
  /** At least 2; Infinity = no limit. */
  readonly maxLeaves: number;
  /** Splits between root and leaf; Infinity = no limit. */
  readonly maxDepth: number;
  readonly minRowsPerLeaf: number;
  readonly minHessianPerLeaf: number;
  readonly l1: number;
  readonly l2: number;
  /** What a leaf's value is at most, either way, before the learning rate; Infinity = no limit. */
  readonly maxStep: number;
  /** What a split must gain, in the objective's unit; not negative. */
  readonly minGain: number;
  /** Bins for the values of a feature, in [2, 255]; missing values have one of their own. */
  readonly maxBins: number;
  /** Share of the features that each tree may use, in (0, 1]. */
  readonly featureShare: number;
  /** Share of the rows that each tree learns from, in (0, 1], and how many rounds a draw serves. */
  readonly rowShare: number;
  readonly rowShareRounds: number;
  /** +1, -1 or 0 a feature: scores may only rise, only fall, or do both with it. */
  readonly monotone: readonly number[];
  readonly categories: CategoryRules;
  /** What every raw score starts from; default: the objective's own. */
  readonly baseScore: number | undefined;
  /** Stop after this many rounds without a gain on the validation rows; 0 = never. */
  readonly patience: number;
  /** What a gain on them is measured by; default: the objective's own loss. */
  readonly stoppingMetric: StoppingMetricSpec | undefined;
}
