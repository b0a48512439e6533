import { describe, expect, test } from 'vitest';
import { formatS3Uri, isS3Prefix, isS3Uri, parseS3Uri } from '../../src/s3/s3-uri.ts';

describe('parseS3Uri', () => {
  test.each([
    ['s3://bucket/key.csv', 'bucket', 'key.csv'],
    ['s3://bucket/a b+c%20?d#e.csv', 'bucket', 'a b+c%20?d#e.csv'],
    ['s3://bucket//leading/slash', 'bucket', '/leading/slash'],
    ['s3://bucket/prefix/', 'bucket', 'prefix/'],
    ['s3://bucket', 'bucket', ''],
    ['s3://my.bucket-1/line\nbreak', 'my.bucket-1', 'line\nbreak'],
  ])('takes %s apart without decoding anything', (uri, bucket, key) => {
    expect(parseS3Uri(uri)).toEqual({ bucket, key });
  });

  test.each(['bucket/key', 'http://bucket/key', 's3:///key', 's3://a b/key', 's3:bucket/key'])(
    'throws DATA_S3_URI_INVALID for %s',
    (uri) => {
      expect(() => parseS3Uri(uri)).toThrow(
        expect.objectContaining({ code: 'DATA_S3_URI_INVALID', uri }),
      );
    },
  );

  test('throws DATA_S3_URI_INVALID for a key that S3 cannot keep', () => {
    expect(() => parseS3Uri(`s3://bucket/${'é'.repeat(600)}`)).toThrow(/more than 1024 bytes/);
  });

  test('does not repeat credentials that somebody wrote into an URI', () => {
    expect(() => parseS3Uri('s3://AKIA:hush@bucket/key')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hush') as string }),
    );
  });
});

test('formatS3Uri is the inverse of parseS3Uri', () => {
  expect(formatS3Uri(parseS3Uri('s3://bucket/a b/c'))).toBe('s3://bucket/a b/c');
});

test('isS3Prefix tells objects from prefixes', () => {
  expect(isS3Prefix(parseS3Uri('s3://bucket/a'))).toBe(false);
  expect(isS3Prefix(parseS3Uri('s3://bucket/a/'))).toBe(true);
  expect(isS3Prefix(parseS3Uri('s3://bucket'))).toBe(true);
});

test('isS3Uri knows s3 and Hadoop’s s3a', () => {
  expect(['s3://b/k', 's3a://b/k', 'b/k', '/s3://b'].map(isS3Uri)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
