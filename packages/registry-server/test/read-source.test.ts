import { expect, it } from 'vitest';
import { readSource } from '../src/read-source.ts';

const run = 'a'.repeat(32);
const model = `m-${'b'.repeat(32)}`;

it.each([
  [`mlflow-artifacts:/0/${run}/artifacts/model`, `runs:/${run}/model`],
  [`mlflow-artifacts:/0/${run}/artifacts`, `runs:/${run}`],
  [`mlflow-artifacts:/0/models/${model}/artifacts`, `models:/${model}`],
  [`mlflow-artifacts:/models/foo///bar`, 'mlflow-artifacts:/models/foo///bar'],
  [
    `mlflow-artifacts://host:9000/0/${run}/artifacts`,
    `mlflow-artifacts://host:9000/0/${run}/artifacts`,
  ],
  ['s3://bucket/model', 's3://bucket/model'],
  ['models:/iris/1', 'models:/iris/1'],
  [
    'mlflow-artifacts://host:9000/models/artifact/..../',
    'mlflow-artifacts://host:9000/models/artifact/..../',
  ],
])('writes %j down as %j', (source, kept) => {
  expect(readSource(source)).toBe(kept);
});

it.each(['/tmp', 'path/to/model', 'file:///tmp', 'FILE:///tmp', 'file://host/share', 'C:\\model'])(
  'refuses %j of somebody’s disk',
  (source) => {
    expect(() => readSource(source)).toThrow('To use a local path as a model version source');
  },
);

it.each([
  'mlflow-artifacts://host:9000/models/../../../',
  'http://host:9000/models/../../../',
  's3a://bucket/a/../../b',
  'mlflow-artifacts://host:9000/models/..%2f..%2fartifacts',
  'mlflow-artifacts://host:9000/models/artifact%00',
  'dbfs:/x/artifacts/a%3f/../../../',
])('refuses %j, which leads out', (source) => {
  expect(() => readSource(source)).toThrow('If supplying a source as an http, https,');
});
