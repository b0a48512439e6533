import type { Tags } from '../entities.ts';
import type { Registry } from '../registry.ts';
import { stageOfAlias } from '../stage-aliases.ts';

/** What became of the aliases of a model. */
export interface CopiedAliases {
  readonly aliases: readonly string[];
  /** They point at versions of the target's own, and still do. */
  readonly leftAliases: readonly string[];
}

/**
 * Point the user's own aliases at the copies of the versions that they point at; those of the stages
 * follow the stages.
 *
 * @param versions the numbers of the copies, by the number of the original.
 */
export async function copyAliases(
  target: Registry,
  { name, aliases }: { readonly name: string; readonly aliases: Tags },
  versions: ReadonlyMap<string, string>,
): Promise<CopiedAliases> {
  const model = await target.findRegisteredModel(name);
  const there = new Map(Object.entries(model?.aliases ?? {}));
  const copies = new Set(versions.values());
  const copied: string[] = [];
  const left: string[] = [];
  for (const [alias, original] of Object.entries(aliases)) {
    const version = versions.get(original);
    if (version === undefined || stageOfAlias(alias) !== undefined) continue;
    const holder = there.get(alias);
    if (holder !== undefined && !copies.has(holder)) left.push(alias);
    else {
      if (holder !== version) await target.setAlias(name, alias, version);
      copied.push(alias);
    }
  }
  return { aliases: copied, leftAliases: left };
}
