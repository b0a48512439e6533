import { expect, it } from 'vitest';
import { parseOrderBy } from '../../src/search/parse-order-by.ts';

it.each([
  ['metrics.f1 DESC', { entity: 'metric', key: 'f1', direction: 'DESC' }],
  ['metrics.`f1 score` asc', { entity: 'metric', key: 'f1 score', direction: 'ASC' }],
  [' params."learning rate" ', { entity: 'param', key: 'learning rate', direction: 'ASC' }],
  ['tags.mlflow.user desc', { entity: 'tag', key: 'mlflow.user', direction: 'DESC' }],
  ['attributes.start_time', { entity: 'attribute', key: 'start_time', direction: 'ASC' }],
  ['start_time DESC', { entity: 'attribute', key: 'start_time', direction: 'DESC' }],
  ['`Run name`', { entity: 'attribute', key: 'Run name', direction: 'ASC' }],
])('reads %j', (text, expected) => {
  expect(parseOrderBy(text)).toEqual({ ...expected, text });
});

it.each([
  '',
  'metrics.f1 up',
  'metrics.f1 DESC, metrics.f2',
  'colour.f1',
  'a; DROP TABLE runs',
  '`a',
])('throws REGISTRY_ORDER_BY_INVALID for %j', (text) => {
  expect(() => parseOrderBy(text)).toThrow(
    expect.objectContaining({ code: 'REGISTRY_ORDER_BY_INVALID' }),
  );
});
