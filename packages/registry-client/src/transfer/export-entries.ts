import type { Experiment, ModelVersion, RegisteredModel } from '../entities.ts';
import { parseModelUri } from '../logged-model-source.ts';
import { parseRunsUri } from '../model-source.ts';
import type { TransferContext } from './copy-session.ts';
import {
  type ExportTask,
  exportExperimentEntry,
  exportLoggedModel,
  exportRun,
  writeFiles,
} from './export-content.ts';
import { EXPORT_PATHS } from './export-layout.ts';

/** Write an experiment with every run that is not deleted and every logged model. */
export async function exportExperimentEntries(
  task: ExportTask,
  { experimentId }: Experiment,
  { onProgress }: TransferContext,
): Promise<void> {
  await exportExperimentEntry(task, experimentId);
  const runs: { readonly runId: string; readonly runName: string }[] = [];
  for await (const { runId, runName } of task.source.runs(experimentId)) {
    runs.push({ runId, runName });
  }
  const total = runs.length;
  for (const [done, { runId, runName }] of runs.entries()) {
    onProgress?.({ stage: 'export runs', done, total, detail: runName });
    await exportRun(task, runId);
  }
  onProgress?.({ stage: 'export runs', done: total, total });
  for await (const { modelId } of task.source.loggedModels(experimentId)) {
    await exportLoggedModel(task, modelId);
  }
}

/** Write a registered model, its versions, its ledger, and the runs and logged models behind them. */
export async function exportModelEntries(
  task: ExportTask,
  model: RegisteredModel,
  { onProgress }: TransferContext,
): Promise<void> {
  const { source, writer } = task;
  const versions: ModelVersion[] = [];
  for await (const version of source.versions(model.name)) versions.push(version);
  versions.sort((a, b) => Number(a.version) - Number(b.version));
  const total = versions.length;
  for (const [done, version] of versions.entries()) {
    const detail = `${model.name} ${version.version}`;
    onProgress?.({ stage: 'export versions', done, total, detail });
    if (version.status === 'READY') await exportOrigin(task, version);
  }
  onProgress?.({ stage: 'export versions', done: total, total });
  await writer.writeJson(EXPORT_PATHS.model, model);
  await writer.writeJson(EXPORT_PATHS.versions, versions);
  await writer.writeJson(EXPORT_PATHS.ledger, await source.ledger(model.name));
}

async function exportOrigin(task: ExportTask, version: ModelVersion): Promise<void> {
  const runId = parseRunsUri(version.source)?.runId ?? version.runId;
  if (runId !== undefined) await exportRun(task, runId);
  if (parseRunsUri(version.source) !== undefined) return;
  const modelId = parseModelUri(version.source)?.modelId;
  if (modelId === undefined) {
    const open = (path: string) => task.source.openVersionFile(version, path);
    const place = {
      folder: EXPORT_PATHS.versionFiles(version.version),
      ownerId: version.runId ?? `${version.name}/${version.version}`,
      open,
    };
    await writeFiles(task, task.source.versionFiles(version), place);
    return;
  }
  const { sourceRunId } = await exportLoggedModel(task, modelId);
  if (sourceRunId !== undefined) await exportRun(task, sourceRunId);
}
