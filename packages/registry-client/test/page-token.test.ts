import { expect, it } from 'vitest';
import { formatPageToken, parsePageToken } from '../src/page-token.ts';

it('reads back what it wrote, and starts at 0 without a token', () => {
  expect(parsePageToken(formatPageToken(1000))).toBe(1000);
  expect(parsePageToken(undefined)).toBe(0);
  expect(parsePageToken('')).toBe(0);
});

it('reads the tokens of an MLflow server', () => {
  expect(parsePageToken('eyJvZmZzZXQiOiAxMDB9')).toBe(100);
});

it.each([
  '!!',
  'bm90IGpzb24=',
  btoa('null'),
  btoa('{}'),
  btoa('{"offset":-1}'),
  btoa('{"offset":"1"}'),
])('throws REGISTRY_PAGE_TOKEN_INVALID for %j', (token) => {
  expect(() => parsePageToken(token)).toThrow(
    expect.objectContaining({ code: 'REGISTRY_PAGE_TOKEN_INVALID' }),
  );
});
