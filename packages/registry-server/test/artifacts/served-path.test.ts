import { expect, it } from 'vitest';
import { parseServedPath } from '../../src/artifacts/served-path.ts';

const run = 'a'.repeat(32);
const model = `m-${'b'.repeat(32)}`;

it.each([
  [`0/${run}/artifacts/model/MLmodel`, { ownerId: run, path: 'model/MLmodel' }],
  [`0/${run}/artifacts`, { ownerId: run, path: '' }],
  [`0/${run}/artifacts/`, { ownerId: run, path: '' }],
  [`7/models/${model}/artifacts/a b.txt`, { ownerId: model, path: 'a b.txt' }],
  [`7/${run}/artifacts/a\nb`, { ownerId: run, path: 'a\nb' }],
])('reads %j', (path, place) => {
  expect(parseServedPath(path)).toEqual(place);
});

it.each([
  '',
  'a.txt',
  `0/${run}`,
  `0/${run}/artifactsx/a`,
  `0/${run.slice(1)}/artifacts/a`,
  `${run}/artifacts/a`,
])('finds no run or logged model in %j', (path) => {
  expect(parseServedPath(path)).toBeUndefined();
});
