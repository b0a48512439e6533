import type { JsonValue } from '../json.ts';
import { parseBoolean, parseNumber } from '../parse-cell.ts';
import type { SettingNode } from './setting-node.ts';

/**
 * Read the text of an environment variable as the schema wants the setting: numbers and booleans as
 * in a table, lists as JSON or separated by commas, sections as JSON. A text that does not fit stays
 * a text, for the schema to refuse with its reason.
 */
export function parseSetting(text: string, node: SettingNode | undefined): JsonValue {
  const trimmed = text.trim();
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
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
