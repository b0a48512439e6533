import type { Tags } from '../entities.ts';

/** Reads the fields of a JSON object that anybody may have written. Every method throws on another shape. */
export interface JsonFields {
  text(field: string): string;
  /** Undefined where it is missing or null. */
  optionalText(field: string): string | undefined;
  /** A whole number. */
  integer(field: string): number;
  optionalInteger(field: string): number | undefined;
  /** Any number; NaN and infinities are texts. */
  number(field: string): number;
  oneOf<Choice extends string>(field: string, choices: readonly Choice[]): Choice;
  /** An object of texts. */
  tags(field: string): Tags;
  optionalTags(field: string): Tags | undefined;
  texts(field: string): string[];
  list(field: string): JsonFields[];
}

/**
 * Read the fields of a value.
 *
 * @param fail makes the error for a problem, a phrase such as `"name" is no text`.
 */
export function readJsonFields(value: unknown, fail: (problem: string) => Error): JsonFields {
  if (!isObject(value)) throw fail('an object is expected');
  const object = value;

  function expect<T>(field: string, kind: string, isKind: (found: unknown) => found is T): T {
    const found = Object.hasOwn(object, field) ? object[field] : undefined;
    if (isKind(found)) return found;
    throw fail(`"${field}" is no ${kind}`);
  }
  const has = (field: string) => Object.hasOwn(object, field) && object[field] !== null;
  const text = (field: string) => expect(field, 'text', isText);
  const integer = (field: string) => expect(field, 'whole number', isInteger);
  const tags = (field: string) => expect(field, 'object of texts', isTags);
  return {
    text,
    optionalText: (field) => (has(field) ? text(field) : undefined),
    integer,
    optionalInteger: (field) => (has(field) ? integer(field) : undefined),
    number: (field) => Number(expect(field, 'number', isNumber)),
    oneOf<Choice extends string>(field: string, choices: readonly Choice[]): Choice {
      const found = text(field);
      const choice = choices.find((one) => one === found);
      if (choice === undefined) throw fail(`"${field}" is none of ${choices.join(', ')}`);
      return choice;
    },
    tags,
    optionalTags: (field) => (has(field) ? tags(field) : undefined),
    texts: (field) => expect(field, 'list of texts', isTexts),
    list: (field) =>
      expect(field, 'list', isList).map((entry, i) =>
        readJsonFields(entry, (problem) => fail(`entry ${i + 1} of "${field}": ${problem}`)),
      ),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isNumber(value: unknown): value is number | string {
  return typeof value === 'number' || ['NaN', 'Infinity', '-Infinity'].includes(value as string);
}

function isTags(value: unknown): value is Tags {
  return isObject(value) && Object.values(value).every(isText);
}
