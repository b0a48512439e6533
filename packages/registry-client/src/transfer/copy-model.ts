import type { ModelVersion, RegisteredModel } from '../entities.ts';
import type { Registry } from '../registry.ts';
import { type CopiedAliases, copyAliases } from './copy-aliases.ts';
import type { CopySession } from './copy-session.ts';
import { type CopiedStages, type VersionPair, copyStages } from './copy-stages.ts';
import { tagsToCopy } from './copy-tags.ts';
import { type CopiedVersion, copyVersionInto } from './copy-version.ts';
import { stageAtSource } from './stage-at-source.ts';
import { registrySource } from './registry-source.ts';

/** What became of a registered model. */
export interface CopiedModel extends CopiedStages, CopiedAliases {
  /** At the target. */
  readonly name: string;
  /** In the order of their numbers. */
  readonly versions: readonly CopiedVersion[];
  /** Versions that never became ready, which are not copied. */
  readonly skippedVersions: readonly string[];
}

/** Who copies a model, and what it is called at the target. */
export interface ModelCopy {
  readonly name: string;
  readonly actor: string;
  readonly now: () => number;
}

/** Copy a registered model: its versions in order, with what made them, then stages and aliases. */
export async function copyModelInto(
  session: CopySession,
  model: RegisteredModel,
  { name, actor, now }: ModelCopy,
): Promise<CopiedModel> {
  const { source, target, context } = session;
  const originals: ModelVersion[] = [];
  for await (const version of source.versions(model.name)) originals.push(version);
  originals.sort((a, b) => Number(a.version) - Number(b.version));
  const ready = originals.filter(({ status }) => status === 'READY');

  await describeModel(target, name, model);
  const copies: ModelVersion[] = [];
  for await (const version of registrySource(target, {}).versions(name)) copies.push(version);
  const versions: CopiedVersion[] = [];
  const total = ready.length;
  for (const original of ready) {
    const detail = `${model.name} ${original.version}`;
    context.onProgress?.({ stage: 'copy versions', done: versions.length, total, detail });
    versions.push(await copyVersionInto(session, original, { name, copies }));
  }
  context.onProgress?.({ stage: 'copy versions', done: total, total });
  // What is there itself has stages and aliases of its own.
  const pairs = ready.flatMap((original, i): VersionPair[] => {
    const { version, outcome } = versions[i]!;
    const stage = stageAtSource(original, model.aliases);
    return outcome === 'original' ? [] : [{ original, version, stage }];
  });
  const stages = await copyStages({
    target,
    name,
    sourceUri: source.uri,
    sourceLedger: await source.ledger(model.name),
    pairs,
    actor,
    now,
  });
  const numbers = new Map(pairs.map(({ original, version }) => [original.version, version]));
  const aliases = await copyAliases(target, { name, aliases: model.aliases }, numbers);
  const skippedVersions = originals
    .filter(({ status }) => status !== 'READY')
    .map(({ version }) => version);
  return { name, versions, skippedVersions, ...stages, ...aliases };
}

async function describeModel(
  target: Registry,
  name: string,
  { description, tags }: RegisteredModel,
): Promise<void> {
  const there = await target.ensureRegisteredModel(name);
  if (description !== '' && there.description !== description) {
    await target.updateRegisteredModel(name, { description });
  }
  for (const [key, value] of Object.entries(tagsToCopy(tags))) {
    if (there.tags[key] !== value) await target.setRegisteredModelTag(name, key, value);
  }
}
