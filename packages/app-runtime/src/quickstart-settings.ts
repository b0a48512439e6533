import { basename, extname, resolve } from 'node:path';
import type { Task } from '@gnu-mlops/core';
import type { Config } from '@gnu-mlops/core/config';
import type { QuickstartOptions, SampleData } from '@gnu-mlops/pipeline';
import { batchSettings } from './batch-settings.ts';
import { SettingMissingError } from './errors.ts';
import { learningSettings } from './learning-settings.ts';
import { stageGates } from './stage-gates.ts';

const CHURN_SAMPLE: SampleData = { kind: 'churn', rows: 2000, seed: 42 };

/** What a quick start is to learn from, and under which name. */
export interface QuickstartRequest {
  /** The folder that everything is made in. */
  readonly cwd: string;
  /** Rows that the generator makes; default: 2000 of churn. */
  readonly sample?: SampleData;
  /** Rows of the caller's; go before `sample`. */
  readonly own?: { readonly path: string; readonly target?: string };
  /** Name of the experiment and of the registered model. */
  readonly name?: string;
}

/** The part of a quick start that the configuration and the request decide. */
export type QuickstartSettings = Omit<
  QuickstartOptions,
  'registry' | 'actor' | 'now' | 'userId' | 'versions'
> & {
  /** Whether the model has the configured name, so that commands find it without being told. */
  readonly isConfiguredName: boolean;
};

/**
 * How a quick start runs. The churn sample is kept under the configured names; any other table under
 * its own, so that one model name never stands for two tables.
 *
 * @throws {SettingMissingError} when a table is given without its target: it is never guessed.
 */
export function quickstartSettings(config: Config, request: QuickstartRequest): QuickstartSettings {
  const { cwd, own, sample = CHURN_SAMPLE } = request;
  const { mlflow } = config;
  const name = request.name ?? tableName(request);
  const batch = batchSettings(config, { cwd });
  return {
    ...learningSettings(config),
    data: own === undefined ? sample : ownData(own),
    experimentName: name ?? mlflow.gnu_mlflow_config,
    modelName: name ?? mlflow.model_name,
    isConfiguredName: name === undefined || name === mlflow.model_name,
    gatesFor: (task: Task) => ({
      staging: stageGates(config, { stage: 'Staging', task }),
      production: stageGates(config, { stage: 'GNU_Production', task }),
    }),
    folders: {
      data: resolve(cwd, 'data'),
      input: batch.inputFolder,
      output: batch.outputFolder,
      archive: batch.archiveFolder,
    },
    ledgerPath: batch.ledgerPath,
    batchRows: batch.batchRows,
  };
}

/** What a table that is not the configured one is called; undefined for the churn sample. */
function tableName({ own, sample = CHURN_SAMPLE }: QuickstartRequest): string | undefined {
  if (own !== undefined) return basename(own.path, extname(own.path));
  return sample.kind === 'churn' ? undefined : sample.kind;
}

function ownData({ path, target }: NonNullable<QuickstartRequest['own']>) {
  if (target === undefined) {
    throw new SettingMissingError(
      'target',
      'the column to predict is never guessed',
      `Name the column of ${path} that is to be predicted.`,
    );
  }
  return { kind: 'own' as const, source: { path }, target };
}
