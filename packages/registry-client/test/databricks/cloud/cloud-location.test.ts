import { describe, expect, it } from 'vitest';
import {
  folderPrefix,
  parseCloudLocation,
  pathOfKey,
} from '../../../src/databricks/cloud/cloud-location.ts';

describe('a location in a cloud', () => {
  it.each([
    ['s3://bucket/a/b/', { cloud: 's3', bucket: 'bucket', prefix: 'a/b' }],
    ['s3://dotted.bucket', { cloud: 's3', bucket: 'dotted.bucket', prefix: '' }],
    // Only Azure's are percent-encoded.
    ['s3://bucket/a%20b', { cloud: 's3', bucket: 'bucket', prefix: 'a%20b' }],
    ['gs://bucket/a', { cloud: 'gs', bucket: 'bucket', prefix: 'a' }],
    [
      'r2://bucket@1.r2.cloudflarestorage.com/a',
      { cloud: 'r2', bucket: 'bucket', host: '1.r2.cloudflarestorage.com', prefix: 'a' },
    ],
    [
      'abfss://box@lake.dfs.core.windows.net/a%20b/c',
      { cloud: 'abfss', container: 'box', host: 'lake.dfs.core.windows.net', prefix: 'a b/c' },
    ],
  ])('%s', (uri, location) => {
    expect(parseCloudLocation(uri)).toEqual(location);
  });

  it.each([
    ...['dbfs:/a', 's3:/bucket/a', 's3://', 's3://me@bucket/a', 'r2://bucket/a', 'abfss://box/a'],
    ...['abfss://box@host#/a', 'abfss://box@ho st/a', 'https://bucket/a', ''],
  ])('is not %j', (uri) => {
    expect(parseCloudLocation(uri)).toBeUndefined();
  });

  it('holds keys below its prefix', () => {
    expect(folderPrefix('a/b', '')).toBe('a/b/');
    expect(folderPrefix('a/b', 'c')).toBe('a/b/c/');
    expect(folderPrefix('', '')).toBe('');
    expect(folderPrefix('', 'c')).toBe('c/');
    expect(pathOfKey('a/b', 'a/b/c/d')).toBe('c/d');
    expect(pathOfKey('', 'c/d')).toBe('c/d');
  });
});
