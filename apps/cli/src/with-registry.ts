import { openConfiguredRegistry } from '@gnu-mlops/app-runtime';
import type { Config } from '@gnu-mlops/core/config';
import type { Registry } from '@gnu-mlops/registry-client';
import type { CommandContext } from './command-context.ts';
import { loadSettings } from './load-settings.ts';

/** The configuration and the registry that it names. */
export interface Workspace {
  readonly config: Config;
  readonly registry: Registry;
}

/** Load the configuration, open its registry for the time of `work`, and close it again. */
export async function withRegistry<Result>(
  context: CommandContext,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  const { terminal } = context;
  const { config } = await loadSettings(context);
  const registry = await openConfiguredRegistry(config, {
    cwd: terminal.cwd,
    env: terminal.env,
    now: terminal.now,
    userId: terminal.userId,
  });
  try {
    return await work({ config, registry });
  } finally {
    await registry.close();
  }
}
