import type { JsonValue } from '../json.ts';
import { parseBoolean, parseNumber } from '../parse-cell.ts';
import { MAX_DEPTH } from './max-depth.ts';
import { type SettingNode, allowsNull } from './setting-node.ts';

/**
 * Read the text of an environment variable as the schema wants the setting: numbers and booleans as
 * in a table, lists as JSON or separated by commas, sections as JSON, and `null` where
 * it is a value of its own. A text that does not fit, or nests too deeply, stays a text, for the schema
 * to refuse with its reason.
 */
export function parseSetting(text: string, node: SettingNode | undefined): JsonValue {
  const trimmed = text.trim();
  if (trimmed === 'null' && allowsNull(node)) return null;
  if (node?.anyOf !== undefined || Array.isArray(node?.type)) return parseJson(trimmed) ?? text;
  switch (node?.type) {
    case 'number':
    case 'integer':
      return parseNumber(trimmed) ?? text;
    case 'boolean':
      return parseBoolean(trimmed) ?? text;
    case 'array':
      return parseList(trimmed, node.items);
    case 'object':
      return parseJson(trimmed) ?? text;
    default:
      return text;
  }
}

function parseList(text: string, items: SettingNode | undefined): JsonValue {
  if (text.startsWith('[')) return parseJson(text) ?? text;
  if (items?.type === 'object') return text;
  return text.split(',').map((item) => parseSetting(item.trim(), items));
}

function parseJson(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isShallow(value, MAX_DEPTH) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isShallow(value: JsonValue, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((entry) => isShallow(entry, depth - 1));
}
