import type { ExportManifest } from './export-layout.ts';
import type { TransferSource } from './transfer-source.ts';

/**
 * Read everything that an export says, to find out before anything is imported whether it all has
 * the right shape.
 *
 * @throws {ExportDamagedError}
 */
export async function checkExportedEntries(
  source: TransferSource,
  { kind, name, files }: ExportManifest,
): Promise<void> {
  for (const { path } of files) {
    const runId = /^runs\/([^/]+)\/run\.json$/.exec(path)?.[1];
    if (runId !== undefined) {
      const run = await source.getRun(runId);
      await source.getExperiment(run.experimentId);
      for await (const _ of source.metricHistory(run)) continue;
      for (const { modelId } of run.modelOutputs) await source.getLoggedModel(modelId);
    }
    const modelId = /^logged-models\/([^/]+)\/model\.json$/.exec(path)?.[1];
    if (modelId !== undefined) {
      await source.getExperiment((await source.getLoggedModel(modelId)).experimentId);
    }
  }
  if (kind !== 'model') return;
  await source.getModel(name);
  await source.ledger(name);
  for await (const _ of source.versions(name)) continue;
}
