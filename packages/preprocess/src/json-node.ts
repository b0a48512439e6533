import { nearestName } from '@gnu-mlops/core';

/** A place in a JSON document of unknown origin, on its way to becoming a typed value. */
export interface JsonNode {
  readonly value: unknown;
  /** From the root, such as `steps[1].columns`. */
  readonly path: string;
  /** Makes the error to throw when the document breaks its format. */
  readonly invalid: (path: string, problem: string) => Error;
  /** How the document spells the name of a field; left out: as it is. */
  readonly spell?: (name: string) => string;
}

/** The name of a field as the document of a node spells it. */
export function spelled({ spell }: JsonNode, name: string): string {
  return spell === undefined ? name : spell(name);
}

/** The same node, whose fields have the names that somebody chose for them. */
export function withOwnNames({ value, path, invalid }: JsonNode): JsonNode {
  return { value, path, invalid };
}

/** The error that says what is wrong at a node. */
export function problemAt(node: JsonNode, problem: string): Error {
  return node.invalid(node.path, problem);
}

/** Refuse everything but a plain object. */
export function checkObject(node: JsonNode): void {
  const { value } = node;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw problemAt(node, 'it must be an object.');
  }
}

/** Refuse everything but a plain object with no other than the known fields. */
export function checkFields(node: JsonNode, known: readonly string[]): void {
  checkObject(node);
  const names = known.map((name) => spelled(node, name));
  for (const name of Object.keys(node.value as object)) {
    if (names.includes(name)) continue;
    const nearest = nearestName(name, names);
    const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
    throw problemAt(node, `there is no field "${name}".${hint}`);
  }
}

/** An object's own field, undefined where it has none. The node must be an object. */
export function optionalField(node: JsonNode, name: string): JsonNode | undefined {
  const object = node.value;
  const key = spelled(node, name);
  if (typeof object !== 'object' || object === null) throw problemAt(node, 'it must be an object.');
  if (!Object.hasOwn(object, key)) return undefined;
  const value: unknown = (object as Record<string, unknown>)[key];
  if (value === undefined) return undefined;
  return { ...node, value, path: node.path === '' ? key : `${node.path}.${key}` };
}

/** An object's own field. */
export function field(node: JsonNode, name: string): JsonNode {
  const found = optionalField(node, name);
  if (found === undefined) throw problemAt(node, `the field "${spelled(node, name)}" is missing.`);
  return found;
}

/** Every entry of an array. */
export function itemsOf(node: JsonNode): JsonNode[] {
  if (!Array.isArray(node.value)) throw problemAt(node, 'it must be an array.');
  return Array.from(node.value, (value: unknown, i) => ({
    ...node,
    value,
    path: `${node.path}[${i}]`,
  }));
}

/** A string. */
export function readText(node: JsonNode): string {
  if (typeof node.value !== 'string') throw problemAt(node, 'it must be a text.');
  return node.value;
}

/** A finite number. */
export function readNumber(node: JsonNode): number {
  if (typeof node.value !== 'number' || !Number.isFinite(node.value)) {
    throw problemAt(node, 'it must be a finite number.');
  }
  return node.value;
}

/** A whole number of at least `minimum`. */
export function readWholeNumber(node: JsonNode, minimum: number): number {
  const value = readNumber(node);
  if (!Number.isSafeInteger(value) || value < minimum) {
    throw problemAt(node, `it must be a whole number of at least ${minimum}.`);
  }
  return value;
}

/** true or false. */
export function readFlag(node: JsonNode): boolean {
  if (typeof node.value !== 'boolean') throw problemAt(node, 'it must be true or false.');
  return node.value;
}

/** One out of a set of words. */
export function readChoice<Word extends string>(node: JsonNode, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === node.value);
  if (word !== undefined) return word;
  const nearest = typeof node.value === 'string' ? nearestName(node.value, words) : undefined;
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  throw problemAt(node, `it must be one of ${words.join(', ')}.${hint}`);
}

/** Texts that differ from each other. */
export function readNames(node: JsonNode): string[] {
  const names = itemsOf(node).map(readText);
  checkDistinct(node, names);
  return names;
}

/** Refuse a list in which something stands twice. */
export function checkDistinct(node: JsonNode, values: readonly (string | number)[]): void {
  const seen = new Set<string | number>();
  for (const value of values) {
    if (seen.has(value)) throw problemAt(node, `${JSON.stringify(value)} stands in it twice.`);
    seen.add(value);
  }
}
