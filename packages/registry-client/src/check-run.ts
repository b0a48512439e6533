import { checkTags, checkText, checkTime } from './check-values.ts';
import type { RunStatus } from './entities.ts';
import { ValueInvalidError } from './value-errors.ts';
import { LIMITS } from './limits.ts';
import type { NewRun, RunUpdate } from './registry.ts';

/** MLflow keeps a run's name in this tag too. */
export const RUN_NAME_TAG = 'mlflow.runName';

const statuses: readonly RunStatus[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];

/** @throws {NameInvalidError | ValueInvalidError} */
export function checkNewRun({ tags = {}, startTime, runName, userId }: NewRun): void {
  checkTags(tags, LIMITS.runTagValueLength);
  checkTime('start time of the run', startTime);
  if (runName !== undefined) checkRunName(runName);
  if (userId !== undefined) checkText('user of the run', userId, LIMITS.keyLength);
  const tagged = tags[RUN_NAME_TAG];
  if (runName !== undefined && tagged !== undefined && tagged !== runName) {
    throw new ValueInvalidError(
      'name of the run',
      `is "${runName}" in one place and "${tagged}" in the tag ${RUN_NAME_TAG}. Give one of them.`,
    );
  }
}

/** @throws {ValueInvalidError} */
export function checkRunUpdate({ status, endTime, runName }: RunUpdate): void {
  if (status !== undefined && !statuses.includes(status)) {
    throw new ValueInvalidError(
      'status of the run',
      `is one of ${statuses.join(', ')}, not ${JSON.stringify(status)}.`,
    );
  }
  if (endTime !== undefined) checkTime('end time of the run', endTime);
  if (runName !== undefined) checkRunName(runName);
}

function checkRunName(runName: string): void {
  checkText('name of the run', runName, LIMITS.keyLength);
  if (runName.trim() === '') throw new ValueInvalidError('name of the run', 'must not be blank.');
}
