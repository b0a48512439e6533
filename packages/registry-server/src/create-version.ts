import { type ModelVersion, type Registry, STAGE_TAG } from '@gnu-mlops/registry-client';
import { readSource } from './read-source.ts';
import type { ServerContext } from './server-context.ts';
import { isRecord } from './wire/message.ts';
import { type WireTag, readTags } from './wire/tags.ts';

/** The tag of a logged model that lists where it is registered. */
const REGISTRATIONS_TAG = 'mlflow.modelVersions';

/** A version to register, as it came over the wire. */
interface WireVersion {
  readonly name: string;
  readonly source: string;
  readonly run_id?: string;
  readonly run_link?: string;
  readonly model_id?: string;
  readonly description?: string;
  readonly tags?: readonly WireTag[];
}

/**
 * Register a version; the logged model that it comes from is tagged with it. It is in no stage yet,
 * whatever the tags say that a copy brings along.
 */
export async function createVersion(
  { registry, now, inTurn }: ServerContext,
  { name, source, description, tags, ...sent }: WireVersion,
): Promise<ModelVersion> {
  const { run_id: runId = '', run_link: runLink = '', model_id: modelId = '' } = sent;
  const { [STAGE_TAG]: _stageOfOriginal, ...ownTags } = readTags(tags);
  const created = await registry.createModelVersion({
    name,
    source: readSource(source),
    createdAt: now(),
    tags: ownTags,
    ...(runId === '' ? {} : { runId }),
    ...(runLink === '' ? {} : { runLink }),
    ...(modelId === '' ? {} : { modelId }),
    ...(description === undefined ? {} : { description }),
  });
  const { modelId: from } = created;
  if (from !== undefined) await inTurn(from, () => noteRegistration(registry, from, created));
  return created;
}

async function noteRegistration(
  registry: Registry,
  modelId: string,
  { name, version }: ModelVersion,
): Promise<void> {
  const { tags } = await registry.getLoggedModel(modelId);
  const known = parseRegistrations(tags[REGISTRATIONS_TAG]);
  const listed = [...known, { name, version: Number(version) }];
  await registry.setLoggedModelTags(modelId, { [REGISTRATIONS_TAG]: formatRegistrations(listed) });
}

interface Registration {
  readonly name: string;
  readonly version: number;
}

/** What somebody else wrote there and cannot be read is written anew. */
function parseRegistrations(text: string | undefined): Registration[] {
  try {
    const listed: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(listed) ? listed.filter(isRegistration) : [];
  } catch {
    return [];
  }
}

function isRegistration(value: unknown): value is Registration {
  return isRecord(value) && typeof value['name'] === 'string' && Number.isInteger(value['version']);
}

/** With the blanks that Python's json writes, which clients compare as text. */
function formatRegistrations(registrations: readonly Registration[]): string {
  const written = registrations.map(
    ({ name, version }) => `{"name": ${JSON.stringify(name)}, "version": ${version}}`,
  );
  return `[${written.join(', ')}]`;
}
