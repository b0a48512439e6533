import { randomBytes } from 'node:crypto';

interface Signature {
  readonly path: string;
  readonly method: 'GET' | 'PUT';
  readonly expiresAt: number;
}

/** A cloud's storage: files by path, reached by signed addresses or by who may do anything. */
export interface Storage {
  readonly files: Map<string, Buffer>;
  /** Sign an address; every few of them have expired before they are used. */
  sign(path: string, method: 'GET' | 'PUT'): { readonly url: string; readonly headers: object[] };
  /** What a signed address is good for; undefined for one that is not, or has expired. */
  open(signature: string, method: string): string | undefined;
  /** What lies right below a folder. */
  list(folder: string): { readonly path: string; readonly sizeBytes?: number }[];
}

/** What the storage insists on hearing besides the signature. */
export const STORAGE_HEADER = { name: 'x-storage-seal', value: 'closed' };

export function createStorage(addressOf: () => string): Storage {
  const files = new Map<string, Buffer>();
  const signatures = new Map<string, Signature>();
  const stale = new Set<string>();
  let signed = 0;
  return {
    files,
    sign(path, method) {
      const signature = randomBytes(12).toString('hex');
      // Once for one file, as twice running would be an outage and no expiry.
      const isStale = ++signed % 5 === 0 && !stale.has(path);
      if (isStale) stale.add(path);
      signatures.set(signature, {
        path,
        method,
        expiresAt: isStale ? 0 : Date.now() + 60_000,
      });
      const url = `${addressOf()}/storage/file?X-Signature=${signature}`;
      return { url, headers: [STORAGE_HEADER] };
    },
    open(signature, method) {
      const found = signatures.get(signature);
      if (found === undefined || found.method !== method) return undefined;
      return found.expiresAt < Date.now() ? undefined : found.path;
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
