import { SignatureMissingError } from './databricks-errors.ts';

/**
 * Check that an MLmodel file promises inputs and outputs, as Unity Catalog demands of every model.
 *
 * @param text of the file: YAML as MLflow writes it, or JSON.
 * @throws {SignatureMissingError} naming what is missing.
 */
export function checkModelSignature(text: string, source: string): void {
  const signature = text.trimStart().startsWith('{') ? fromJson(text) : fromYaml(text);
  for (const part of ['inputs', 'outputs'] as const) {
    if (!signature.has(part)) throw new SignatureMissingError(source, part);
  }
}

function fromJson(text: string): ReadonlySet<string> {
  try {
    const { signature } = JSON.parse(text) as { readonly signature?: object | null };
    const entries = Object.entries(signature ?? {});
    return new Set(
      entries.filter(([, value]) => value !== null && value !== '').map(([key]) => key),
    );
  } catch {
    // Braces of YAML rather than JSON.
    return new Set();
  }
}

/** The keys right below `signature:` that have a value. */
function fromYaml(text: string): ReadonlySet<string> {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => /^signature:\s*(#.*)?$/.test(line));
  const keys = new Set<string>();
  if (start < 0) return keys;
  for (const line of lines.slice(start + 1)) {
    if (/^\S/.test(line)) break;
    const [, key, value] = /^\s+["']?(\w+)["']?:\s*(.*)$/.exec(line) ?? [];
    if (key !== undefined && !/^(|~|null|''|"")$/i.test(value!.trim())) keys.add(key);
  }
  return keys;
}
