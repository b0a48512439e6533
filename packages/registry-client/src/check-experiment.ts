import { checkTags, checkText } from './check-values.ts';
import { ValueInvalidError } from './value-errors.ts';
import { LIMITS } from './limits.ts';
import type { NewExperiment } from './registry.ts';

/** @throws {NameInvalidError | ValueInvalidError} */
export function checkNewExperiment({ tags = {}, artifactLocation }: NewExperiment): void {
  checkTags(tags, LIMITS.experimentTagValueLength);
  if (artifactLocation === undefined) return;
  checkText('artifact location', artifactLocation, LIMITS.artifactLocationLength);
  if (artifactLocation.trim() === '' || /[?#\u0000-\u001f]/.test(artifactLocation)) {
    throw new ValueInvalidError(
      'artifact location',
      'must be a path or URI without a query ("?") and a fragment ("#").',
    );
  }
}
