/** What a service takes at one address. */
export interface RequestShape {
  readonly method: string;
  /** With `{name}` for a part, and `{*name}` for the rest of it. */
  readonly path: string;
  /** Field to type: `string`, `int`, `double`, `bool`, `A|B` for names, a message; `[]` for lists. */
  readonly fields: { readonly [field: string]: string };
  readonly required: readonly string[];
  /** Default: JSON; a GET has a query instead. */
  readonly body?: 'bytes';
}

/** Messages by name: field to type. */
export type MessageShapes = { readonly [message: string]: { readonly [field: string]: string } };

/** An address that a request matches, and the parts of it that have a name. */
export interface MatchedShape {
  readonly shape: RequestShape;
  readonly parts: { readonly [name: string]: string };
}

/** The shape of what is asked for; the most literal one where several match. */
export function matchShape(
  shapes: readonly RequestShape[],
  method: string,
  path: string,
): MatchedShape | undefined {
  const matches = shapes
    .filter((shape) => shape.method === method)
    .flatMap((shape) => {
      const match = patternOf(shape.path).exec(path);
      if (match === null) return [];
      const parts = Object.entries(match.groups ?? {}).map(
        ([name, value]) => [name, decodeURIComponent(value)] as const,
      );
      return [{ shape, parts: Object.fromEntries(parts) }];
    });
  return matches.sort((a, b) => Object.keys(a.parts).length - Object.keys(b.parts).length)[0];
}

function patternOf(path: string): RegExp {
  const source = path
    .replace(/[.:*]/g, '\\$&')
    .replace(/\{\\\*(\w+)\}/g, '(?<$1>.+)')
    .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}$`);
}

/** Why fields are not what a shape says; undefined where they are. */
export function problemOfFields(
  { fields, required }: Pick<RequestShape, 'fields' | 'required'>,
  given: { readonly [field: string]: unknown },
  messages: MessageShapes,
): string | undefined {
  for (const name of required) {
    if (given[name] === undefined || given[name] === '')
      return `required field "${name}" is missing`;
  }
  for (const [name, value] of Object.entries(given)) {
    const type = fields[name];
    if (type === undefined) return `there is no field "${name}"`;
    const problem = problemOfValue(type, value, messages);
    if (problem !== undefined) return `field "${name}" ${problem}`;
  }
  return undefined;
}

function problemOfValue(type: string, value: unknown, messages: MessageShapes): string | undefined {
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return 'is no list';
    const problems = value.map((one) => problemOfValue(type.slice(0, -2), one, messages));
    return problems.find((problem) => problem !== undefined);
  }
  if (type === 'string') return typeof value === 'string' ? undefined : 'is no text';
  if (type === 'bool') return typeof value === 'boolean' ? undefined : 'is no boolean';
  if (type === 'int') return Number.isSafeInteger(value) ? undefined : 'is no whole number';
  if (type === 'double') {
    const isName = ['NaN', 'Infinity', '-Infinity'].includes(String(value));
    return typeof value === 'number' || isName ? undefined : 'is no number';
  }
  const message = messages[type];
  if (message === undefined) {
    return type.split('|').includes(String(value)) ? undefined : `is none of ${type}`;
  }
  if (typeof value !== 'object' || value === null) return `is no ${type}`;
  const fields = { fields: message, required: [] };
  return problemOfFields(fields, value as { readonly [field: string]: unknown }, messages);
}

/** The fields of a query, in the types of a shape. */
export function readQuery(
  { fields }: RequestShape,
  query: URLSearchParams,
): { readonly [field: string]: unknown } {
  const given: { [field: string]: unknown } = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    const type = fields[name] ?? 'string';
    const read = (text: string) => {
      if (type.startsWith('int')) return /^-?\d+$/.test(text) ? Number(text) : text;
      if (type.startsWith('bool')) return text === 'true' ? true : text === 'false' ? false : text;
      return text;
    };
    given[name] = type.endsWith('[]') ? values.map(read) : read(values[0]!);
  }
  return given;
}
