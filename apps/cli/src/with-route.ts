import { existsSync } from 'node:fs';
import { absoluteRegistryUri, openConfiguredRegistry } from '@gnu-mlops/app-runtime';
import type { Config } from '@gnu-mlops/core/config';
import type { Registry } from '@gnu-mlops/registry-client';
import type { CopyRoute } from '@gnu-mlops/registry-client/transfer';
import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { CopyEndsMissingError, RegistryMissingError } from './errors.ts';
import { loadSettings } from './load-settings.ts';
import { registryEnd } from './registry-end.ts';

/** The ends of a copy; one that is not named is the configured registry. */
export interface RouteOptions {
  readonly from?: string;
  readonly to?: string;
}

/** Add the options that name the ends of a copy. */
export function routeOptions(command: Command): Command {
  return command
    .option('--from <uri>', 'the registry to copy from (default: the configured one)')
    .option('--to <uri>', 'the registry to copy to (default: the configured one)');
}

/** Said in the help of every copy. */
export const routeHelp = `
A server that --from or --to names is asked with the credentials in its address, or those in
MLFLOW_TRACKING_TOKEN_FROM or _TO (likewise USERNAME and PASSWORD); without the ending they are for
the configured server only.`;

/**
 * Open both registries of a copy for the time of `work`.
 *
 * @throws {CopyEndsMissingError} when neither is named, unless `ends` says that one registry will do.
 * @throws {RegistryMissingError} when there is no file to copy from: none is made for that.
 */
export async function withRoute<Result>(
  context: CommandContext,
  options: RouteOptions & { readonly ends?: 'two' | 'one' },
  work: (route: CopyRoute, config: Config) => Promise<Result>,
): Promise<Result> {
  const { from, to, ends = 'two' } = options;
  if (from === undefined && to === undefined && ends === 'two') throw new CopyEndsMissingError();
  const { config } = await loadSettings(context);
  const source = await openSource(context, config, from);
  try {
    const target = await openEnd(context, config, { uri: to, end: 'to' });
    try {
      return await work({ from: source, to: target }, config);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function openSource(
  context: CommandContext,
  config: Config,
  uri: string | undefined,
): Promise<Registry> {
  const absolute = absoluteRegistryUri(uri ?? config.mlflow.tracking_uri, context.terminal.cwd);
  const path = /^sqlite:\/\/\/(.+)$/i.exec(absolute)?.[1];
  if (path !== undefined && !existsSync(path)) throw new RegistryMissingError(path);
  return openEnd(context, config, { uri, end: 'from' });
}

async function openEnd(
  { terminal }: CommandContext,
  config: Config,
  end: { readonly uri: string | undefined; readonly end: 'from' | 'to' },
): Promise<Registry> {
  const { trackingUri, env } = registryEnd(config.mlflow.tracking_uri, terminal.env, end);
  return openConfiguredRegistry(
    { ...config, mlflow: { ...config.mlflow, tracking_uri: trackingUri } },
    { cwd: terminal.cwd, env, now: terminal.now, userId: terminal.userId },
  );
}
