import { canonicalJson } from '@gnu-mlops/core';
import type { ModelVersion } from '../entities.ts';
import { sha256Hex } from '../sha256.ts';

/**
 * What tells a version from every other, in whatever registry: its number alone does not. It stays
 * the same while tags, aliases, stage, description and the model's name change. 64 hex digits.
 */
export function identifyVersion(version: ModelVersion): string {
  const { creationTime, source, runId = null } = version;
  return sha256Hex(canonicalJson({ version: version.version, creationTime, source, runId }));
}
