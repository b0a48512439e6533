import { checkModel } from '../check-model.ts';
import {
  type TreeExportOptions,
  checkCalibrationExport,
} from '../foreign/check-calibration-export.ts';
import type { Model } from '../model.ts';
import { formatLightgbm } from './format-lightgbm.ts';

/**
 * Write a model's trees as the text of a LightGBM model, which takes the features that the model's recipe
 * makes. The library predicts probabilities or numbers; a decision threshold stays with the caller.
 *
 * @throws {ExportUnsupportedError} for a model that calibrates its probabilities, unless that is to be
 * left out.
 * @throws {ModelInvalidError} when the model's parts do not fit together.
 * @throws what {@link formatLightgbm} throws.
 */
export function lightgbmFromModel(model: Model, options: TreeExportOptions = {}): string {
  checkModel(model);
  checkCalibrationExport('LightGBM text', model, options);
  return formatLightgbm(model.estimator, model.recipe.features);
}
