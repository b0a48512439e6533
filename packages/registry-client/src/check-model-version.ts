import { checkTags, checkText, checkTime } from './check-values.ts';
import { NameReservedError, ValueInvalidError } from './value-errors.ts';
import { LIMITS } from './limits.ts';
import type { NewModelVersion } from './registry.ts';
import { STAGE_TAG } from './stage-aliases.ts';

/** @throws {NameInvalidError | NameReservedError | ValueInvalidError} */
export function checkNewModelVersion(version: NewModelVersion): void {
  const { source, description = '', tags = {}, createdAt } = version;
  checkText('source of the version', source, LIMITS.datasetSourceLength);
  if (source === '') throw new ValueInvalidError('source of the version', 'must not be empty.');
  checkText('description', description, LIMITS.descriptionLength);
  checkText('run link of the version', version.runLink ?? '', LIMITS.runLinkLength);
  checkTime('creation time of the version', createdAt);
  checkTags(tags, LIMITS.modelTagValueLength);
  if (Object.hasOwn(tags, STAGE_TAG)) throw new NameReservedError('tag', STAGE_TAG);
}
