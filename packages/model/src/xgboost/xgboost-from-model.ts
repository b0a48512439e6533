import { checkModel } from '../check-model.ts';
import {
  type TreeExportOptions,
  checkCalibrationExport,
} from '../foreign/check-calibration-export.ts';
import type { Model } from '../model.ts';
import { formatXgboost } from './format-xgboost.ts';

/**
 * Write a model's trees as an XGBoost model in JSON, which takes the features that the model's recipe
 * makes. The library predicts probabilities or numbers; a decision threshold stays with the caller.
 *
 * @throws {ExportUnsupportedError} for a model that calibrates its probabilities, unless that is to be
 * left out.
 * @throws {ModelInvalidError} when the model's parts do not fit together.
 * @throws what {@link formatXgboost} throws.
 */
export function xgboostFromModel(model: Model, options: TreeExportOptions = {}): string {
  checkModel(model);
  checkCalibrationExport('XGBoost JSON', model, options);
  return formatXgboost(model.estimator, model.recipe.features);
}
