import type { Config } from '@gnu-mlops/core/config';
import type { S3ConnectionOptions } from '@gnu-mlops/data';
import { SettingMissingError } from './errors.ts';

/**
 * Which S3 server to ask, and as whom. Where no key is configured, the AWS SDK looks in its own
 * places: the shared files and the machine's role.
 *
 * @throws {SettingMissingError} for a key without its secret.
 */
export function s3Settings({ s3 }: Pick<Config, 's3'>): S3ConnectionOptions {
  return {
    credentials: credentials(s3),
    ...(s3.region !== undefined && { region: s3.region }),
    ...(s3.endpoint !== undefined && { endpoint: s3.endpoint }),
    ...(s3.bucket_in !== undefined && { bucketIn: s3.bucket_in }),
  };
}

function credentials(s3: Config['s3']): S3ConnectionOptions['credentials'] {
  if (s3.anonymous) return 'anonymous';
  if (s3.access_key_id === undefined) return 'default-chain';
  if (s3.secret_access_key === undefined) {
    throw new SettingMissingError(
      's3.secret_access_key',
      's3.access_key_id is nothing without it',
      'Set AWS_SECRET_ACCESS_KEY in the environment.',
    );
  }
  return {
    accessKeyId: s3.access_key_id,
    secretAccessKey: s3.secret_access_key.reveal(),
    ...(s3.session_token !== undefined && { sessionToken: s3.session_token.reveal() }),
  };
}
