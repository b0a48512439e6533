import type { Wire } from '../../http/remote.ts';
import { RegistryUriUnsupportedError } from '../../store-errors.ts';
import type { CloudLocation } from './cloud-location.ts';

/** Where a bucket answers. */
export interface S3Endpoint {
  /** Without a slash at its end; keys follow. */
  readonly bucketUrl: string;
  readonly region: string;
}

/** Which server of Amazon's kind to ask, where the service's own is not the one. */
export interface S3Options {
  /** Of the bucket; default: what Amazon says. Needed in partitions apart, such as China's. */
  readonly region?: string;
  /** An address to ask in place of Amazon's, such as a private one; buckets are paths there. */
  readonly endpoint?: string;
}

/**
 * Check how a bucket is to be reached.
 *
 * @throws {RegistryUriUnsupportedError} for an address that is none, or that is not encrypted.
 */
export function checkS3Options({ region, endpoint }: S3Options): S3Options {
  if (region !== undefined && !regionPattern.test(region)) {
    const problem = 'it is no region. Write one such as eu-central-1.';
    throw new RegistryUriUnsupportedError('"storage.region"', problem);
  }
  if (endpoint !== undefined && !/^https:|^http:\/\/(localhost|127\.|\[::1\])/.test(endpoint)) {
    const problem = 'it is not encrypted. Write an address that begins with https://.';
    throw new RegistryUriUnsupportedError('"storage.endpoint"', problem);
  }
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    const problem = 'it is no address. Write one such as https://s3.example.com.';
    throw new RegistryUriUnsupportedError('"storage.endpoint"', problem);
  }
  return { ...(region && { region }), ...(endpoint && { endpoint }) };
}

const regionPattern = /^[a-z0-9-]+$/;
const R2_REGION = 'auto';
const FALLBACK_REGION = 'us-east-1';

/**
 * Where a bucket answers. Amazon tells the region of any bucket to anybody.
 *
 * @returns undefined where it does not.
 */
export async function findS3Endpoint(
  { client }: Wire,
  location: Extract<CloudLocation, { cloud: 's3' | 'r2' }>,
  { region, endpoint }: S3Options,
): Promise<S3Endpoint | undefined> {
  const { bucket } = location;
  if (location.cloud === 'r2') {
    return { bucketUrl: bucketUrl(bucket, location.host), region: R2_REGION };
  }
  if (endpoint !== undefined) {
    const bucketUrl = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}`;
    return { bucketUrl, region: region ?? FALLBACK_REGION };
  }
  const found = region ?? (await askRegion({ client }, bucket));
  if (found === undefined) return undefined;
  const domain = found.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return { bucketUrl: bucketUrl(bucket, `s3.${found}.${domain}`), region: found };
}

/** A name with dots would match no certificate as a part of the host. */
function bucketUrl(bucket: string, host: string): string {
  const isHost = /^[a-z0-9-]+$/.test(bucket);
  return isHost ? `https://${bucket}.${host}` : `https://${host}/${encodeURIComponent(bucket)}`;
}

async function askRegion({ client }: Wire, bucket: string): Promise<string | undefined> {
  const label = `the region of the bucket ${bucket}`;
  const url = `${bucketUrl(bucket, 's3.amazonaws.com')}/`;
  const { headers } = await client.askSigned({ method: 'HEAD', url, label, headers: {} });
  const region = headers.get('x-amz-bucket-region') ?? '';
  return regionPattern.test(region) ? region : undefined;
}
