import { randomBytes } from 'node:crypto';

/** What a signed address is good for. */
export interface StorageSignature {
  readonly path: string;
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly expiresAt: number;
  /** Of an upload in parts. */
  readonly uploadId?: string;
  readonly partNumber?: number;
}

/** Whose storage it is, as the service names what it signs for it. */
export type StorageType =
  'AWS_PRESIGNED_URL' | 'AZURE_SAS_URI' | 'AZURE_ADLS_GEN2_SAS_URI' | 'GCP_SIGNED_URL';

/** A cloud's storage: files by path, reached by signed addresses or by who may do anything. */
export interface Storage {
  readonly type: StorageType;
  readonly files: Map<string, Buffer>;
  /** Parts of unfinished uploads, by upload or path: by number, id of the block, or offset. */
  readonly uploads: Map<string, Map<string, Buffer>>;
  /** Sign an address; every few of them have expired before they are used. */
  sign(
    path: string,
    method: StorageSignature['method'],
    part?: Pick<StorageSignature, 'uploadId' | 'partNumber'>,
  ): { readonly url: string; readonly headers: object[] };
  /** What a signed address is good for; undefined for one that is not, or has expired. */
  open(signature: string): StorageSignature | undefined;
  /** What lies right below a folder. */
  list(folder: string): { readonly path: string; readonly sizeBytes?: number }[];
}

/** What the storage insists on hearing besides the signature. */
export const STORAGE_HEADER = { name: 'x-storage-seal', value: 'closed' };

/** What describes a blob as a whole, and is refused by the operations on a part of it. */
const BLOB_HEADER = { name: 'x-ms-blob-content-type', value: 'application/octet-stream' };

export function createStorage(
  addressOf: () => string,
  type: StorageType = 'AWS_PRESIGNED_URL',
): Storage {
  const files = new Map<string, Buffer>();
  const signatures = new Map<string, StorageSignature>();
  const stale = new Set<string>();
  const headers = type.startsWith('AZURE') ? [STORAGE_HEADER, BLOB_HEADER] : [STORAGE_HEADER];
  let signed = 0;
  return {
    type,
    files,
    uploads: new Map(),
    sign(path, method, part = {}) {
      const signature = randomBytes(12).toString('hex');
      // Once for one file, as twice running would be an outage and no expiry.
      const isStale = ++signed % 5 === 0 && !stale.has(path);
      if (isStale) stale.add(path);
      const expiresAt = isStale ? 0 : Date.now() + 60_000;
      signatures.set(signature, { path, method, expiresAt, ...part });
      return { url: `${addressOf()}/storage/file?X-Signature=${signature}`, headers };
    },
    open(signature) {
      const found = signatures.get(signature);
      return found === undefined || found.expiresAt < Date.now() ? undefined : found;
    },
    list(folder) {
      const prefix = folder === '' ? '' : `${folder}/`;
      const entries = new Map<string, { path: string; sizeBytes?: number }>();
      for (const [path, bytes] of files) {
        if (!path.startsWith(prefix)) continue;
        const [head, ...rest] = path.slice(prefix.length).split('/');
        const entry = `${prefix}${head}`;
        entries.set(
          entry,
          rest.length > 0 ? { path: entry } : { path: entry, sizeBytes: bytes.length },
        );
      }
      return [...entries.values()];
    },
  };
}
