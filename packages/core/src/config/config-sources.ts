import type { JsonObject, JsonValue } from '../json.ts';
import type { ConfigOrigin } from './config-origin.ts';
import type { Config } from './config-schema.ts';
import { type LocatedValue, locatedAt } from './located-value.ts';
import { redactConfig } from './redact-config.ts';
import { formatSettingPath } from './setting-path.ts';

/** One setting with its value and where that comes from. */
export interface ConfigSource {
  /** Such as `training.test_size`. */
  readonly path: string;
  /** Secrets are hidden. */
  readonly value: JsonValue;
  readonly origin: ConfigOrigin;
}

/** Every setting that has a value, in the order of the schema; a list counts as one value. */
export function listConfigSources(config: Config, located: LocatedValue): ConfigSource[] {
  const sources: ConfigSource[] = [];
  function visit(value: JsonValue, path: readonly string[]): void {
    if (isSection(value)) {
      for (const [key, entry] of Object.entries(value)) visit(entry, [...path, key]);
      return;
    }
    const origin = locatedAt(located, path)?.origin ?? { kind: 'default' };
    sources.push({ path: formatSettingPath(path), value, origin });
  }
  visit(redactConfig(config), []);
  return sources;
}

function isSection(value: JsonValue): value is JsonObject {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.keys(value).length > 0;
}
