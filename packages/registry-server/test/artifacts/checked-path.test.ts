import { expect, it } from 'vitest';
import { leadsOut } from '../../src/artifacts/checked-path.ts';

it.each([
  '..',
  '../a',
  'a/../b',
  'a\\..\\b',
  '%2e%2e/a',
  '..%2fa',
  '%252e%252e%252fa',
  '%25252e%25252e/a',
  'a%00',
  'a%2500',
  'a\0',
])('sees %j', (path) => {
  expect(leadsOut(path)).toBe(true);
});

it.each(['a', 'a/..../b', '...', 'a..b', '100%', '%zz', 'a%20b', ''])('lets %j pass', (path) => {
  expect(leadsOut(path)).toBe(false);
});
