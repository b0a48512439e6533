import type { ModelVersion, RegisteredModel } from '../entities.ts';

const PREFIX = 'gnu_mlops.alias.';

/**
 * The tag of a registered model that stands for an alias: the registry of a workspace has no
 * aliases.
 */
export function aliasTag(alias: string): string {
  return `${PREFIX}${alias}`;
}

/** A model as it is once the tags that stand for aliases are those aliases. */
export function withAliases(model: RegisteredModel): RegisteredModel {
  const isAlias = ([key]: readonly [string, string]) => key.startsWith(PREFIX);
  const tags = Object.entries(model.tags);
  const aliases = tags
    .filter(isAlias)
    .map(([key, version]) => [key.slice(PREFIX.length), version] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...model,
    tags: Object.fromEntries(tags.filter((tag) => !isAlias(tag))),
    aliases: Object.fromEntries(aliases),
  };
}

/** A version with those aliases of its model that point at it. */
export function withAliasesOf(
  version: ModelVersion,
  { aliases }: Pick<RegisteredModel, 'aliases'>,
): ModelVersion {
  const own = Object.keys(aliases).filter((alias) => aliases[alias] === version.version);
  return { ...version, aliases: own.sort() };
}
