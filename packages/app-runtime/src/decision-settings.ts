import type { Config } from '@gnu-mlops/core/config';
import type { DecisionRequest } from '@gnu-mlops/trainer';
import { SettingMissingError, SettingUnsupportedError } from './errors.ts';

/** What a caller decides over the configuration. */
export interface DecisionOverrides {
  /** In place of `training.calibration`. */
  readonly calibration?: Config['training']['calibration'];
  /** In place of `training.threshold`. */
  readonly threshold?: Config['training']['threshold'];
}

/**
 * How probabilities are corrected, and from which on a row is called positive.
 *
 * @throws {SettingMissingError} for a threshold by cost without costs.
 * @throws {SettingUnsupportedError} for costs that nothing looks at.
 */
export function decisionSettings(
  { training }: Config,
  overrides: DecisionOverrides = {},
): DecisionRequest {
  const method = overrides.calibration ?? training.calibration;
  const calibration = method === 'none' ? {} : { calibration: method };
  const threshold = overrides.threshold ?? training.threshold;
  const costs = training.threshold_costs;
  const isConfigured = overrides.threshold === undefined;
  if (threshold === 'cost') {
    if (costs === undefined) {
      throw new SettingMissingError(
        'training.threshold_costs',
        'without costs there is no threshold that costs least',
      );
    }
    const { false_positive: falsePositive, false_negative: falseNegative } = costs;
    return { ...calibration, threshold: { costs: { falsePositive, falseNegative } } };
  }
  if (costs !== undefined && isConfigured) {
    throw new SettingUnsupportedError(
      'training.threshold_costs',
      `has no say while training.threshold is ${threshold ?? 'left out'}. Set that to cost, or leave the costs out.`,
    );
  }
  return { ...calibration, ...(threshold !== undefined && { threshold }) };
}
