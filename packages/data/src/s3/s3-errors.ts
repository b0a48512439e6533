import { GnuMlopsError } from '@gnu-mlops/core';

/** A text is no URI of an object or prefix. */
export class S3UriError extends GnuMlopsError {
  static readonly code = 'DATA_S3_URI_INVALID';
  readonly uri: string;

  constructor(uri: string, problem: string) {
    super(
      S3UriError.code,
      `"${uri}" cannot be used: ${problem}. Write s3://bucket/key, or s3://bucket/prefix/ for all objects under a prefix.`,
    );
    this.uri = uri;
  }
}

/** There is no such bucket, no such object, or nothing under a prefix. */
export class S3NotFoundError extends GnuMlopsError {
  static readonly code = 'DATA_S3_NOT_FOUND';
  readonly uri: string;
  readonly missing: 'bucket' | 'object' | 'objects under the prefix';

  constructor(uri: string, missing: S3NotFoundError['missing'], options?: ErrorOptions) {
    const what = missing === 'objects under the prefix' ? 'are no objects' : `is no ${missing}`;
    super(
      S3NotFoundError.code,
      `There ${what} at "${uri}". Check the name, which distinguishes capitals, and the endpoint.`,
      options,
    );
    this.uri = uri;
    this.missing = missing;
  }
}

/** The server refuses: wrong or expired credentials, or no permission. */
export class S3ForbiddenError extends GnuMlopsError {
  static readonly code = 'DATA_S3_FORBIDDEN';
  readonly uri: string;

  constructor(uri: string, reason: string, options?: ErrorOptions) {
    super(
      S3ForbiddenError.code,
      `S3 refuses "${uri}": ${reason}. Check the credentials and what they permit.`,
      options,
    );
    this.uri = uri;
  }
}

/** The bucket lies in another region than the one that was asked. */
export class S3RegionError extends GnuMlopsError {
  static readonly code = 'DATA_S3_REGION';
  readonly uri: string;
  /** Where the bucket lies, if the server says so. */
  readonly region: string | undefined;

  constructor(uri: string, region: string | undefined, options?: ErrorOptions) {
    const where = region === undefined ? 'another region' : `the region ${region}`;
    super(S3RegionError.code, `"${uri}" lies in ${where}. Set the region of the bucket.`, options);
    this.uri = uri;
    this.region = region;
  }
}

/** The server is out of reach, too slow, or overloaded, and retries did not help. */
export class S3UnavailableError extends GnuMlopsError {
  static readonly code = 'DATA_S3_UNAVAILABLE';
  readonly uri: string;

  constructor(uri: string, reason: string, options?: ErrorOptions) {
    super(
      S3UnavailableError.code,
      `S3 could not be reached for "${uri}": ${reason}. Check endpoint and network, or try again later.`,
      options,
    );
    this.uri = uri;
  }
}

/** The server rejects a request for a reason of its own. */
export class S3RequestError extends GnuMlopsError {
  static readonly code = 'DATA_S3_REQUEST_FAILED';
  readonly uri: string;
  /** The server's code, such as `InvalidRequest`. */
  readonly reason: string;

  constructor(uri: string, failure: { reason: string; message: string }, options?: ErrorOptions) {
    super(
      S3RequestError.code,
      `S3 rejects the request for "${uri}": ${failure.message} (${failure.reason}). Check that the server knows the request.`,
      options,
    );
    this.uri = uri;
    this.reason = failure.reason;
  }
}
