import { parseModelUri } from '../logged-model-source.ts';
import { parseRunsUri } from '../model-source.ts';
import type { ExportManifest } from './export-layout.ts';
import type { TransferSource } from './transfer-source.ts';

/**
 * Read everything that an export says, to find out before anything is imported whether it all has
 * the right shape, and whether what versions come from is there.
 *
 * @throws {ExportDamagedError | RunNotFoundError | LoggedModelNotFoundError}
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
  for await (const { source: from, runId, status } of source.versions(name)) {
    if (status !== 'READY') continue;
    const origin = parseRunsUri(from)?.runId ?? runId;
    if (origin !== undefined) await source.getRun(origin);
    const modelId = parseModelUri(from)?.modelId;
    if (modelId !== undefined) await source.getLoggedModel(modelId);
  }
}
