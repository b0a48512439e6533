import { describe, expect, it } from 'vitest';
import {
  type UnsignedRequest,
  signAwsRequest,
} from '../../../src/databricks/cloud/aws-signature.ts';
import { strictQuery } from '../../../src/databricks/cloud/strict-encode.ts';

/** The key, bucket and time of the examples in Amazon's documentation of S3's signatures. */
const scope = {
  keys: {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  },
  region: 'us-east-1',
  service: 's3',
  at: Date.UTC(2013, 4, 24),
};
const bucket = 'https://examplebucket.s3.amazonaws.com';
const examples: readonly (readonly [string, UnsignedRequest, string])[] = [
  [
    'GET Object',
    { method: 'GET', url: `${bucket}/test.txt`, headers: { Range: 'bytes=0-9' } },
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  ],
  [
    'PUT Object',
    {
      method: 'PUT',
      url: `${bucket}/test%24file.text`,
      headers: {
        Date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      },
      body: new TextEncoder().encode('Welcome to Amazon S3.'),
    },
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  ],
  [
    'GET Bucket Lifecycle',
    { method: 'GET', url: `${bucket}/?${strictQuery({ lifecycle: '' })}`, headers: {} },
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  ],
  [
    'GET Bucket (List Objects)',
    {
      method: 'GET',
      url: `${bucket}/?${strictQuery({ prefix: 'J', 'max-keys': '2' })}`,
      headers: {},
    },
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  ],
];

describe('a signature of version 4', () => {
  it.each(examples)("is the one of Amazon's example %s", async (_name, request, signature) => {
    const { authorization } = await signAwsRequest(request, scope);
    expect(authorization).toMatch(new RegExp(`, Signature=${signature}$`));
    expect(authorization).toContain(
      'Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
    );
  });

  it('covers the token of a session', async () => {
    const keys = { ...scope.keys, sessionToken: 'of a session' };
    const headers = await signAwsRequest(examples[0]![1], { ...scope, keys });
    expect(headers).toMatchObject({ 'x-amz-security-token': 'of a session' });
    expect(headers['authorization']).toContain(';x-amz-security-token,');
    expect(headers['authorization']).not.toContain(examples[0]![2]);
  });
});
