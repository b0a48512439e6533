import type { Config } from '@gnu-mlops/core/config';

/** What a server is told: the section `server` of the configuration, with its registry. */
export type ServerSettings = Config['server'] & { readonly registry: string };

/** What a caller decides in place of the configuration; undefined is nothing. */
export type ServerOverrides = {
  readonly [Key in keyof ServerSettings]?: ServerSettings[Key] | undefined;
};

/** The settings of a server, as far as the configuration has them. */
export type ServerSource = Pick<Config, 'server'> & {
  readonly mlflow: Pick<Config['mlflow'], 'tracking_uri'>;
};

/** What the configuration says of a server, and what a caller decides in its place. */
export function serverSettings(
  { server, mlflow }: ServerSource,
  overrides: ServerOverrides = {},
): ServerSettings {
  const decided = Object.fromEntries(
    Object.entries(overrides).filter(([, value]) => value !== undefined),
  );
  return { registry: mlflow.tracking_uri, ...server, ...decided };
}
