import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SettingUnsupportedError } from './errors.ts';
import type { Environment } from './registry-environment.ts';

/** What a profile says, by key in small letters: `host`, `token`, `client_id`, ... */
export type DatabricksProfile = { readonly [key: string]: string };

const SETTINGS = '__settings__';

/**
 * Read a profile of `.databrickscfg`, the file that Databricks' own tools write: the one named, else
 * the default that the file sets, else `DEFAULT`. A profile takes nothing from `DEFAULT`, as in
 * Databricks' SDKs.
 *
 * @returns undefined where nothing was named and there is no file or no default profile.
 * @throws {SettingUnsupportedError} when a named profile is not there, or the file cannot be read.
 */
export async function readDatabricksProfile(
  name: string | undefined,
  env: Environment,
): Promise<DatabricksProfile | undefined> {
  const path = configFile(env);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isAbsent && name === undefined) return undefined;
    const wish = name === undefined ? 'is read for a host and credentials' : `has no "${name}"`;
    throw new SettingUnsupportedError(path, `${wish}: it is no file that can be read.`);
  }
  const profiles = parseIni(text);
  const chosen = name ?? profiles.get(SETTINGS)?.['default_profile'];
  const profile = profiles.get(chosen ?? 'DEFAULT');
  if (chosen !== undefined && (profile === undefined || chosen === SETTINGS)) {
    const known = [...profiles.keys()].filter((key) => key !== SETTINGS).join(', ');
    throw new SettingUnsupportedError(
      path,
      `has no profile "${chosen}". Its profiles are: ${known === '' ? 'none' : known}.`,
    );
  }
  return profile;
}

function configFile(env: Environment): string {
  const home = env['HOME'] || env['USERPROFILE'] || homedir();
  const given = env['DATABRICKS_CONFIG_FILE'] || '~/.databrickscfg';
  return /^~[/\\]/.test(given) ? join(home, given.slice(2)) : given;
}

/** Sections of an INI file as Python's configparser reads them; what is no `key = value` is skipped. */
function parseIni(text: string): Map<string, Record<string, string>> {
  const sections = new Map<string, Record<string, string>>();
  let section: Record<string, string> | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const name = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (name !== undefined) {
      section = sections.get(name) ?? {};
      sections.set(name, section);
      continue;
    }
    const [, key, value] = /^\s*([^#;=:\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (section !== undefined && key !== undefined) section[key.toLowerCase()] = value!;
  }
  return sections;
}
