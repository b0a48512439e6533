import { checkKey, checkLoggedModelName } from './check-names.ts';
import { checkTags, checkText } from './check-values.ts';
import type { Tags } from './entities.ts';
import { ValueInvalidError } from './value-errors.ts';
import { LIMITS } from './limits.ts';
import type { FinalLoggedModelStatus, NewLoggedModel } from './logged-model-requests.ts';

/** @throws {NameInvalidError | ValueInvalidError} */
export function checkNewLoggedModel(model: NewLoggedModel): void {
  const { name, modelType = '', params = {}, tags = {} } = model;
  if (name !== undefined) checkLoggedModelName(name);
  checkText('type of the logged model', modelType, LIMITS.loggedModelNameLength);
  checkParams(params);
  checkTags(tags, LIMITS.runTagValueLength);
}

/** @throws {NameInvalidError | ValueInvalidError} */
export function checkParams(params: Tags): void {
  for (const [key, value] of Object.entries(params)) {
    checkKey('parameter', key);
    checkText(`parameter "${key}"`, value, LIMITS.paramValueLength);
  }
}

/** @throws {ValueInvalidError} */
export function checkFinalStatus(status: FinalLoggedModelStatus): void {
  if (status === 'READY' || status === 'FAILED') return;
  throw new ValueInvalidError(
    'status of the logged model',
    `is READY or FAILED once it is final, not ${JSON.stringify(status)}.`,
  );
}
