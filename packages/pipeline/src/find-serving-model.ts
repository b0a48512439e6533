import type { Table } from '@gnu-mlops/core';
import { type Predictor, openPredictor } from '@gnu-mlops/predictor';
import { type HeldStage, type ModelVersion, type Registry } from '@gnu-mlops/registry-client';

/** The model that answers, and from which stage. */
export interface ServingModel {
  readonly stage: HeldStage;
  readonly version: ModelVersion;
  readonly predictor: Predictor;
}

/** Why no model answers. */
export interface NothingServing {
  readonly reason: string;
}

/**
 * Open the version in GNU_Production, or the one in Staging while production is empty.
 *
 * @param table rows that it is going to predict: a version that needs other columns does not serve.
 */
export async function findServingModel(
  registry: Registry,
  modelName: string,
  table: Table,
): Promise<ServingModel | NothingServing> {
  for (const stage of servingStages) {
    const version = await registry.findVersionByStage(modelName, stage);
    if (version === undefined) continue;
    const predictor = await openPredictor({ registry, modelName, version: version.version });
    const absent = predictor.model.signature.inputs.filter(
      ({ name, required }) => required && !table.columns.has(name),
    );
    if (absent.length === 0) return { stage, version, predictor };
    const names = absent.map(({ name }) => `"${name}"`).join(', ');
    return {
      reason:
        `version ${version.version} in ${stage} was trained on other data: ` +
        `it needs ${names}, which these rows do not have`,
    };
  }
  return { reason: `no version of "${modelName}" is in GNU_Production or Staging` };
}

const servingStages = ['GNU_Production', 'Staging'] as const satisfies readonly HeldStage[];
