import type { Download } from '../resume-stream.ts';
import type { S3Location } from './s3-uri.ts';

/** Who asks. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
}

/** Which server to ask, and as whom. */
export interface S3ConnectionOptions {
  /**
   * Credentials, or what gives them whenever they are needed; `anonymous` sends none; `default-chain`
   * lets the AWS SDK look in its usual places: environment, shared files, the machine's role.
   */
  readonly credentials:
    S3Credentials | (() => Promise<S3Credentials>) | 'anonymous' | 'default-chain';
  /** Default: `us-east-1`; with `default-chain` what the SDK finds. */
  readonly region?: string;
  /** Such as `http://localhost:9000`. Default: AWS, by region. */
  readonly endpoint?: string;
  /**
   * `path`: the bucket stands in the path, which servers other than AWS mostly want. Default: `path`
   * with an endpoint, `host` without one.
   */
  readonly bucketIn?: 'host' | 'path';
  /** Tries of one request, waits between them growing; default 5. */
  readonly maxAttempts?: number;
  /** Longest silence of the server, in milliseconds; default 60,000. */
  readonly timeoutMs?: number;
}

/** One part of an upload that the server has. */
export interface S3Part {
  /** From 1. */
  readonly number: number;
  readonly etag: string;
}

/** One object of a listing. */
export interface S3Entry {
  readonly key: string;
  readonly sizeBytes: number;
}

/** A server that keeps objects. Every failure of a method is a coded error that names the URI. */
export interface S3Connection {
  /** The longest silence of the server that is waited for, in milliseconds. */
  readonly timeoutMs: number;
  /** Tries of one request. */
  readonly maxAttempts: number;
  get(
    from: S3Location & { readonly offset?: number; readonly etag?: string | undefined },
    signal?: AbortSignal,
  ): Promise<Download>;
  put(to: S3Location, content: Uint8Array, signal?: AbortSignal): Promise<void>;
  /** In the order of their keys' UTF-8 bytes, a page at a time. */
  list(prefix: S3Location, signal?: AbortSignal): AsyncIterable<readonly S3Entry[]>;
  delete(location: S3Location, signal?: AbortSignal): Promise<void>;
  /** @returns the id of a new upload in parts. */
  startUpload(to: S3Location, signal?: AbortSignal): Promise<string>;
  uploadPart(
    to: S3Location & { readonly uploadId: string; readonly number: number },
    content: Uint8Array,
    signal?: AbortSignal,
  ): Promise<S3Part>;
  finishUpload(
    to: S3Location & { readonly uploadId: string },
    parts: readonly S3Part[],
    signal?: AbortSignal,
  ): Promise<void>;
  /** Have the server drop the parts of an upload. */
  dropUpload(to: S3Location & { readonly uploadId: string }): Promise<void>;
  /** Let go of idle sockets. */
  close(): void;
}
