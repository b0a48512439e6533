import { appendFileSync, chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeClock, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { openTokenStore } from '../../src/security/token-store.ts';

function newStore() {
  const clock = createFakeClock();
  const path = join(temporaryFolder(), 'server', 'tokens.jsonl');
  return { clock, path, store: openTokenStore(path, { now: clock.now }) };
}

const HOUR_MS = 3_600_000;

describe('openTokenStore', () => {
  it('finds a token by its text, and by nothing else', () => {
    const { store } = newStore();
    const { token, text } = store.create({ name: 'training', scope: 'write' });
    expect(text).toMatch(/^gnu_mlops_[0-9a-f]{12}_[\w-]{43}$/);
    expect(store.find(text)).toEqual(token);
    const other = store.create({ name: 'other', scope: 'read' }).text;
    const secretOfOther = other.slice(-43);
    for (const wrong of [
      '',
      'x',
      text.slice(0, -1),
      text.slice(0, -43) + secretOfOther,
      `${text} `,
    ]) {
      expect(store.find(wrong)).toBeUndefined();
    }
  });

  it('keeps no token, in a file for its owner only', () => {
    const { store, path } = newStore();
    const { text } = store.create({ name: 'training', scope: 'write' });
    expect(readFileSync(path, 'utf8')).not.toContain(text.slice(-43));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('lets a token end at its time', () => {
    const { store, clock } = newStore();
    const { text } = store.create({ name: 'day', scope: 'read', lifetimeMs: HOUR_MS });
    clock.advance(HOUR_MS - 1);
    expect(store.find(text)).toBeDefined();
    clock.advance(1);
    expect(store.find(text)).toBeUndefined();
  });

  it('knows at once what another process created, revoked and rotated', () => {
    const { store, path, clock } = newStore();
    const other = openTokenStore(path, { now: clock.now });
    const { token, text } = other.create({ name: 'ci', scope: 'admin' });
    expect(store.find(text)?.scope).toBe('admin');
    const rotated = other.rotate(token.id);
    expect(store.find(text)).toBeUndefined();
    expect(store.find(rotated.text)).toMatchObject({ name: 'ci', scope: 'admin' });
    other.revoke(rotated.token.id);
    expect(store.find(rotated.text)).toBeUndefined();
    expect(store.list().map(({ revokedAt }) => revokedAt)).toEqual([clock.now(), clock.now()]);
  });

  it('lets the old token live beside the new one for the grace of a rotation', () => {
    const { store, clock } = newStore();
    const old = store.create({ name: 'ci', scope: 'write', lifetimeMs: 10 * HOUR_MS });
    const { text, token } = store.rotate(old.token.id, { graceMs: HOUR_MS });
    expect(token.expiresAt).toBe(clock.now() + 10 * HOUR_MS);
    expect(store.find(old.text)).toBeDefined();
    clock.advance(HOUR_MS);
    expect(store.find(old.text)).toBeUndefined();
    expect(store.find(text)).toBeDefined();
  });

  it('ends a token in its grace at once when it is revoked', () => {
    const { store } = newStore();
    const old = store.create({ name: 'ci', scope: 'write' });
    store.rotate(old.token.id, { graceMs: HOUR_MS });
    store.revoke(old.token.id);
    expect(store.find(old.text)).toBeUndefined();
  });

  it('throws SERVER_TOKEN_NOT_FOUND for a token that is not there or has ended', () => {
    const { store } = newStore();
    const { token } = store.create({ name: 'ci', scope: 'write' });
    store.revoke(token.id);
    for (const id of ['nobody', token.id]) {
      for (const change of [() => store.revoke(id), () => store.rotate(id)]) {
        expect(change).toThrow(expect.objectContaining({ code: 'SERVER_TOKEN_NOT_FOUND' }));
      }
    }
  });

  it.each([
    { name: ' ', scope: 'read' },
    { name: 'a\nb', scope: 'read' },
    { name: 'x'.repeat(101), scope: 'read' },
    { name: 'x', scope: 'root' },
    { name: 'x', scope: 'read', lifetimeMs: 0 },
    { name: 'x', scope: 'read', lifetimeMs: NaN },
  ])('throws SERVER_TOKEN_INVALID for $name, $scope, $lifetimeMs', (token) => {
    const { store } = newStore();
    expect(() => store.create(token as never)).toThrow(
      expect.objectContaining({ code: 'SERVER_TOKEN_INVALID' }),
    );
    expect(store.list()).toEqual([]);
  });

  it('passes over what a crash left of a line, and goes on after it', () => {
    const { store, path } = newStore();
    const first = store.create({ name: 'first', scope: 'read' });
    appendFileSync(path, '{"created":{"id":"ab');
    expect(store.find(first.text)).toBeDefined();
    const second = store.create({ name: 'second', scope: 'read' });
    expect(store.list().map(({ name }) => name)).toEqual(['first', 'second']);
    expect(store.find(second.text)).toBeDefined();
  });

  it('throws SERVER_TOKEN_FILE for a line that is no token, and lets nobody in', () => {
    const { store, path } = newStore();
    const { text } = store.create({ name: 'first', scope: 'read' });
    appendFileSync(path, '{"created":{"id":"ab"}}\n');
    for (const look of [() => store.find(text), () => openTokenStore(path)]) {
      expect(look).toThrow(
        expect.objectContaining({
          code: 'SERVER_TOKEN_FILE',
          message: expect.stringContaining('line 2'),
        }),
      );
    }
  });

  it.skipIf(process.platform === 'win32')('trusts no file that others may write to', () => {
    const { store, path } = newStore();
    const { text } = store.create({ name: 'first', scope: 'read' });
    chmodSync(path, 0o660);
    expect(() => store.find(text)).toThrow(expect.objectContaining({ code: 'SERVER_TOKEN_FILE' }));
    expect(() => store.create({ name: 'second', scope: 'read' })).toThrow(/chmod 600/);
  });

  it('never brings back a token that another line made again', () => {
    const { store, path } = newStore();
    const { token, text } = store.create({ name: 'first', scope: 'read' });
    store.revoke(token.id);
    const [line] = readFileSync(path, 'utf8').split('\n');
    appendFileSync(path, `${line}\n`);
    expect(store.find(text)).toBeUndefined();
  });

  it('throws SERVER_TOKEN_FILE where its folder cannot be made', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(() =>
      openTokenStore(join(folder, 'file', 'tokens.jsonl')).create({ name: 'x', scope: 'read' }),
    ).toThrow(expect.objectContaining({ code: 'SERVER_TOKEN_FILE' }));
  });
});
