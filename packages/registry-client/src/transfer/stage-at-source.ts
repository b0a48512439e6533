import type { Stage } from '@gnu-mlops/core';
import type { ModelVersion, Tags } from '../entities.ts';
import { HELD_STAGES, STAGE_ALIASES } from '../stage-aliases.ts';

/**
 * The stage of a version. On a plain MLflow server, where nobody has moved it by our stages, the
 * aliases tell: what `champion` points at is in production.
 *
 * @param aliases of the model.
 */
export function stageAtSource({ stage, version }: ModelVersion, aliases: Tags): Stage {
  if (stage !== 'None') return stage;
  const held = [...HELD_STAGES].reverse().find((one) => holderOf(one, aliases) === version);
  return held ?? stage;
}

function holderOf(stage: (typeof HELD_STAGES)[number], aliases: Tags): string | undefined {
  const alias = STAGE_ALIASES[stage].find((one) => aliases[one] !== undefined);
  return alias === undefined ? undefined : aliases[alias];
}
