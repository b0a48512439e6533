import type { ConfigError } from './config-errors.ts';
import { type Config, configSchema } from './config-schema.ts';
import { type ConfigSource, listConfigSources } from './config-sources.ts';
import { checkNoSecrets } from './check-no-secrets.ts';
import { dropNulls } from './drop-nulls.ts';
import type { EnvironmentTexts } from './environment.ts';
import { explainIssue } from './explain-issue.ts';
import { type LocatedValue, locateValue, mergeLocated, plainValue } from './located-value.ts';
import { mergeEnvironment } from './merge-environment.ts';
import { resolveReferences } from './resolve-references.ts';
import { rootSetting } from './setting-node.ts';

/** A configuration and where each of its values comes from. */
export interface ResolvedConfig {
  readonly config: Config;
  readonly sources: readonly ConfigSource[];
}

/**
 * Lay files over defaults and the environment over files, and check the outcome.
 *
 * @param files in rising precedence.
 * @throws {ConfigError} the first problem; its `others` holds the rest.
 */
export function resolveConfig(
  files: readonly LocatedValue[],
  environment: EnvironmentTexts,
): ResolvedConfig {
  const schema = rootSetting();
  for (const file of files) checkNoSecrets(file, schema);
  const written = files.reduce(mergeLocated, locateValue({}, { kind: 'default' }));
  const resolved = resolveReferences(written, { environment, schema });
  const { merged, problems } = mergeEnvironment(resolved, { environment, schema });
  const located = dropNulls(merged, schema);
  const parsed = configSchema.safeParse(plainValue(located));
  const issues = parsed.error?.issues ?? [];
  throwFirst([...issues.flatMap((issue) => explainIssue(issue, { located, schema })), ...problems]);
  return { config: parsed.data!, sources: listConfigSources(parsed.data!, located) };
}

function throwFirst([first, ...others]: readonly ConfigError[]): void {
  if (first === undefined) return;
  first.others = others;
  throw first;
}
