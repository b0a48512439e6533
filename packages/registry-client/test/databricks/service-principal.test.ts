import { expectCode } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { createDoubleScene } from './open-on-double.ts';

describe('a service principal', () => {
  it('asks for one token, however many requests begin at once', async () => {
    const { open, timesSeen } = await createDoubleScene();
    const registry = await open('databricks');
    await Promise.all(Array.from({ length: 8 }, () => registry.searchExperiments()));
    expect(timesSeen('/oidc/v1/token')).toBe(1);
  });

  it('asks for another token a minute before the old one ends', async () => {
    const { open, timesSeen } = await createDoubleScene();
    let time = 0;
    const registry = await open('databricks', {}, { now: () => time });
    await registry.searchExperiments();
    time = 3539_000;
    await registry.searchExperiments();
    expect(timesSeen('/oidc/v1/token')).toBe(1);
    time = 3541_000;
    await registry.searchExperiments();
    expect(timesSeen('/oidc/v1/token')).toBe(2);
  });

  it('goes on with a new token where the old one is not accepted any more', async () => {
    const { open, timesSeen } = await createDoubleScene({ tokenUses: 3 });
    const registry = await open('databricks');
    for (let i = 0; i < 7; i++) await registry.searchExperiments();
    expect(timesSeen('/oidc/v1/token')).toBe(3);
    expect(timesSeen('/experiments/search')).toBe(9);
  });

  it('is refused with a wrong secret, which no error repeats', async () => {
    const { open, double } = await createDoubleScene();
    const clientSecret = 'wrong-secret';
    const credentials = { clientId: double.principal.clientId, clientSecret };
    const registry = await open('databricks-uc', { credentials });
    const error = await registry.searchExperiments().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'REGISTRY_REMOTE_DENIED', status: 401 });
    expect(`${String(error)} ${registry.uri}`).not.toContain('wrong-secret');
    expect(double.seen).toHaveLength(1);
  });
});

it('takes a personal token, and is refused at once with one that is none', async () => {
  const { open, double } = await createDoubleScene();
  const good = await open('databricks', { credentials: { token: double.token } });
  expect((await good.searchExperiments()).items).toEqual([]);
  const bad = await open('databricks', { credentials: { token: 'dapi-not-this' } });
  await expectCode(bad.searchExperiments(), 'REGISTRY_REMOTE_DENIED', /^(?!.*dapi)/);
  expect(double.seen).toHaveLength(2);
});

it('sends no token over a connection that anybody can read', async () => {
  const { open } = await createDoubleScene();
  await expectCode(
    open('databricks', { host: 'http://dbc-1.example' }),
    'REGISTRY_URI_UNSUPPORTED',
    /not encrypted/,
  );
  await expectCode(
    open('databricks', { host: 'https://me:dapi123@dbc-1.example' }),
    'REGISTRY_URI_UNSUPPORTED',
    /^(?!.*dapi123)/,
  );
});
