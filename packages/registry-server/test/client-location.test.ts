import { expect, it } from 'vitest';
import { sourceLocation } from '../src/client-location.ts';
import { parseServedPath } from '../src/artifacts/served-path.ts';

const run = 'a'.repeat(32);
const model = `m-${'b'.repeat(32)}`;

it.each([
  [`dbfs:/databricks/mlflow-tracking/7/${run}/artifacts/model`, run, 'model'],
  [`dbfs:/databricks/mlflow-tracking/7/logged_models/${model}/artifacts`, model, ''],
])('sends clients for %s to this server', (source, ownerId, path) => {
  const location = sourceLocation(source);
  expect(location).toMatch(/^mlflow-artifacts:\/7\//);
  expect(parseServedPath(location.slice('mlflow-artifacts:/'.length))).toEqual({ ownerId, path });
});

it.each(['runs:/a/model', 's3://a/b', 'dbfs:/Volumes/a/b', 'models:/m/1'])(
  'leaves %s as it is',
  (source) => {
    expect(sourceLocation(source)).toBe(source);
  },
);
