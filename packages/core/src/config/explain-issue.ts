import type { z } from 'zod';
import { nearestName } from '../nearest-name.ts';
import {
  type ConfigError,
  ConfigInvalidValueError,
  ConfigUnknownKeyError,
} from './config-errors.ts';
import { describeExpected, describeFound } from './describe-value.ts';
import { type LocatedValue, locatedAt, originAt, plainValue } from './located-value.ts';
import { type SettingNode, settingAt } from './setting-node.ts';
import { type SettingPath, formatSettingPath } from './setting-path.ts';

/** An issue of the schema in our words: where it was written, what was found, what is expected. */
export function explainIssue(
  issue: z.core.$ZodIssue,
  { located, schema }: { located: LocatedValue; schema: SettingNode },
): ConfigError[] {
  const path = issue.path as SettingPath;
  const node = settingAt(schema, path);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(node?.properties ?? {});
    return issue.keys.map((key) => {
      const full = [...path, key];
      return new ConfigUnknownKeyError(full, originAt(located, full), hintAt(key, path, known));
    });
  }
  const value = locatedAt(located, path);
  const found = value === undefined ? undefined : plainValue(value);
  const isSaidByIssue =
    issue.code === 'custom' || (issue.code === 'invalid_format' && issue.format === 'regex');
  return [
    new ConfigInvalidValueError(path, originAt(located, path), {
      found: describeFound(found, node),
      expected: isSaidByIssue ? issue.message : describeExpected(node, found),
    }),
  ];
}

function hintAt(key: string, path: SettingPath, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  return `The keys of ${formatSettingPath(path)} are ${known.join(', ')}.`;
}
