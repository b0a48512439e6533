import type { Registry } from '../registry.ts';
import type { TransferContext } from './copy-session.ts';
import type { ExportTask } from './export-content.ts';
import { exportExperimentEntries, exportModelEntries } from './export-entries.ts';
import { EXPORT_LAYOUT, type ExportKind, type ExportManifest } from './export-layout.ts';
import { openExportWriter } from './export-writer.ts';
import { findExperimentOf } from './find-experiment.ts';
import { registrySource } from './registry-source.ts';

/** What to export, and where to. */
export interface ExportRequest {
  /** Of the experiment or registered model. */
  readonly name: string;
  /** Must not be there yet. */
  readonly folder: string;
  readonly now: () => number;
}

/**
 * Write an experiment to a folder: its tags, every run that is not deleted with every value of its
 * metrics and its files, and logged models; as JSON that people can read, files as they are, and a
 * manifest with the SHA-256 of each. The folder appears when it is complete: one that is there is
 * whole.
 *
 * @throws {ExperimentNotFoundError | DeletedError | ExportExistsError | ArtifactDamagedError}
 * @throws {DiskFullError | StoreUnavailableError} and what the registry throws.
 */
export async function exportExperiment(
  registry: Registry,
  request: ExportRequest,
  context: TransferContext = {},
): Promise<ExportManifest> {
  const experiment = await findExperimentOf(registry, request.name);
  return writeExport(registry, { ...request, kind: 'experiment', context }, (task) =>
    exportExperimentEntries(task, experiment, context),
  );
}

/**
 * Write a registered model to a folder, as {@link exportExperiment} does: its versions, aliases and
 * ledger, and the runs and logged models that its versions come from.
 *
 * @throws {RegisteredModelNotFoundError | ExportExistsError | ArtifactDamagedError}
 * @throws {DiskFullError | StoreUnavailableError} and what the registry throws.
 */
export async function exportModel(
  registry: Registry,
  request: ExportRequest,
  context: TransferContext = {},
): Promise<ExportManifest> {
  const model = await registrySource(registry, context).getModel(request.name);
  return writeExport(registry, { ...request, kind: 'model', context }, (task) =>
    exportModelEntries(task, model, context),
  );
}

async function writeExport(
  registry: Registry,
  {
    name,
    folder,
    now,
    kind,
    context,
  }: ExportRequest & { readonly kind: ExportKind; readonly context: TransferContext },
  write: (task: ExportTask) => Promise<void>,
): Promise<ExportManifest> {
  const writer = await openExportWriter(folder);
  try {
    await write({
      source: registrySource(registry, context),
      writer,
      signal: context.signal,
      written: new Set(),
    });
    return await writer.commit({
      format: 'gnu-mlops export',
      layout: EXPORT_LAYOUT,
      kind,
      name,
      exportedFrom: registry.uri,
      exportedAt: new Date(now()).toISOString(),
    });
  } finally {
    await writer.abort();
  }
}
