import type { Config } from '@gnu-mlops/core/config';
import type { TrainingOverrides, TrainingSettings } from './training-settings.ts';

/**
 * The column that rows are split by beside chance. One that the caller names goes before the configured
 * ones, which belong to the configured file.
 */
export function rowOrderSettings(
  { training }: Config,
  { dataPath, groupColumn, timeColumn }: TrainingOverrides,
): Pick<TrainingSettings, 'groupColumn' | 'timeColumn'> {
  const isTold = groupColumn !== undefined || timeColumn !== undefined;
  const hasSay = !isTold && dataPath === undefined;
  const group = hasSay ? training.group_column : groupColumn;
  const time = hasSay ? training.time_column : timeColumn;
  return {
    ...(group !== undefined && { groupColumn: group }),
    ...(time !== undefined && { timeColumn: time }),
  };
}
