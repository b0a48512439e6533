import { describe, expect, it } from 'vitest';
import { readCredentials } from '../../src/security/read-credentials.ts';

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString('base64')}`;
}

describe('readCredentials', () => {
  it.each([
    { header: undefined, token: undefined },
    { header: 'Bearer abc', token: 'abc' },
    { header: 'bearer   abc ', token: 'abc' },
    { header: basic('anybody:abc'), token: 'abc' },
    { header: basic(':abc'), token: 'abc' },
    { header: basic('user:a:b'), token: 'a:b' },
    { header: basic('no colon'), token: '' },
    { header: 'Bearer', token: '' },
    { header: 'Bearer a b', token: '' },
    { header: 'Digest abc', token: '' },
    { header: '', token: '' },
  ])('reads $token from $header', ({ header, token }) => {
    expect(readCredentials(header)).toBe(token);
  });
});
