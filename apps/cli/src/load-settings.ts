import { type LoadedConfig, loadConfig } from '@gnu-mlops/core/config';
import type { CommandContext } from './command-context.ts';

/** The configuration as --config, the files of the working folder and the environment give it. */
export function loadSettings({ settings, terminal }: CommandContext): Promise<LoadedConfig> {
  return loadConfig({
    cwd: terminal.cwd,
    env: terminal.env,
    ...(settings.config === undefined ? {} : { path: settings.config }),
  });
}
