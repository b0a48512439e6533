import { z } from 'zod';
import { secretSetting } from './secret-setting.ts';

/** Which S3 server is asked, and as whom. Only needed where S3 is used. */
export const s3Section = z.strictObject({
  region: z
    .string()
    .min(1)
    .exactOptional()
    .describe('Region of the buckets, such as eu-central-1. AWS_REGION.'),
  endpoint: z
    .url({ protocol: /^https?$/ })
    .exactOptional()
    .describe(
      'URL of a server other than AWS, such as http://localhost:9000. AWS_ENDPOINT_URL_S3.',
    ),
  bucket_in: z
    .enum(['host', 'path'])
    .exactOptional()
    .describe(
      'Where requests name the bucket; left out: in the path with an endpoint, in the host without.',
    ),
  anonymous: z
    .boolean()
    .default(false)
    .describe('Whether requests are sent without any credentials, as public buckets take them.'),
  access_key_id: z
    .string()
    .min(1)
    .exactOptional()
    .describe(
      'Who asks, AWS_ACCESS_KEY_ID; left out: who the shared AWS files or the machine say.',
    ),
  secret_access_key: secretSetting(
    'Secret of the access key. Only from the environment: AWS_SECRET_ACCESS_KEY.',
  ).exactOptional(),
  session_token: secretSetting(
    'Token of temporary credentials. Only from the environment: AWS_SESSION_TOKEN.',
  ).exactOptional(),
});
