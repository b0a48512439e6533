import { LineCounter, type Node, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { ConfigYamlInvalidError } from './config-errors.ts';
import type { ConfigOrigin } from './config-origin.ts';
import type { LocatedValue } from './located-value.ts';
import { MAX_DEPTH } from './max-depth.ts';

/** Many times any configuration; what takes the parser long is longer. */
const MAX_LENGTH = 262_144;

/**
 * Read a YAML 1.2 mapping, every value with its line and column. An empty text is an empty mapping.
 *
 * Aliases, merge keys, tags, several documents, repeated keys and keys that are not text are
 * refused: a configuration needs none of them, and a few lines of aliases can stand for gigabytes.
 *
 * @param file the name that messages give.
 * @throws {ConfigYamlInvalidError} naming line and column; the message quotes nothing of the text,
 *   which may hold a secret.
 */
export function parseYaml(text: string, file: string): LocatedValue {
  const lines = new LineCounter();
  const at = (offset = 0): ConfigOrigin => {
    const { line, col } = lines.linePos(offset);
    return { kind: 'file', file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (text.length > MAX_LENGTH) throw new ConfigYamlInvalidError(at(), 'it is longer than 256 KiB');
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    resolveKnownTags: false,
  });
  const problem = [...document.errors, ...document.warnings].toSorted(
    (a, b) => a.pos[0] - b.pos[0],
  )[0];
  if (problem !== undefined) {
    throw new ConfigYamlInvalidError(at(problem.pos[0]), reasonOf(problem));
  }

  function locate(node: Node | null, origin: ConfigOrigin, depth: number): LocatedValue {
    if (depth > MAX_DEPTH) throw new ConfigYamlInvalidError(origin, 'it nests too deeply');
    if (node === null) return { origin, content: null };
    if (isAlias(node)) {
      const reason = 'aliases (*name) are not supported; write the value out';
      throw new ConfigYamlInvalidError(at(node.range?.[0]), reason);
    }
    if (isMap<Node, Node | null>(node)) {
      const entries = node.items.map(({ key, value }) => {
        const keyOrigin = at(key.range?.[0]);
        const name = isScalar(key) ? String(key.value) : '';
        return [name, locate(value, keyOrigin, depth + 1)] as const;
      });
      return { origin, content: new Map(entries) };
    }
    if (isSeq<Node>(node)) {
      const items = node.items.map((item) => locate(item, at(item.range?.[0]), depth + 1));
      return { origin, content: items };
    }
    return { origin, content: (isScalar(node) ? node.value : null) as null | string | number };
  }

  const root = locate(document.contents, at(), 0);
  if (root.content === null) return { origin: at(), content: new Map() };
  if (!(root.content instanceof Map)) {
    throw new ConfigYamlInvalidError(at(), 'it must be sections of settings (section: key: value)');
  }
  return root;
}

/** The parser's reason, up to where it may quote the text. */
function reasonOf(problem: { readonly code: string; readonly message: string }): string {
  switch (problem.code) {
    case 'DUPLICATE_KEY':
      return 'this key stands here a second time; keep one of them';
    case 'RESOURCE_EXHAUSTION':
      return 'it nests too deeply';
    case 'TAG_RESOLVE_FAILED':
      return 'tags (!name) are not supported; write the plain value';
    case 'TAB_AS_INDENT':
      return 'a tab cannot indent YAML; use spaces';
    case 'MULTIPLE_DOCS':
      return 'a second document starts here; keep one';
    default: {
      const reason = problem.message.split(/[:"'\n]/, 1)[0]!.trim();
      return `it is not valid YAML (${reason})`;
    }
  }
}
