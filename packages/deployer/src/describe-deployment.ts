import {
  type HeldStage,
  type LedgerEntry,
  type ModelVersion,
  RegisteredModelNotFoundError,
  type Registry,
  type Tags,
} from '@gnu-mlops/registry-client';
import { finiteMetrics } from './finite-metrics.ts';
import { listVersions } from './list-versions.ts';
import { previousProductionVersions } from './previous-production-version.ts';
import { readProductionRecord, wasInProduction } from './production-record.ts';
import { readVersionEvidence } from './read-version-evidence.ts';
import { stagePeriods } from './stage-periods.ts';

/** A version that holds a stage. JSON. */
export interface DeployedVersion {
  readonly version: string;
  /** Since when, ISO 8601, UTC; null where the ledger does not know. */
  readonly since: string | null;
  /** Who brought it there; null where the ledger does not know. */
  readonly actor: string | null;
  readonly runId: string | null;
  readonly algorithm: string | null;
  readonly dataDigest: string | null;
  /** The finite metrics of the run that made it. */
  readonly metrics: { readonly [metric: string]: number };
  readonly description: string;
}

/** Which version of a model is where. JSON. */
export interface DeploymentInfo {
  readonly modelName: string;
  readonly production: DeployedVersion | null;
  readonly staging: DeployedVersion | null;
  /** The version that a rollback of production would go to; null when there is none. */
  readonly previous: string | null;
  /** The newest version, wherever it stands; null when the model has none. */
  readonly newest: string | null;
  readonly versionCount: number;
  /** Alias to version. */
  readonly aliases: Tags;
}

/**
 * Tell which version of a model is in which stage, since when, and how good it is.
 *
 * @throws {RegisteredModelNotFoundError} when no model has that name.
 */
export async function describeDeployment(
  registry: Registry,
  name: string,
): Promise<DeploymentInfo> {
  const model = await registry.findRegisteredModel(name);
  if (model === undefined) throw new RegisteredModelNotFoundError(name);
  const [versions, ledger, production, staging] = await Promise.all([
    listVersions(registry, name),
    registry.readLedger(name),
    registry.findVersionByStage(name, 'GNU_Production'),
    registry.findVersionByStage(name, 'Staging'),
  ]);
  return {
    modelName: name,
    production: await describeVersion(registry, production, arrivalOf(ledger, 'GNU_Production')),
    staging: await describeVersion(registry, staging, arrivalOf(ledger, 'Staging')),
    previous: previousOf(versions, ledger, production?.version),
    newest: versions[0]?.version ?? null,
    versionCount: versions.length,
    aliases: model.aliases,
  };
}

function previousOf(
  versions: readonly ModelVersion[],
  ledger: readonly LedgerEntry[],
  current: string | undefined,
): string | null {
  const record = readProductionRecord(ledger);
  const there = new Set(
    versions.filter((known) => wasInProduction(known, record)).map(({ version }) => version),
  );
  return previousProductionVersions(record, current).find((version) => there.has(version)) ?? null;
}

/** The entry by which the holder of a stage came in, by the ledger. */
function arrivalOf(ledger: readonly LedgerEntry[], stage: HeldStage): LedgerEntry | undefined {
  const current = stagePeriods(ledger, stage).findLast(({ to }) => to === null);
  return ledger.find(({ sequence }) => sequence === current?.sequence);
}

async function describeVersion(
  registry: Registry,
  version: ModelVersion | undefined,
  arrival: LedgerEntry | undefined,
): Promise<DeployedVersion | null> {
  if (version === undefined) return null;
  const { metrics, runId, algorithm, dataDigest } = await readVersionEvidence(registry, version);
  const isTold = arrival?.version === version.version;
  return {
    version: version.version,
    since: isTold ? new Date(arrival.at).toISOString() : null,
    actor: isTold ? arrival.actor : null,
    runId: runId ?? null,
    algorithm: algorithm ?? null,
    dataDigest: dataDigest ?? null,
    metrics: finiteMetrics(metrics),
    description: version.description,
  };
}
