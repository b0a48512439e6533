import type { HeldStage, ModelVersion } from '@gnu-mlops/registry-client';
import type { PromotionPlan, Refusal } from './deployment-plan.ts';

import { finiteMetrics } from './finite-metrics.ts';
import { formatDescription } from './format-description.ts';
import type { GateVerdict } from './gate-verdict.ts';
import { headlineMetrics } from './headline-metrics.ts';
import type { VersionEvidence } from './version-evidence.ts';

/** What a promotion is decided from. */
export interface PromotionFacts {
  readonly version: ModelVersion;
  readonly to: HeldStage;
  /** The version that holds `to` now. */
  readonly holder: ModelVersion | undefined;
  readonly verdicts: readonly GateVerdict[];
  readonly evidence: VersionEvidence;
  /** Let a version into production that is not in Staging, because somebody asked for it by name. */
  readonly skipStaging?: 'by-name';
  /** Let a version into production that was trained on made-up rows, as a demonstration does. */
  readonly syntheticData?: 'by-name';
}

/** The data source of a run whose rows the sample generator made. */
const SYNTHETIC = 'sample';

/**
 * Decide a promotion. Pure: nothing is read and nothing is written.
 *
 * The plan is refused when a gate fails or lacks evidence, when production is asked for a version
 * that is not in Staging (unless `skipStaging`) or was trained on made-up rows (unless
 * `syntheticData`), and when Staging is asked for the version in production, which would leave
 * production empty.
 */
export function planPromotion(facts: PromotionFacts): PromotionPlan {
  const { version, to, holder, verdicts, evidence, skipStaging, syntheticData } = facts;
  const isThere = version.stage === to;
  const refusals = isThere ? [] : refusalsOf(facts);
  const status = isThere ? 'nothing_to_do' : refusals.length > 0 ? 'refused' : 'ready';
  const holderVersion = holder?.version ?? null;
  return {
    action: 'promote',
    modelName: version.name,
    version: version.version,
    fromStage: version.stage,
    toStage: to,
    holder: holderVersion,
    status,
    refusals,
    summary: summarise(facts, status),
    verdicts,
    metrics: finiteMetrics(evidence.metrics),
    runId: evidence.runId ?? null,
    algorithm: evidence.algorithm ?? null,
    dataDigest: evidence.dataDigest ?? null,
    skipStaging: skipStaging ?? null,
    dataSource: evidence.dataSource ?? null,
    syntheticData: syntheticData ?? null,
    tags: metricTags(facts),
    description: formatDescription(version.description, { to, verdicts, evidence }),
  };
}

function refusalsOf(facts: PromotionFacts): Refusal[] {
  const { version, to, verdicts, skipStaging, syntheticData, evidence } = facts;
  const subject = `Version ${version.version} of "${version.name}"`;
  const refusals: Refusal[] = [];
  if (to === 'Staging' && version.stage === 'GNU_Production') {
    refusals.push({
      rule: 'in_production',
      message: `${subject} is in GNU_Production; moving it to Staging would leave production empty. Promote another version to production first, or roll back.`,
    });
  }
  if (to === 'GNU_Production' && version.stage !== 'Staging' && skipStaging === undefined) {
    refusals.push({
      rule: 'not_staged',
      message: `${subject} is in ${version.stage}, and production takes the version in Staging. Promote it to Staging first, or ask for it by name (skipStaging: 'by-name').`,
    });
  }
  // One of several kinds of places may be the generator.
  const isSynthetic = evidence.dataSource?.split(',').includes(SYNTHETIC) === true;
  if (to === 'GNU_Production' && isSynthetic && syntheticData === undefined) {
    refusals.push({
      rule: 'synthetic_data',
      message: `${subject} was trained on made-up rows (data source: ${SYNTHETIC}), and production answers for real ones. Train on real data. Programs that show how things work may ask for it by name (syntheticData: 'by-name').`,
    });
  }
  const unmet = verdicts.filter(({ verdict }) => verdict !== 'pass');
  for (const { gate, message } of unmet) {
    refusals.push({
      rule: 'gate',
      message: `Gate "${gate}" for ${to} is not met: ${message}.`,
    });
  }
  return refusals;
}

function summarise(
  { version, to, holder }: PromotionFacts,
  status: PromotionPlan['status'],
): string {
  const subject = `version ${version.version} of "${version.name}"`;
  if (status === 'nothing_to_do') return `nothing to do: ${subject} is in ${to} already`;
  if (status === 'refused') return `refused: ${subject} stays in ${version.stage}`;
  const archived = holder === undefined ? '' : `; version ${holder.version} is archived`;
  return `${subject}: ${version.stage} -> ${to}${archived}`;
}

function metricTags({ verdicts, evidence }: PromotionFacts): { [key: string]: string } {
  return Object.fromEntries(
    headlineMetrics(evidence.metrics, verdicts).map(([name, value]) => [
      `gnu_mlops.metric.${name}`,
      String(value),
    ]),
  );
}
