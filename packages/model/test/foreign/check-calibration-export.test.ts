import { describe, expect, it } from 'vitest';
import { formatLightgbm } from '../../src/lightgbm/format-lightgbm.ts';
import { lightgbmFromModel } from '../../src/lightgbm/lightgbm-from-model.ts';
import { formatXgboost } from '../../src/xgboost/format-xgboost.ts';
import { xgboostFromModel } from '../../src/xgboost/xgboost-from-model.ts';
import { calibrated } from '../fixtures/calibrated-models.ts';
import { tinyForest } from '../fixtures/tiny-models.ts';

describe.each([
  ['LightGBM text', lightgbmFromModel, formatLightgbm],
  ['XGBoost JSON', xgboostFromModel, formatXgboost],
] as const)('a model as %s', (format, write, formatTrees) => {
  const forest = tinyForest();
  const trees = formatTrees(forest.estimator, forest.recipe.features);

  it('is its trees', () => {
    expect(write(forest)).toBe(trees);
    const decided = { ...forest, threshold: { positiveClass: 'yes', value: 0.3 } };
    expect(write(decided)).toBe(trees);
  });

  it('throws MODEL_EXPORT_UNSUPPORTED for a calibration, unless that is left out', () => {
    const model = calibrated(forest, 'isotonic');
    expect(() => write(model)).toThrow(
      expect.objectContaining({
        code: 'MODEL_EXPORT_UNSUPPORTED',
        format,
        message: expect.stringContaining('leave_out'),
      }),
    );
    expect(write(model, { onCalibration: 'leave_out' })).toBe(trees);
  });
});
