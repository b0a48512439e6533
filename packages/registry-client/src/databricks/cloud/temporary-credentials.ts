import { type WireObject, readNumber, readObject, readText } from '../../http/wire-values.ts';

/** What the credentials are for: a part of the service's own words for it. */
export type StoragePurpose = 'READ' | 'READ_WRITE';

/** Keys of Amazon's kind, good for a while. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** What Unity Catalog gives to who is to reach the files of a version. */
export interface TemporaryCredentials {
  /** `DEFAULT_STORAGE`: the service signs addresses. Else one of the keys below opens the storage. */
  readonly storageMode: string;
  /** Milliseconds since the epoch; undefined where the service does not say. */
  readonly expiresAt?: number;
  readonly aws?: AwsKeys;
  readonly r2?: AwsKeys;
  /** A shared access signature of Azure's: a query. */
  readonly azureSas?: string;
  /** A token of Google's. */
  readonly gcpToken?: string;
  /** Headers that files are to be written to Amazon's storage with. */
  readonly encryption: { readonly [header: string]: string };
}

/** Read credentials, in either dialect. */
export function readTemporaryCredentials(wire: WireObject): TemporaryCredentials {
  const expiresAt = readNumber(wire, 'expiration_time');
  const aws = readAwsKeys(readObject(wire, 'aws_temp_credentials'));
  const r2 = readAwsKeys(readObject(wire, 'r2_temp_credentials'));
  const azureSas = readText(readObject(wire, 'azure_user_delegation_sas'), 'sas_token');
  const gcpToken = readText(readObject(wire, 'gcp_oauth_token'), 'oauth_token');
  return {
    storageMode: readText(wire, 'storage_mode'),
    ...(expiresAt > 0 ? { expiresAt } : {}),
    ...(aws === undefined ? {} : { aws }),
    ...(r2 === undefined ? {} : { r2 }),
    ...(azureSas === '' ? {} : { azureSas: azureSas.replace(/^\?/, '') }),
    ...(gcpToken === '' ? {} : { gcpToken }),
    encryption: readEncryption(readObject(wire, 'encryption_details')),
  };
}

/** Everything in credentials that no error may show. */
export function secretsOf({ aws, r2, azureSas, gcpToken }: TemporaryCredentials): string[] {
  const keys = [aws, r2].flatMap((one) =>
    one === undefined ? [] : (Object.values(one) as string[]),
  );
  const signature = azureSas === undefined ? null : new URLSearchParams(azureSas).get('sig');
  return [...keys, azureSas, signature, gcpToken].filter((secret) => !!secret) as string[];
}

function readAwsKeys(wire: WireObject): AwsKeys | undefined {
  const accessKeyId = readText(wire, 'access_key_id');
  if (accessKeyId === '') return undefined;
  return {
    accessKeyId,
    secretAccessKey: readText(wire, 'secret_access_key'),
    sessionToken: readText(wire, 'session_token'),
  };
}

function readEncryption(wire: WireObject): TemporaryCredentials['encryption'] {
  const details = readObject(wire, 'sse_encryption_details');
  const header = 'x-amz-server-side-encryption';
  switch (readText(details, 'algorithm')) {
    case 'AWS_SSE_S3':
      return { [header]: 'AES256' };
    case 'AWS_SSE_KMS': {
      const key = readText(details, 'aws_kms_key_arn');
      const named = key === '' ? {} : { [`${header}-aws-kms-key-id`]: key };
      return { [header]: 'aws:kms', ...named };
    }
    default:
      return {};
  }
}
