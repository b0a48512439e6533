import { dirname, join, resolve } from 'node:path';
import { absoluteRegistryUri } from '@gnu-mlops/app-runtime/open-configured-registry';
import { Option } from 'commander';
import type { CommandContext } from '../command-context.ts';

/** The options of every command about a server. */
export interface PlaceOptions {
  readonly registry?: string;
  readonly state?: string;
}

/** Which registry a server serves, and where it keeps its own files. */
export interface ServerPlace {
  /** A file's path in it is absolute. */
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
  const registryUri = absoluteRegistryUri(registry ?? (await configuredUri(context)), cwd);
  const folder = resolve(cwd, state ?? join(folderOf(registryUri) ?? '.', 'gnu-mlops-server'));
  return {
    registryUri,
    tokensPath: join(folder, 'tokens.jsonl'),
    auditFolder: join(folder, 'audit'),
  };
}

/** Loaded when it is asked for: a server that is told all by its options starts sooner. */
async function configuredUri(context: CommandContext): Promise<string> {
  const { loadSettings } = await import('../load-settings.ts');
  const { config } = await loadSettings(context);
  return config.mlflow.tracking_uri;
}

/** The folder of an embedded registry. */
function folderOf(registryUri: string): string | undefined {
  const path = /^sqlite:\/\/\/(.+)$/i.exec(registryUri)?.[1];
  return path === undefined ? undefined : dirname(path);
}
