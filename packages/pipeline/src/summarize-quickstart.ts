import type { BatchReport } from '@gnu-mlops/batch';
import type { StageOutcome } from './promote-through-stages.ts';
import type {
  DataSummary,
  MadeThing,
  NextAction,
  QuickstartSummary,
  RunSummary,
  VersionSummary,
} from './quickstart-result.ts';

/** What is known at the end of a quick start. */
export interface QuickstartOutcome {
  readonly data: DataSummary;
  readonly run: RunSummary;
  readonly version: VersionSummary;
  readonly staging: StageOutcome;
  readonly production: StageOutcome;
  readonly batch: BatchReport | null;
  readonly ledgerPath: string;
}

/** List what a quick start made, and what to do next. */
export function summarizeQuickstart(outcome: QuickstartOutcome): QuickstartSummary {
  return { made: listMadeThings(outcome), next: listNextActions(outcome) };
}

function listMadeThings(outcome: QuickstartOutcome): MadeThing[] {
  const { data, run, version, batch } = outcome;
  const made: MadeThing[] = [
    { what: 'run', where: `${run.runName} (${run.runId}) in experiment ${run.experimentName}` },
    { what: 'artifacts', where: run.artifactUri },
    { what: 'model version', where: `${version.modelName} version ${version.version}` },
  ];
  if (data.origin === 'made') made.unshift({ what: 'sample data', where: data.uri });
  for (const { output, archivedTo, status } of batch?.files ?? []) {
    if (status === 'scored') made.push({ what: 'scored file', where: output! });
    if (archivedTo !== undefined) made.push({ what: 'archived input', where: archivedTo });
  }
  if (batch !== null) made.push({ what: 'batch ledger', where: outcome.ledgerPath });
  return made;
}

function listNextActions({
  data,
  version,
  staging,
  production,
  batch,
}: QuickstartOutcome): NextAction[] {
  const isRefused = staging.status === 'refused' || production.status === 'refused';
  return [
    ...(isRefused ? (['improve_model'] as const) : []),
    ...(batch === null ? [] : (['predict', 'score_files'] as const)),
    'show_deployment',
    ...(Number(version.version) > 1 ? (['compare_runs'] as const) : []),
    ...(data.origin === 'given' ? [] : (['use_own_data'] as const)),
  ];
}
