import { columnNamed } from '@gnu-mlops/core';
import { encodeGroups, readTimes } from '@gnu-mlops/preprocess';
import { TrainingOptionError } from './errors.ts';
import type { LearningRequest } from './learning-request.ts';
import type { LearningTask } from './learning-task.ts';

/**
 * What a request's splits go by, beside chance: groups, times or neither.
 *
 * @throws {TrainingOptionError} when both are asked for, or one is the target.
 * @throws {SplitInvalidError} when a row has no group or no time.
 */
export function openRowOrder(request: LearningRequest): Pick<LearningTask, 'groups' | 'times'> {
  const { table, target, groupColumn, timeColumn } = request;
  for (const [option, value] of Object.entries({ groupColumn, timeColumn })) {
    if (value !== target) continue;
    throw new TrainingOptionError(option, { value, accepts: 'a column other than the target' });
  }
  if (timeColumn === undefined) {
    if (groupColumn === undefined) return {};
    return { groups: encodeGroups(columnNamed(table, groupColumn), groupColumn) };
  }
  if (groupColumn !== undefined) {
    const accepts = 'no column beside timeColumn: split by groups or by time';
    throw new TrainingOptionError('groupColumn', { value: groupColumn, accepts });
  }
  return { times: readTimes(columnNamed(table, timeColumn), timeColumn) };
}
