import { expect, it } from 'vitest';
import { checkAlias, checkExperimentName, checkKey, checkModelName } from '../src/check-names.ts';

it.each([
  'f1',
  'val/loss',
  'a b',
  'a-b_c.d',
  'mlflow.source.name',
  'ns:key',
  'größe',
  'k'.repeat(250),
])('takes the key %j', (key) => {
  expect(() => checkKey('metric', key)).not.toThrow();
});

it.each([
  '',
  ' ',
  '/a',
  'a/',
  'a//b',
  './a',
  'a/./b',
  '..',
  'a/../b',
  '..a',
  'a\nb',
  'a\\b',
  'a%',
  'k'.repeat(251),
])('refuses the key %j', (key) => {
  expect(() => checkKey('tag', key)).toThrow(
    expect.objectContaining({ code: 'REGISTRY_NAME_INVALID' }),
  );
});

it('counts characters, not UTF-16 units', () => {
  expect(() => checkExperimentName('😀'.repeat(500))).not.toThrow();
  expect(() => checkExperimentName('😀'.repeat(501))).toThrow(/500/);
});

it('keeps slashes and colons out of model names, as URIs need them', () => {
  expect(() => checkModelName('main.crm.churn')).not.toThrow();
  expect(() => checkModelName('a/b')).toThrow(/"\/"/);
  expect(() => checkModelName('a:b')).toThrow(/":"/);
});

it('refuses what is no text, for callers without types', () => {
  expect(() => checkModelName(undefined as unknown as string)).toThrow(/must be a text/);
});

it.each(['latest', 'Latest', 'v1', 'V20', 'a.b', 'a b', 'é!', ''])(
  'refuses the alias %j',
  (alias) => {
    expect(() => checkAlias(alias)).toThrow(
      expect.objectContaining({ code: 'REGISTRY_NAME_INVALID' }),
    );
  },
);

it.each(['best', 'v', 'v1a', 'latest_good', 'A-b_1', 'beste_Güte'])(
  'takes the alias %j',
  (alias) => {
    expect(() => checkAlias(alias)).not.toThrow();
  },
);
