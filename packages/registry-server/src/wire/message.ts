import { RequestInvalidError } from '../errors.ts';
import type { Field, RequiredField } from './field.ts';

/** The parameters of a request by name. */
export type Fields = { readonly [name: string]: Field<unknown> };

type RequiredNames<F extends Fields> = {
  [K in keyof F]: F[K] extends RequiredField<unknown> ? K : never;
}[keyof F];

type ValueOf<F> = F extends Field<infer T> ? T : never;

/** What reading a message of these fields gives. Those that were not sent are not there. */
export type Message<F extends Fields> = {
  readonly [K in RequiredNames<F>]: ValueOf<F[K]>;
} & {
  readonly [K in Exclude<keyof F, RequiredNames<F>>]?: ValueOf<F[K]>;
};

/**
 * Read the parameters of a request. Others than the fields are ignored, as in MLflow.
 *
 * @param prefix of the names in messages, such as `metrics[0].`.
 * @throws {RequestInvalidError}
 */
export function readMessage<F extends Fields>(
  fields: F,
  values: { readonly [name: string]: unknown },
  prefix = '',
): Message<F> {
  const message: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (isMissing(field, value)) throw RequestInvalidError.missing(prefix + name);
    if (value !== undefined && value !== null) message[name] = field.read(value, prefix + name);
  }
  return message as Message<F>;
}

/** A field that is a message itself. */
export function message<F extends Fields>(fields: F): Field<Message<F>> {
  return {
    isList: false,
    read: (value, name) => {
      if (isRecord(value)) return readMessage(fields, value, `${name}.`);
      throw RequestInvalidError.value(name, value, 'It must be an object.');
    },
  };
}

/** Whether a JSON value is an object: neither a list nor null. */
export function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMissing(field: Field<unknown>, value: unknown): boolean {
  return 'isRequired' in field && (value === undefined || value === null || value === '');
}
