import { randomBytes } from 'node:crypto';
import { answerAzure } from './azure-cloud.ts';
import type { CloudAnswer, CloudRequest, CloudState } from './cloud-exchange.ts';
import { answerGcs } from './gcs-cloud.ts';
import { answerS3 } from './s3-cloud.ts';

export type CloudKind = 's3' | 'r2' | 'azure' | 'gcs';

/** What a customer's cloud is to be like. */
export interface CloudOptions {
  readonly kind: CloudKind;
  /** How many requests keys are good for; default: any number. */
  readonly keyUses?: number;
  /** How long keys are said to be good; default one hour. */
  readonly keyLifeMs?: number;
  /** How the service says that files are to be encrypted (S3). */
  readonly encryption?: 'AWS_SSE_S3' | 'AWS_SSE_KMS';
  /** Of a part of a resumable upload, so many bytes are kept (GCS). */
  readonly keptOfParts?: number;
}

/** A customer's cloud: its storage, and the keys that the service gives out for it. */
export interface Cloud {
  readonly state: CloudState;
  /** Every secret that was given out. */
  readonly secrets: string[];
  /** Where the files of a version lie. */
  location(folder: string): string;
  /** The fields of temporary credentials for a folder. */
  grant(folder: string, purpose: 'READ' | 'READ_WRITE'): object;
  answer(request: CloudRequest): CloudAnswer;
}

const ROOT = 'metastore/mödels';
const BUCKET = 'managed-bucket';
const R2_HOST = 'abc123.r2.cloudflarestorage.com';
const AZURE_HOST = 'lake1.dfs.core.windows.net';
const REGION = 'eu-central-1';
const KMS_KEY = 'arn:aws:kms:eu-central-1:1:key/2';

export function createCloud(
  { kind, keyUses = Infinity, keyLifeMs = 3_600_000, encryption, keptOfParts }: CloudOptions,
  violate: (problem: string) => void,
): Cloud {
  const state: CloudState = {
    files: new Map(),
    grants: new Map(),
    uploads: new Map(),
    violate,
    seen: [],
  };
  const keys = new Map<string, { readonly secret: string; readonly token: string }>();
  const secrets: string[] = [];
  const isR2 = kind === 'r2';
  const kms = { 'x-amz-server-side-encryption-aws-kms-key-id': KMS_KEY };
  const s3 = {
    bucket: BUCKET,
    region: isR2 ? 'auto' : REGION,
    host: `${BUCKET}.${isR2 ? R2_HOST : `s3.${REGION}.amazonaws.com`}`,
    secrets: keys,
    encryption:
      encryption === undefined
        ? {}
        : encryption === 'AWS_SSE_S3'
          ? { 'x-amz-server-side-encryption': 'AES256' }
          : { 'x-amz-server-side-encryption': 'aws:kms', ...kms },
  };

  function makeKeys(folder: string, purpose: 'READ' | 'READ_WRITE'): object {
    const id = `ID${randomBytes(8).toString('hex')}`;
    const secret = `${randomBytes(20).toString('base64')}/+=`;
    state.grants.set(id, { prefix: `${ROOT}/${folder}/`, purpose, usesLeft: keyUses });
    switch (kind) {
      case 's3':
      case 'r2': {
        const token = `session/${secret}`;
        keys.set(id, { secret, token });
        secrets.push(id, secret, token);
        const own = { access_key_id: id, secret_access_key: secret, session_token: token };
        return isR2 ? { r2_temp_credentials: own } : { aws_temp_credentials: own };
      }
      case 'azure': {
        const sas = `sv=2023-01-03&sr=d&sdd=4&sp=rwdl&se=2099-01-01&skoid=1&sig=${id}%2F%3D`;
        state.grants.set(`${id}/=`, state.grants.get(id)!);
        secrets.push(id);
        return { azure_user_delegation_sas: { sas_token: sas } };
      }
      case 'gcs':
        secrets.push(id);
        return { gcp_oauth_token: { oauth_token: id } };
    }
  }

  return {
    state,
    secrets,
    location(folder) {
      const path = `${ROOT}/${folder}`;
      if (kind === 'azure') return `abfss://managed@${AZURE_HOST}/${encodeURI(path)}`;
      if (kind === 'gcs') return `gs://${BUCKET}/${path}`;
      return isR2 ? `r2://${BUCKET}@${R2_HOST}/${path}` : `s3://${BUCKET}/${path}`;
    },
    grant(folder, purpose) {
      const sse = { algorithm: encryption, aws_kms_key_arn: KMS_KEY };
      return {
        ...makeKeys(folder, purpose),
        // As JSON of the protocol has whole numbers that may be large.
        expiration_time: String(Date.now() + keyLifeMs),
        storage_mode: 'CUSTOMER_HOSTED',
        ...(encryption && { encryption_details: { sse_encryption_details: sse } }),
      };
    },
    answer(request) {
      state.seen.push(`${request.method} ${request.url.host}`);
      if (kind === 'azure') {
        return answerAzure(state, { host: AZURE_HOST, container: 'managed' }, request);
      }
      if (kind === 'gcs') {
        return answerGcs(state, { bucket: BUCKET, ...(keptOfParts && { keptOfParts }) }, request);
      }
      return answerS3(state, s3, request);
    },
  };
}
