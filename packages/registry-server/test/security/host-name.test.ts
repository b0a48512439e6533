import { describe, expect, it } from 'vitest';
import { hostNameOf, isHostAllowed, isLoopbackHost } from '../../src/security/host-name.ts';

describe('hostNameOf', () => {
  it.each([
    { header: 'localhost:5000', name: 'localhost' },
    { header: 'MLOps.Example.ORG', name: 'mlops.example.org' },
    { header: '[::1]:5000', name: '::1' },
    { header: '127.0.0.1', name: '127.0.0.1' },
    { header: undefined, name: undefined },
    { header: '', name: undefined },
    { header: 'evil.example#localhost', name: undefined },
    { header: 'user@localhost', name: undefined },
    { header: 'localhost:5000:1', name: undefined },
    { header: 'localhost/x', name: undefined },
  ])('reads $name from $header', ({ header, name }) => {
    expect(hostNameOf(header)).toBe(name);
  });
});

describe('isLoopbackHost', () => {
  it.each(['localhost', 'LOCALHOST', 'a.localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]'])(
    'knows %s',
    (host) => expect(isLoopbackHost(host)).toBe(true),
  );

  it.each(['0.0.0.0', '::', '10.0.0.1', 'localhost.example.org', '127.0.0.1.example.org', ''])(
    'does not take %s for it',
    (host) => expect(isLoopbackHost(host)).toBe(false),
  );
});

describe('isHostAllowed', () => {
  it('takes names as they are, below a domain, or all', () => {
    expect(isHostAllowed('mlops.example.org', ['MLops.example.org'])).toBe(true);
    expect(isHostAllowed('a.example.org', ['*.example.org'])).toBe(true);
    expect(isHostAllowed('example.org', ['*.example.org'])).toBe(false);
    expect(isHostAllowed('badexample.org', ['*.example.org'])).toBe(false);
    expect(isHostAllowed('anything', ['*'])).toBe(true);
    expect(isHostAllowed('anything', [])).toBe(false);
  });
});
