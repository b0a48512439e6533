import {
  type LedgerEntry,
  type ModelVersion,
  ModelVersionNotFoundError,
  RegisteredModelNotFoundError,
  type Registry,
} from '@gnu-mlops/registry-client';
import type { RollbackPlan } from './deployment-plan.ts';
import { NoPreviousError } from './errors.ts';
import { planRollback } from './plan-rollback.ts';
import { previousProductionVersions } from './previous-production-version.ts';
import { readProductionRecord, wasInProduction } from './production-record.ts';
import { unlessMissing } from './unless-missing.ts';

/** Which model to roll back, and where to. */
export interface RollbackRequest {
  readonly registry: Registry;
  readonly name: string;
  /**
   * A version that has been in production. Default: the one before the current one, as
   * {@link previousProductionVersion} finds it, among those that are still there.
   */
  readonly version?: string;
}

/**
 * Find the version to go back to, and plan. Changes nothing, so it is also the dry run of a
 * rollback.
 *
 * @throws {RegisteredModelNotFoundError} when no model has that name.
 * @throws {NoPreviousError} when no version is named and there is none to go back to.
 */
export async function draftRollback(request: RollbackRequest): Promise<RollbackPlan> {
  const { registry, name } = request;
  if ((await registry.findRegisteredModel(name)) === undefined) {
    throw new RegisteredModelNotFoundError(name);
  }
  const [holder, ledger] = await Promise.all([
    registry.findVersionByStage(name, 'GNU_Production'),
    registry.readLedger(name),
  ]);
  const version =
    request.version === undefined
      ? await findPrevious(request, ledger, holder?.version)
      : await registry.getModelVersion(name, request.version);
  if (version === undefined) throw new NoPreviousError(name, holder?.version);
  return planRollback({
    version,
    holder,
    ledger,
    target: request.version === undefined ? 'previous' : 'by-name',
  });
}

/** The version before the current one, or, where it was deleted, the one before that. */
async function findPrevious(
  { registry, name }: RollbackRequest,
  ledger: readonly LedgerEntry[],
  current: string | undefined,
): Promise<ModelVersion | undefined> {
  const record = readProductionRecord(ledger);
  for (const version of previousProductionVersions(record, current)) {
    const found = await unlessMissing(
      registry.getModelVersion(name, version),
      ModelVersionNotFoundError.code,
    );
    if (found !== undefined && wasInProduction(found, record)) return found;
  }
  return undefined;
}
