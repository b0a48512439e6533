import { ConfigVariableNotSetError } from './config-errors.ts';
import type { EnvironmentTexts } from './environment.ts';
import { type LocatedValue, isLocatedList, isLocatedMap, locateValue } from './located-value.ts';
import { parseSetting } from './parse-setting.ts';
import { type SettingNode, settingAt } from './setting-node.ts';
import type { SettingPath } from './setting-path.ts';

const references = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Put the environment's values in place of `${VARIABLE}` in every text; the outcome is read as the
 * schema wants the setting.
 *
 * @throws {ConfigVariableNotSetError} naming the variable and the setting.
 */
export function resolveReferences(
  root: LocatedValue,
  { environment, schema }: { environment: EnvironmentTexts; schema: SettingNode },
): LocatedValue {
  function resolve(value: LocatedValue, path: SettingPath): LocatedValue {
    const { content, origin } = value;
    if (isLocatedMap(content)) {
      const entries = Array.from(
        content,
        ([key, entry]) => [key, resolve(entry, [...path, key])] as const,
      );
      return { origin, content: new Map(entries) };
    }
    if (isLocatedList(content)) {
      return { origin, content: content.map((item, index) => resolve(item, [...path, index])) };
    }
    if (typeof content !== 'string' || content.search(references) < 0) return value;
    const text = content.replace(references, (_, variable: string) => {
      const set = environment.get(variable);
      if (set === undefined) throw new ConfigVariableNotSetError(path, origin, variable);
      return set.text;
    });
    return locateValue(parseSetting(text, settingAt(schema, path)), origin);
  }
  return resolve(root, []);
}
