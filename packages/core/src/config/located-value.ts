import type { JsonValue } from '../json.ts';
import type { ConfigOrigin } from './config-origin.ts';
import type { SettingPath } from './setting-path.ts';

/** A value that remembers, at every depth, where it was written. */
export interface LocatedValue {
  readonly origin: ConfigOrigin;
  readonly content: LocatedContent;
}

/** A scalar, a list, or settings by name. */
export type LocatedContent =
  null | boolean | number | string | readonly LocatedValue[] | ReadonlyMap<string, LocatedValue>;

/** Whether a content is settings by name. */
export function isLocatedMap(
  content: LocatedContent | undefined,
): content is ReadonlyMap<string, LocatedValue> {
  return content instanceof Map;
}

/** Whether a content is a list. */
export function isLocatedList(
  content: LocatedContent | undefined,
): content is readonly LocatedValue[] {
  return Array.isArray(content);
}

/** A plain value, all of it of one origin. */
export function locateValue(value: JsonValue, origin: ConfigOrigin): LocatedValue {
  if (typeof value !== 'object' || value === null) return { origin, content: value };
  if (Array.isArray(value)) {
    return { origin, content: value.map((item: JsonValue) => locateValue(item, origin)) };
  }
  const entries = Object.entries(value).map(
    ([key, entry]) => [key, locateValue(entry, origin)] as const,
  );
  return { origin, content: new Map(entries) };
}

/** The value without its origins. */
export function plainValue({ content }: LocatedValue): JsonValue {
  if (isLocatedList(content)) return content.map(plainValue);
  if (!isLocatedMap(content)) return content;
  return Object.fromEntries(Array.from(content, ([key, entry]) => [key, plainValue(entry)]));
}

/** `over` on top of `base`: settings by name are merged at every depth, all else is replaced. */
export function mergeLocated(base: LocatedValue, over: LocatedValue): LocatedValue {
  if (!isLocatedMap(base.content) || !isLocatedMap(over.content)) return over;
  const merged = new Map(base.content);
  for (const [key, entry] of over.content) {
    const below = merged.get(key);
    merged.set(key, below === undefined ? entry : mergeLocated(below, entry));
  }
  return { origin: base.origin, content: merged };
}

/** `value` under settings by name, one for each step of `path`. */
export function nestLocated(path: readonly string[], value: LocatedValue): LocatedValue {
  return path.reduceRight<LocatedValue>(
    (inner, key) => ({ origin: value.origin, content: new Map([[key, inner]]) }),
    value,
  );
}

/** What is at `path`; undefined where nothing is. */
export function locatedAt(root: LocatedValue, path: SettingPath): LocatedValue | undefined {
  let current: LocatedValue | undefined = root;
  for (const step of path) {
    const content: LocatedContent | undefined = current?.content;
    if (isLocatedMap(content)) current = content.get(String(step));
    else current = isLocatedList(content) ? content[Number(step)] : undefined;
  }
  return current;
}

/** Where `path` was written, or the nearest setting around it that was. */
export function originAt(root: LocatedValue, path: SettingPath): ConfigOrigin {
  for (let length = path.length; length > 0; length--) {
    const found = locatedAt(root, path.slice(0, length));
    if (found !== undefined) return found.origin;
  }
  return root.origin;
}
