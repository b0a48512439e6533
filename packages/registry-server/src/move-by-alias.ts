import type { FastifyRequest } from 'fastify';
import type { HeldStage } from '@gnu-mlops/registry-client';
import type { ServerContext } from './server-context.ts';

interface AliasOfStage {
  readonly name: string;
  readonly alias: string;
  readonly stage: HeldStage;
}

/*
 * `champion`, `production`, `challenger` and `staging` follow our stages, and only a stage move
 * writes them. A client of MLflow that sets or deletes one means such a move: it is made, and the
 * ledger tells of it.
 */

/** Move a version to the stage of an alias, as if the client had asked for that. */
export async function moveByAlias(
  { registry, now, actorOf }: ServerContext,
  { name, alias, stage, version }: AliasOfStage & { readonly version: string },
  request: FastifyRequest,
): Promise<void> {
  const holder = await registry.findVersionByStage(name, stage);
  await registry.moveStage({
    name,
    version,
    stage,
    expectedHolder: holder?.version ?? null,
    actor: actorOf(request),
    reason: `The alias ${alias} was set over MLflow's API.`,
    evidence: '{}',
    at: now(),
  });
}

/** Archive the version in the stage of an alias; there may be none, as in MLflow. */
export async function leaveByAlias(
  { registry, now, actorOf }: ServerContext,
  { name, alias, stage }: AliasOfStage,
  request: FastifyRequest,
): Promise<void> {
  const holder = await registry.findVersionByStage(name, stage);
  if (holder === undefined) return;
  await registry.moveStage({
    name,
    version: holder.version,
    stage: 'Archived',
    expectedHolder: null,
    expectedStage: stage,
    actor: actorOf(request),
    reason: `The alias ${alias} was deleted over MLflow's API.`,
    evidence: '{}',
    at: now(),
  });
}
