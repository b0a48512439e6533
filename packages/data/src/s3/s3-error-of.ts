import { isGnuMlopsError } from '@gnu-mlops/core';
import { FileChangedError } from '../errors.ts';
import { plainCause } from '../plain-cause.ts';
import { serverWords } from '../server-words.ts';
import {
  S3ForbiddenError,
  S3NotFoundError,
  S3RegionError,
  S3RequestError,
  S3UnavailableError,
} from './s3-errors.ts';

/** What the SDK throws, as far as it matters here. */
interface ServiceFailure extends Error {
  readonly Region?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: { readonly [name: string]: string } };
}

/** The server's code for an upload in parts that it does not know or knows no more. */
export const NO_SUCH_UPLOAD = 'NoSuchUpload';

const refusals = new Set([
  'AccessDenied',
  'AllAccessDisabled',
  'CredentialsProviderError',
  'ExpiredToken',
  'Forbidden',
  'InvalidAccessKeyId',
  'InvalidToken',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);
const misdirections = new Set([
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
  'PermanentRedirect',
  'TemporaryRedirect',
]);

/**
 * Turn what the SDK throws into a coded error that names the URI, and keeps as its cause what says why,
 * but not the exchange with the server. The reason for an abort, and errors that are ours already,
 * come back as they are.
 */
export function s3ErrorOf(thrown: unknown, uri: string, signal?: AbortSignal): unknown {
  if (signal?.aborted === true) return signal.reason;
  if (isGnuMlopsError(thrown) || !(thrown instanceof Error)) return thrown;
  const failure: ServiceFailure = thrown;
  const options = { cause: plainCause(thrown) };
  const status = failure.$metadata?.httpStatusCode;
  const region = failure.Region ?? failure.$response?.headers?.['x-amz-bucket-region'];
  if (failure.name === NO_SUCH_UPLOAD) {
    // Also where the upload was finished, and the answer that said so got lost.
    const message =
      'its upload is finished already or was dropped; see whether the object is there';
    return new S3RequestError(uri, { reason: NO_SUCH_UPLOAD, message }, options);
  }
  if (failure.name === 'NoSuchBucket') return new S3NotFoundError(uri, 'bucket', options);
  if (refusals.has(failure.name)) return new S3ForbiddenError(uri, reasonOf(failure), options);
  if (misdirections.has(failure.name) || status === 301) {
    return new S3RegionError(uri, region, options);
  }
  if (status === 404) return new S3NotFoundError(uri, 'object', options);
  if (status === 403 || status === 401) {
    return new S3ForbiddenError(uri, reasonOf(failure), options);
  }
  if (status === 412) return new FileChangedError(uri);
  if (status === undefined || status < 400 || status >= 500 || status === 429) {
    return new S3UnavailableError(uri, reasonOf(failure), options);
  }
  const message = reasonOf(failure);
  const reason = isWordless(failure) ? `HTTP ${status}` : serverWords(failure.name);
  return new S3RequestError(uri, { reason, message }, options);
}

/** The server's or the system's own words; some failures have a code only. */
function reasonOf(failure: ServiceFailure & { readonly code?: string }): string {
  const status = failure.$metadata?.httpStatusCode;
  if (status !== undefined && isWordless(failure)) {
    return `it answers with HTTP ${status}, and not as S3 does`;
  }
  return serverWords(failure.message) || failure.code || serverWords(failure.name);
}

/** Whether an answer is none of S3, such as the page of a proxy, so that the words are the SDK's. */
function isWordless({ name, message }: ServiceFailure): boolean {
  return /\bXML parse error\b/.test(message) || (name === 'Unknown' && message === 'UnknownError');
}
