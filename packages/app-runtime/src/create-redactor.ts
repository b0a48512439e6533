import { type Config, REDACTED, isSecret, redactText } from '@gnu-mlops/core/config';

/** Hides secrets in a text that is about to be printed. */
export type Redactor = (text: string) => string;

/** Shorter secrets would turn half of every text into `[redacted]`. */
const MIN_SECRET_LENGTH = 4;

/** A redactor that knows the very secrets of a configuration, besides what looks like one. */
export function createRedactor(config: Config): Redactor {
  const secrets = secretTexts(config)
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .sort((a, b) => b.length - a.length);
  return (text) =>
    redactText(secrets.reduce((hidden, secret) => hidden.replaceAll(secret, REDACTED), text));
}

function secretTexts(value: unknown): string[] {
  if (isSecret(value)) {
    const text = value.reveal();
    // As it stands, and as it stands within JSON.
    return [...new Set([text, JSON.stringify(text).slice(1, -1)])];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(secretTexts);
}
