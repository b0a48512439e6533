import { dirname, join, resolve } from 'node:path';
import { absoluteRegistryUri } from '@gnu-mlops/app-runtime';
import type { Config } from '@gnu-mlops/core/config';
import { Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { loadSettings } from '../load-settings.ts';

/** The options of every command about a server. */
export interface PlaceOptions {
  readonly registry?: string;
  readonly state?: string;
}

/** Which registry a server serves, and where it keeps its own files. */
export interface ServerPlace {
  /** With the registry that is served as `mlflow.tracking_uri`. */
  readonly config: Config;
  readonly registryUri: string;
  readonly tokensPath: string;
  readonly auditFolder: string;
}

export const registryOption = new Option(
  '-r, --registry <uri>',
  'the registry (default: the configured mlflow.tracking_uri)',
);

export const stateOption = new Option(
  '--state <folder>',
  'where tokens and audit log are kept (default: gnu-mlops-server beside the database)',
);

/** What the options and the configuration say. */
export async function findServerPlace(
  context: CommandContext,
  { registry, state }: PlaceOptions,
): Promise<ServerPlace> {
  const { cwd } = context.terminal;
  const { config } = await loadSettings(context);
  const registryUri = absoluteRegistryUri(registry ?? config.mlflow.tracking_uri, cwd);
  const folder = resolve(cwd, state ?? join(folderOf(registryUri) ?? '.', 'gnu-mlops-server'));
  return {
    config: { ...config, mlflow: { ...config.mlflow, tracking_uri: registryUri } },
    registryUri,
    tokensPath: join(folder, 'tokens.jsonl'),
    auditFolder: join(folder, 'audit'),
  };
}

/** The folder of an embedded registry. */
function folderOf(registryUri: string): string | undefined {
  const path = /^sqlite:\/\/\/(.+)$/i.exec(registryUri)?.[1];
  return path === undefined ? undefined : dirname(path);
}
