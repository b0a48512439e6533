import type { Registry } from '../registry.ts';
import { checkExport } from './check-export.ts';
import { checkExportedEntries } from './check-exported-entries.ts';
import { type CopiedExperiment, copyExperimentInto } from './copy-experiment.ts';
import { type CopiedModel, type ModelCopy, copyModelInto } from './copy-model.ts';
import { type CopySession, type TransferContext, startCopy } from './copy-session.ts';
import type { ExportKind, ExportManifest } from './export-layout.ts';
import { exportSource } from './open-export.ts';
import { ExportDamagedError, ExportKindError } from './transfer-errors.ts';

export interface ImportExperimentRequest {
  /** That was exported. */
  readonly folder: string;
  /** What the experiment is called in the registry; default: as where it was exported. */
  readonly newName?: string;
}

export interface ImportModelRequest
  extends ImportExperimentRequest, Pick<ModelCopy, 'actor' | 'now'> {
  /** Where copies of the runs go; default: experiments of the same names. */
  readonly experimentName?: string;
}

/**
 * Bring the export of an experiment into a registry, as `copyExperiment` would from where it was
 * exported. Every file is checked before anything is written; repeated, it makes nothing twice.
 *
 * @throws {ExportDamagedError | ExportKindError} and what the registry throws.
 */
export async function importExperiment(
  registry: Registry,
  { folder, newName }: ImportExperimentRequest,
  context: TransferContext = {},
): Promise<CopiedExperiment> {
  const { session, manifest } = await startImport(registry, {
    folder,
    kind: 'experiment',
    experimentName: newName,
    context,
  });
  for await (const experiment of exportedExperiments(session, manifest)) {
    if (experiment.name === manifest.name) return copyExperimentInto(session, experiment);
  }
  throw new ExportDamagedError(folder, `it lacks the experiment "${manifest.name}".`);
}

/**
 * Bring the export of a registered model into a registry, as `copyModel` would from where it was
 * exported. Every file is checked before anything is written; repeated, it makes nothing twice.
 *
 * @throws {ExportDamagedError | ExportKindError} and what the registry throws.
 */
export async function importModel(
  registry: Registry,
  { folder, newName, experimentName, actor, now }: ImportModelRequest,
  context: TransferContext = {},
): Promise<CopiedModel> {
  const { session, manifest } = await startImport(registry, {
    folder,
    kind: 'model',
    experimentName,
    context,
  });
  const model = await session.source.getModel(manifest.name);
  return copyModelInto(session, model, { name: newName ?? model.name, actor, now });
}

async function startImport(
  registry: Registry,
  options: {
    readonly folder: string;
    readonly kind: ExportKind;
    readonly experimentName: string | undefined;
    readonly context: TransferContext;
  },
): Promise<{ readonly session: CopySession; readonly manifest: ExportManifest }> {
  const { folder, kind, experimentName, context } = options;
  const checked = await checkExport(folder, context);
  const { manifest } = checked;
  if (manifest.kind !== kind) throw new ExportKindError(folder, manifest.kind);
  const source = exportSource(checked);
  await checkExportedEntries(source, manifest);
  return { session: startCopy(source, registry, { experimentName, context }), manifest };
}

async function* exportedExperiments({ source }: CopySession, { files }: ExportManifest) {
  for (const { path } of files) {
    const id = /^experiments\/([^/]+)\.json$/.exec(path)?.[1];
    if (id !== undefined) yield await source.getExperiment(id);
  }
}
