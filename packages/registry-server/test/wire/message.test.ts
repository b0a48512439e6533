import { expect, it } from 'vitest';
import { list, required, text, whole } from '../../src/wire/field.ts';
import { message, readMessage } from '../../src/wire/message.ts';

const fields = { name: required(text), step: whole };

it('leaves out what was not sent, and ignores what is no field', () => {
  expect(readMessage(fields, { name: 'a', other: 1, step: null })).toEqual({ name: 'a' });
});

it.each([{}, { name: null }, { name: '' }, { name: undefined }])(
  'calls a required field missing in %j',
  (sent) => {
    expect(() => readMessage(fields, sent)).toThrow("Missing value for required parameter 'name'.");
  },
);

it('takes nothing from what objects inherit', () => {
  expect(() => readMessage({ constructor: required(text) }, {})).toThrow('Missing value');
});

it('names fields of items in full', () => {
  const nested = { metrics: list(message({ key: required(text) })) };
  expect(() => readMessage(nested, { metrics: [{ key: 'a' }, {}] })).toThrow(
    "Missing value for required parameter 'metrics[1].key'.",
  );
  expect(() => readMessage(nested, { metrics: ['a'] })).toThrow(
    `Invalid value "a" for parameter 'metrics[0]' supplied: It must be an object.`,
  );
});
