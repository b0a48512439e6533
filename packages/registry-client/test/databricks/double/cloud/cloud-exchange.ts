/** A request to a cloud, as its server would see it. */
export interface CloudRequest {
  readonly method: string;
  /** The original address. */
  readonly url: URL;
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body: Buffer;
}

/** What a cloud answers. */
export interface CloudAnswer {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Buffer;
}

/** What a key that was given out lets do. */
export interface CloudGrant {
  /** The prefix that it is for, with a slash at its end. */
  readonly prefix: string;
  readonly purpose: 'READ' | 'READ_WRITE';
  usesLeft: number;
}

/** One cloud: a bucket or container, its files by key, and keys that open it. */
export interface CloudState {
  readonly files: Map<string, Buffer>;
  /** By the access key's id, the signature of the SAS or the token. */
  readonly grants: Map<string, CloudGrant>;
  /** Unfinished uploads, by their ids. */
  readonly uploads: Map<string, CloudUpload>;
  /** What no client may do. */
  readonly violate: (problem: string) => void;
  /** Every request, as `METHOD host operation`. */
  readonly seen: string[];
}

export interface CloudUpload {
  readonly key: string;
  /** By number or offset. */
  readonly parts: Map<number, Buffer>;
}

/** The files right below a prefix, and the prefixes of folders there, in the order of their keys. */
export function entriesBelow(
  files: ReadonlyMap<string, Buffer>,
  prefix: string,
): { readonly key: string; readonly sizeBytes?: number }[] {
  const entries = new Map<string, { key: string; sizeBytes?: number }>();
  for (const [key, bytes] of files) {
    if (!key.startsWith(prefix)) continue;
    const slash = key.indexOf('/', prefix.length);
    if (slash < 0) entries.set(key, { key, sizeBytes: bytes.length });
    else entries.set(key.slice(0, slash + 1), { key: key.slice(0, slash + 1) });
  }
  return [...entries.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Why a grant does not let this be done; undefined where it does. */
export function grantProblem(
  state: CloudState,
  id: string,
  asked: { readonly key: string; readonly writes: 'yes' | 'no' },
): 'unknown' | 'expired' | 'denied' | undefined {
  const grant = state.grants.get(id);
  if (grant === undefined) return 'unknown';
  if (grant.usesLeft-- <= 0) return 'expired';
  if (!`${asked.key}/`.startsWith(grant.prefix)) {
    state.violate(`A key for ${grant.prefix} was used for ${asked.key}.`);
    return 'denied';
  }
  if (asked.writes === 'yes' && grant.purpose === 'READ') {
    state.violate(`A key to read ${grant.prefix} was used to write.`);
    return 'denied';
  }
  return undefined;
}
