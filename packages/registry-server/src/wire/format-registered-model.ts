import type { ModelVersion, RegisteredModel } from '@gnu-mlops/registry-client';
import { formatTags, nonEmpty } from './tags.ts';

/** A registered model as the protocol writes it, with the newest version of each stage. */
export function formatRegisteredModel(
  model: RegisteredModel,
  latestVersions: readonly ModelVersion[],
): object {
  return {
    name: model.name,
    creation_timestamp: model.creationTime,
    last_updated_timestamp: model.lastUpdatedTime,
    description: model.description,
    latest_versions: nonEmpty(latestVersions.map(formatModelVersion)),
    tags: formatTags(model.tags),
    aliases: nonEmpty(
      Object.entries(model.aliases).map(([alias, version]) => ({ alias, version })),
    ),
  };
}

/** A version of a registered model as the protocol writes it. */
export function formatModelVersion(version: ModelVersion): object {
  return {
    name: version.name,
    version: version.version,
    creation_timestamp: version.creationTime,
    last_updated_timestamp: version.lastUpdatedTime,
    user_id: version.userId === '' ? undefined : version.userId,
    current_stage: version.mlflowStage,
    description: version.description,
    source: version.source,
    run_id: version.runId ?? '',
    run_link: version.runLink ?? '',
    model_id: version.modelId,
    status: version.status,
    status_message: version.statusMessage === '' ? undefined : version.statusMessage,
    tags: formatTags(version.tags),
    aliases: nonEmpty(version.aliases),
  };
}
