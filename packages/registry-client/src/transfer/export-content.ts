import type { Artifact, ArtifactStream, LoggedModel, Run } from '../entities.ts';
import { ArtifactDamagedError } from '../artifact-errors.ts';
import { EXPORT_PATHS } from './export-layout.ts';
import type { ExportWriter } from './export-writer.ts';
import { formatPoint, formatRun } from './exported-json.ts';
import type { TransferSource } from './transfer-source.ts';

/** An export that is being written. */
export interface ExportTask {
  readonly source: TransferSource;
  readonly writer: ExportWriter;
  readonly signal: AbortSignal | undefined;
  /** Ids of the experiments, runs and logged models that are written already. */
  readonly written: Set<string>;
}

/** Write a run with its metrics, files, experiment, and the logged models that it made. */
export async function exportRun(task: ExportTask, runId: string): Promise<void> {
  const { source, writer, signal, written } = task;
  if (written.has(runId)) return;
  written.add(runId);
  signal?.throwIfAborted();
  const run = await source.getRun(runId);
  await exportExperimentEntry(task, run.experimentId);
  await writer.writeFile(EXPORT_PATHS.metrics(runId), metricLines(source, run));
  await exportFiles(task, runId);
  for (const { modelId } of run.modelOutputs) await exportLoggedModel(task, modelId);
  await writer.writeJson(EXPORT_PATHS.run(runId), formatRun(run));
}

/** Write what is known of an experiment, without its runs. */
export async function exportExperimentEntry(
  { source, writer, written }: ExportTask,
  experimentId: string,
): Promise<void> {
  const key = `experiment ${experimentId}`;
  if (written.has(key)) return;
  written.add(key);
  const experiment = await source.getExperiment(experimentId);
  await writer.writeJson(EXPORT_PATHS.experiment(experimentId), experiment);
}

/** Write a logged model with its files and its experiment. */
export async function exportLoggedModel(task: ExportTask, modelId: string): Promise<LoggedModel> {
  const { source, writer, written } = task;
  const model = await source.getLoggedModel(modelId);
  if (written.has(modelId)) return model;
  written.add(modelId);
  await exportExperimentEntry(task, model.experimentId);
  await exportFiles(task, modelId);
  const metrics = model.metrics.map(formatPoint);
  await writer.writeJson(EXPORT_PATHS.loggedModel(modelId), { ...model, metrics });
  return model;
}

/** Write files as streams. */
export async function writeFiles(
  { writer, signal }: ExportTask,
  files: AsyncIterable<Artifact>,
  place: {
    readonly folder: string;
    readonly ownerId: string;
    readonly open: (path: string) => Promise<ArtifactStream>;
  },
): Promise<void> {
  for await (const { path, sizeBytes } of files) {
    signal?.throwIfAborted();
    const { content } = await place.open(path);
    const written = await writer.writeFile(`${place.folder}/${path}`, content);
    if (sizeBytes !== undefined && written.sizeBytes !== sizeBytes) {
      throw new ArtifactDamagedError(
        { ownerId: place.ownerId, path },
        `${written.sizeBytes} bytes were read where the registry lists ${sizeBytes}`,
      );
    }
  }
}

async function exportFiles(task: ExportTask, ownerId: string): Promise<void> {
  const open = (path: string) => task.source.openFile(ownerId, path);
  const folder = EXPORT_PATHS.artifacts(ownerId);
  await writeFiles(task, task.source.files(ownerId), { folder, ownerId, open });
}

async function* metricLines(source: TransferSource, run: Run): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const point of source.metricHistory(run)) {
    yield encoder.encode(`${JSON.stringify(formatPoint(point))}\n`);
  }
}
