import type { JsonObject, JsonValue } from '../json.ts';
import type { Config } from './config-schema.ts';
import { redactText } from './redact-text.ts';
import { isSecretName } from './secret-name.ts';
import { REDACTED, isSecret } from './secret.ts';

/** The configuration as JSON that may be printed: secrets, and credentials in URIs, are hidden. */
export function redactConfig(config: Config): JsonObject {
  return redactValue(config) as JsonObject;
}

function redactValue(value: unknown): JsonValue {
  if (isSecret(value)) return REDACTED;
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => [key, isSecretName(key) ? REDACTED : redactValue(entry)]);
  return Object.fromEntries(entries) as JsonObject;
}
