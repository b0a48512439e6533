import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { ConfigFileNotFoundError, ConfigFileUnreadableError } from './config-errors.ts';
import { type Environment, joinEnvironment } from './environment.ts';
import { parseYaml } from './parse-yaml.ts';
import { type ResolvedConfig, resolveConfig } from './resolve-config.ts';

/** Where {@link loadConfig} looks. */
export interface ConfigLocation {
  /** Default: `configs/config.yaml`, if it is there. A path that is given must be there. */
  readonly path?: string;
  /** Default: `.local` before the extension of `path`, if it is there. */
  readonly localPath?: string;
  /** Default: `.env`, if it is there. */
  readonly envPath?: string;
  /** The folder that paths are relative to; default: the process's working directory. */
  readonly cwd?: string;
  /** Such as `process.env`. */
  readonly env: Environment;
}

/** A configuration, where each value comes from, and the files that were read. */
export interface LoadedConfig extends ResolvedConfig {
  /** In rising precedence; empty where only defaults and the environment speak. */
  readonly files: readonly string[];
}

/**
 * Load the configuration. Rising precedence: defaults, `config.yaml`, `config.local.yaml` (merged
 * over it at every depth), `.env`, the environment.
 *
 * @throws {ConfigFileNotFoundError} when a path that was given is not there.
 * @throws {ConfigError} the first problem in the files or the environment; its `others` holds the
 *   rest.
 */
export async function loadConfig(location: ConfigLocation): Promise<LoadedConfig> {
  const path = location.path ?? 'configs/config.yaml';
  const localPath = location.localPath ?? besideAs(path, '.local');
  const envPath = location.envPath ?? '.env';
  const folder = location.cwd ?? '.';
  const texts = await Promise.all([
    readText(folder, path, location.path === undefined ? 'optional' : 'required'),
    readText(folder, localPath, location.localPath === undefined ? 'optional' : 'required'),
  ]);
  const dotenv = await readText(
    folder,
    envPath,
    location.envPath === undefined ? 'optional' : 'required',
  );
  const written = [path, localPath].flatMap((file, i) =>
    texts[i] === undefined ? [] : [{ file, text: texts[i] }],
  );
  const environment = joinEnvironment(
    location.env,
    dotenv === undefined ? undefined : { text: dotenv, file: envPath },
  );
  const resolved = resolveConfig(
    written.map(({ file, text }) => parseYaml(text, file)),
    environment,
  );
  const files = [...written.map(({ file }) => file), ...(dotenv === undefined ? [] : [envPath])];
  return { ...resolved, files };
}

function besideAs(path: string, suffix: string): string {
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}${suffix}${extension}`;
}

async function readText(
  folder: string,
  file: string,
  presence: 'optional' | 'required',
): Promise<string | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolve(folder, file));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      const reason = code === 'EISDIR' ? 'it is a folder' : (code ?? 'unknown reason');
      throw new ConfigFileUnreadableError(file, reason, { cause: error });
    }
    if (presence === 'optional') return undefined;
    throw new ConfigFileNotFoundError(file);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConfigFileUnreadableError(file, 'it is not UTF-8', { cause });
  }
}
