import type { Tags } from '../entities.ts';
import { STAGE_TAG } from '../stage-aliases.ts';

/** What something is a copy of: the id of a run or logged model, or `models:/<name>/<version>`. */
export const COPIED_FROM_TAG = 'gnu_mlops.copied_from';

/** The URI of the registry, or of the folder, that it was copied from. */
export const COPIED_REGISTRY_TAG = 'gnu_mlops.copied_from_registry';

/** What the copied thing was like; written last, so a copy without it is not complete. */
export const COPIED_DIGEST_TAG = 'gnu_mlops.copied_digest';

const ownTags: readonly string[] = [
  COPIED_FROM_TAG,
  COPIED_REGISTRY_TAG,
  COPIED_DIGEST_TAG,
  STAGE_TAG,
];

/** The tags that say where a copy comes from. */
export function originTags(id: string, registryUri: string): Tags {
  return { [COPIED_FROM_TAG]: id, [COPIED_REGISTRY_TAG]: registryUri };
}

/** The tags to copy: not those that say where the copied thing was itself copied from, or its stage. */
export function tagsToCopy(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !ownTags.includes(key)));
}

/** A search for the copies of something. */
export function copiesOf(id: string): string {
  return `tags.\`${COPIED_FROM_TAG}\` = '${id}'`;
}
