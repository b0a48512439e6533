import { type ServerPlace, loadServerConfig, serverPlace } from '@gnu-mlops/app-runtime/server';
import { Option } from 'commander';
import type { CommandContext } from '../command-context.ts';

/** The options of every command about a server. */
export interface PlaceOptions {
  readonly registry?: string;
  readonly state?: string;
}

export const registryOption = new Option(
  '-r, --registry <uri>',
  'the registry (default: server.registry, or mlflow.tracking_uri)',
);

export const stateOption = new Option(
  '--state <folder>',
  'where tokens and audit log are kept (default: gnu-mlops-server beside the database)',
);

/** What the options and the configuration say. */
export async function findServerPlace(
  { terminal: { cwd, env }, settings: { config: path } }: CommandContext,
  options: PlaceOptions,
): Promise<ServerPlace> {
  const { server, mlflow } = await loadServerConfig({ cwd, env, path });
  const registry = options.registry ?? server.registry ?? mlflow.tracking_uri;
  return serverPlace({ registry, state: options.state ?? server.state, cwd });
}
