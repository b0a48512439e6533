import { parseEnv } from 'node:util';
import type { ConfigOrigin } from './config-origin.ts';

/** The variables of a process, as in `process.env`. */
export type Environment = { readonly [variable: string]: string | undefined };

/** A variable's text and where it was set. */
export interface EnvironmentText {
  readonly text: string;
  readonly origin: ConfigOrigin & { readonly kind: 'environment' };
}

/** Variables that are set to something; an empty one counts as not set. */
export type EnvironmentTexts = ReadonlyMap<string, EnvironmentText>;

/**
 * Join the real environment with a `.env` file. A variable that the real environment has, even an
 * empty one, wins.
 */
export function joinEnvironment(
  env: Environment,
  dotenv?: { readonly text: string; readonly file: string },
): EnvironmentTexts {
  const texts = new Map<string, EnvironmentText>();
  for (const [variable, text] of Object.entries(dotenv ? parseEnv(dotenv.text) : {})) {
    if (!text || env[variable] !== undefined) continue;
    texts.set(variable, {
      text,
      origin: { kind: 'environment', variable, file: dotenv!.file },
    });
  }
  for (const [variable, text] of Object.entries(env)) {
    if (text) texts.set(variable, { text, origin: { kind: 'environment', variable } });
  }
  return texts;
}
