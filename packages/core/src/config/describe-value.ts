import type { JsonValue } from '../json.ts';
import { nearestName } from '../nearest-name.ts';
import { redactText } from './redact-text.ts';
import type { SettingNode } from './setting-node.ts';

/** What was found, in a few words: short texts are quoted, a secret is not. */
export function describeFound(value: JsonValue | undefined, node: SettingNode | undefined): string {
  if (value === undefined || value === null) return 'missing';
  if (node?.writeOnly) return 'a value that is not shown';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a section';
  if (typeof value !== 'string') return String(value);
  const text = redactText(value);
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** What the schema expects, in a few words; the nearest of a set of words where one is near. */
export function describeExpected(node: SettingNode | undefined, found?: JsonValue): string {
  if (node === undefined) return 'nothing';
  if (node.enum !== undefined) {
    const nearest = typeof found === 'string' ? nearestName(found, node.enum) : undefined;
    const hint = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
    return `${joinWords(node.enum.map((word) => `"${word}"`))}${hint}`;
  }
  return joinWords([...new Set(alternativesOf(node).map(describeType))]);
}

/** One node for every type that is allowed. */
function alternativesOf(node: SettingNode): readonly SettingNode[] {
  if (node.anyOf !== undefined) return node.anyOf.flatMap(alternativesOf);
  return [node.type ?? []].flat().map((type) => ({ ...node, type }));
}

function describeType(node: SettingNode): string {
  switch (node.type) {
    case 'integer':
      return `a whole number${describeBounds(node)}`;
    case 'number':
      return `a number${describeBounds(node)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list${(node.minItems ?? 0) > 0 ? ' that is not empty' : ''}`;
    case 'object':
      return node.properties === undefined
        ? 'settings (name: value)'
        : `a section with ${Object.keys(node.properties).join(', ')}`;
    case 'null':
      return 'null';
    default:
      if (node.format === 'email') return 'an e-mail address';
      if (node.format === 'uri') return 'a URL that begins with http:// or https://';
      return `a text${(node.minLength ?? 0) > 0 ? ' that is not empty' : ''}`;
  }
}

/** Zod bounds every whole number by what a double can hold; that goes without saying. */
function describeBounds({ minimum, maximum, ...node }: SettingNode): string {
  const bounds = [
    minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? `at least ${minimum}` : '',
    node.exclusiveMinimum !== undefined ? `more than ${node.exclusiveMinimum}` : '',
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? `at most ${maximum}` : '',
    node.exclusiveMaximum !== undefined ? `less than ${node.exclusiveMaximum}` : '',
  ].filter((bound) => bound !== '');
  return bounds.length === 0 ? '' : ` of ${bounds.join(' and ')}`;
}

function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
