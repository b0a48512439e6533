import type { ModelVersion } from '../entities.ts';
import { type HeldStage, STAGE_ALIASES } from '../stage-aliases.ts';
import type { Remote } from './remote.ts';

/** The version that the aliases of a stage point at; undefined where there is none. */
export async function findVersionByStage(
  { models }: Remote,
  name: string,
  stage: HeldStage,
): Promise<ModelVersion | undefined> {
  for (const alias of STAGE_ALIASES[stage]) {
    const version = await models.findByAlias(name, alias);
    if (version !== undefined) return version;
  }
  return undefined;
}
