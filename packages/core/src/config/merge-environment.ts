import { type ConfigError, ConfigUnknownVariableError } from './config-errors.ts';
import type { EnvironmentText, EnvironmentTexts } from './environment.ts';
import { SHARED_VARIABLES, VARIABLE_PREFIX, settingOfVariable } from './environment-variables.ts';
import {
  type LocatedValue,
  isLocatedMap,
  locateValue,
  locatedAt,
  mergeLocated,
  nestLocated,
} from './located-value.ts';
import { parseSetting } from './parse-setting.ts';
import { type SettingNode, settingAt } from './setting-node.ts';

/**
 * Lay the environment over the settings of the files: first the variables that other tools share,
 * then the general `GNU_MLOPS_...` ones, which win.
 *
 * @returns the settings, and a problem for every general variable that names no setting.
 */
export function mergeEnvironment(
  files: LocatedValue,
  { environment, schema }: { environment: EnvironmentTexts; schema: SettingNode },
): { readonly merged: LocatedValue; readonly problems: readonly ConfigError[] } {
  let merged = files;
  const problems: ConfigError[] = [];
  function set(path: readonly string[], { text, origin }: EnvironmentText): void {
    const known = matchCase(path, merged);
    const value = locateValue(parseSetting(text, settingAt(schema, known)), origin);
    merged = replaceLocated(merged, known, value);
  }
  for (const [variable, path] of SHARED_VARIABLES) {
    const entry = environment.get(variable);
    if (entry !== undefined) set(path, entry);
  }
  for (const [variable, entry] of [...environment].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (!variable.startsWith(VARIABLE_PREFIX)) continue;
    const setting = settingOfVariable(variable, schema);
    if (setting === undefined) continue;
    if ('path' in setting) set(setting.path, entry);
    else problems.push(new ConfigUnknownVariableError(entry.origin, setting.hint));
  }
  return { merged, problems };
}

/** A variable's name is upper case throughout, so a key that is already there gives its own case. */
function matchCase(path: readonly string[], root: LocatedValue): readonly string[] {
  const parent = locatedAt(root, path.slice(0, -1))?.content;
  const last = path.at(-1)!;
  if (!isLocatedMap(parent) || parent.has(last)) return path;
  const found = [...parent.keys()].find((key) => key.toLowerCase() === last);
  return found === undefined ? path : [...path.slice(0, -1), found];
}

/** Whole, also where it is settings by name: `GNU_MLOPS_MODEL_HYPERPARAMETERS={}` empties them. */
function replaceLocated(
  root: LocatedValue,
  path: readonly string[],
  value: LocatedValue,
): LocatedValue {
  const cleared = nestLocated(path, { origin: value.origin, content: null });
  return mergeLocated(mergeLocated(root, cleared), nestLocated(path, value));
}
