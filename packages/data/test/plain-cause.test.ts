import { expect, test } from 'vitest';
import { plainCause } from '../src/plain-cause.ts';
import { deepText } from './deep-text.ts';

test('keeps name, words, stack, codes and ids of requests, and nothing else at any depth', () => {
  const inner = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', token: 'hush' });
  const thrown = Object.assign(new TypeError('fetch failed', { cause: inner }), {
    statusCode: 400,
    $metadata: { httpStatusCode: 503, requestId: 'R1', extendedRequestId: 'X2', attempts: 3 },
    $response: { headers: { authorization: 'hush' } },
  });
  Object.defineProperty(thrown, 'request', { value: { token: 'hush' } });
  const cause = plainCause(thrown);
  expect(cause).toMatchObject({
    name: 'TypeError',
    message: 'fetch failed',
    status: 503,
    requestId: 'R1',
    extendedRequestId: 'X2',
    cause: { message: 'read ECONNRESET', code: 'ECONNRESET' },
  });
  expect(cause).toBeInstanceOf(Error);
  expect(cause.stack).toBe(thrown.stack);
  expect(deepText(cause)).not.toMatch(/hush|attempts/);
});

test('keeps each of several failures', () => {
  const refused = (address: string) =>
    Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: 'ECONNREFUSED' });
  const thrown = new AggregateError([refused('::1'), refused('127.0.0.1')]);
  expect(plainCause(thrown)).toMatchObject({
    name: 'AggregateError',
    errors: [
      { message: 'connect ECONNREFUSED ::1' },
      { message: 'connect ECONNREFUSED 127.0.0.1' },
    ],
  });
});

test('cleans words as messages are cleaned, in the stack as well', () => {
  const thrown = new Error('no \u001b[2J https://s.example/a?sig=hush\n    at second (line)');
  const cause = plainCause(thrown);
  expect(cause.message).toBe('no  [2J https://s.example/a');
  expect(cause.stack).toMatch(/^Error: no {2}\[2J https:\/\/s\.example\/a\n {4}at .*plain-cause/);
  expect(cause.stack).not.toMatch(/hush|second/);
});

test.each([
  ['a text', 'a text'],
  [undefined, ''],
  [{ message: 'no Error', errorMessage: 'hush' }, 'no Error'],
])('makes an error of %j', (thrown, message) => {
  const cause = plainCause(thrown);
  expect(cause).toBeInstanceOf(Error);
  expect(cause.message).toBe(message);
  expect(deepText(cause)).not.toMatch(/hush/);
});

test('ends where causes go round in a circle', () => {
  const thrown = new Error('round');
  thrown.cause = thrown;
  expect(deepText(plainCause(thrown)).match(/Error: round/g)!.length).toBeLessThan(20);
});
