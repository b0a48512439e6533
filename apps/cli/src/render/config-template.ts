import type { JsonObject, JsonValue } from '@gnu-mlops/core';
import { stringify } from 'yaml';

const width = 100;

/**
 * A commented configuration file: every section and key of the schema with its description, with
 * the given value or the default. A key that has neither is commented out.
 *
 * @param schema JSON Schema of the configuration, descriptions and defaults included.
 * @param values section to key to value, over the defaults.
 */
export function formatConfigTemplate(schema: JsonObject, values: JsonObject): string {
  const sections = Object.entries(schema['properties'] as Record<string, JsonObject>).map(
    ([name, section]) =>
      `${comment(section['description'], '')}${name}:\n${keys(section, values[name] as JsonObject)}`,
  );
  return `# yaml-language-server: $schema=./config.schema.json\n\n${sections.join('\n')}`;
}

function keys(section: JsonObject, values: JsonObject = {}): string {
  return Object.entries(section['properties'] as Record<string, JsonObject>)
    .map(([key, schema]) => {
      const value = values[key] ?? defaultOf(schema);
      const text =
        value === undefined
          ? `  # ${key}:\n`
          : indent(stringify({ [key]: value }, { lineWidth: 0 }));
      return `${comment(schema['description'], '  ')}${text}`;
    })
    .join('');
}

/** A schema's default; for an object without a useful one, that of its keys. */
function defaultOf(schema: JsonObject): JsonValue | undefined {
  const value = schema['default'];
  const isFilled = value !== undefined && JSON.stringify(value) !== '{}';
  if (isFilled || schema['properties'] === undefined) return value;
  const entries = Object.entries(schema['properties'] as Record<string, JsonObject>)
    .map(([key, property]) => [key, defaultOf(property)] as const)
    .filter(([, entry]) => entry !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as JsonObject);
}

function comment(description: JsonValue | undefined, margin: string): string {
  if (typeof description !== 'string') return '';
  const lines = [`${margin}#`];
  for (const word of description.split(/\s+/)) {
    const last = lines.at(-1)!;
    if (last.length + word.length + 1 > width) lines.push(`${margin}# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return `${lines.join('\n')}\n`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
