import { type Config, REDACTED, isSecret, redactText } from '@gnu-mlops/core/config';

/** Hides secrets in a text that is about to be printed. */
export type Redactor = (text: string) => string;

/** Shorter secrets would turn half of every text into `[redacted]`. */
const MIN_SECRET_LENGTH = 4;

/**
 * A redactor that knows the very secrets of a configuration, besides what looks like one.
 *
 * @param others secrets that are in no configuration.
 */
export function createRedactor(config: Config, others: readonly string[] = []): Redactor {
  const secrets = [...secretTexts(config), ...others.flatMap(formsOf)]
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .sort((a, b) => b.length - a.length);
  return (text) =>
    redactText(secrets.reduce((hidden, secret) => hidden.replaceAll(secret, REDACTED), text));
}

function secretTexts(value: unknown): string[] {
  if (isSecret(value)) {
    return formsOf(value.reveal());
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(secretTexts);
}

/** As it stands, and as it stands within JSON. */
function formsOf(secret: string): string[] {
  return [...new Set([secret, JSON.stringify(secret).slice(1, -1)])];
}
