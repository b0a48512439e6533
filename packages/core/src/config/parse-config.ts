import type { Config } from './config-schema.ts';
import { type Environment, joinEnvironment } from './environment.ts';
import { parseYaml } from './parse-yaml.ts';
import { resolveConfig } from './resolve-config.ts';

/**
 * Read one configuration from YAML text, with the environment laid over it.
 *
 * @param options.path the name that messages give to the text; default `config.yaml`.
 * @param options.env default: none.
 * @throws {ConfigError} the first problem; its `others` holds the rest.
 */
export function parseConfig(
  yamlText: string,
  options: { readonly path?: string; readonly env?: Environment } = {},
): Config {
  const file = parseYaml(yamlText, options.path ?? 'config.yaml');
  return resolveConfig([file], joinEnvironment(options.env ?? {})).config;
}
