import { ModelFileCorruptError } from '../errors.ts';

/** Deeper than any model file nests, and shallow enough for every function that recurses. */
const MAX_DEPTH = 64;

/**
 * `JSON.parse` for text of unknown origin: refuses an object with one name twice, of which
 * `JSON.parse` would silently keep the last, and nesting beyond 64 levels.
 *
 * @param where names the text in the error.
 * @throws {ModelFileCorruptError}
 */
export function parseStrictJson(text: string, where: string): unknown {
  checkStructure(text, where);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ModelFileCorruptError(where, `is no JSON (${(error as Error).message})`, {
      cause: error,
    });
  }
}

/** One pass that knows only strings, colons and brackets; the rest is left to `JSON.parse`. */
function checkStructure(text: string, where: string): void {
  const openNames: Set<string>[] = [];
  let lastString = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      lastString = text.slice(at + 1, end);
      at = end;
    } else if (character === ':') {
      addName(openNames.at(-1), lastString, where);
    } else if (character === '{' || character === '[') {
      openNames.push(new Set());
      if (openNames.length > MAX_DEPTH) {
        throw new ModelFileCorruptError(where, `nests deeper than ${MAX_DEPTH} levels`);
      }
    } else if (character === '}' || character === ']') {
      openNames.pop();
    }
  }
}

/** The index of the closing quote, or of the text's end. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function addName(names: Set<string> | undefined, content: string, where: string): void {
  const name = decodeName(content);
  if (names?.has(name)) {
    throw new ModelFileCorruptError(where, `has the name ${quote(name)} twice in one object`);
  }
  names?.add(name);
}

/** Escapes spelt differently can still be one name. Broken ones are left to JSON.parse. */
function decodeName(content: string): string {
  if (!content.includes('\\')) return content;
  try {
    return JSON.parse(`"${content}"`) as string;
  } catch {
    return content;
  }
}

function quote(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 57)}...` : name);
}
