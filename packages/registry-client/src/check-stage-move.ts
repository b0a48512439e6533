import { STAGES } from '@gnu-mlops/core';
import { checkTags, checkText, checkTime } from './check-values.ts';
import { NameReservedError, ValueInvalidError } from './value-errors.ts';
import { LIMITS } from './limits.ts';
import type { StageMove } from './registry.ts';
import { STAGE_TAG } from './stage-aliases.ts';

/** @throws {NameInvalidError | NameReservedError | ValueInvalidError} for a move that makes no sense. */
export function checkStageMove(move: StageMove): void {
  if (!STAGES.includes(move.stage)) {
    throw new ValueInvalidError(
      'stage',
      `is one of ${STAGES.join(', ')}, not ${JSON.stringify(move.stage)}.`,
    );
  }
  checkTime('time of the move', move.at);
  checkText('actor of the move', move.actor, LIMITS.descriptionLength);
  checkText('reason of the move', move.reason, LIMITS.modelTagValueLength);
  if (move.actor.trim() === '')
    throw new ValueInvalidError('actor of the move', 'must not be blank.');
  if (move.description !== undefined) {
    checkText('description', move.description, LIMITS.descriptionLength);
  }
  checkTags(move.tags ?? {}, LIMITS.modelTagValueLength);
  if (Object.hasOwn(move.tags ?? {}, STAGE_TAG)) throw new NameReservedError('tag', STAGE_TAG);
  try {
    JSON.parse(move.evidence);
  } catch {
    throw new ValueInvalidError('evidence of the move', 'must be JSON text.');
  }
}
