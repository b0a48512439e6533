/** Where the files of a version lie in a cloud. Prefixes have no slash at either end. */
export type CloudLocation =
  | { readonly cloud: 's3'; readonly bucket: string; readonly prefix: string }
  | { readonly cloud: 'gs'; readonly bucket: string; readonly prefix: string }
  /** `host` is that of an account: `<account>.r2.cloudflarestorage.com`. */
  | {
      readonly cloud: 'r2';
      readonly bucket: string;
      readonly host: string;
      readonly prefix: string;
    }
  /** `host` is that of an account: `<account>.dfs.core.windows.net`. */
  | {
      readonly cloud: 'abfss';
      readonly container: string;
      readonly host: string;
      readonly prefix: string;
    };

/** Read a location as Unity Catalog writes it; undefined for one of no cloud that is known here. */
export function parseCloudLocation(uri: string): CloudLocation | undefined {
  const match = /^(s3|gs|r2|abfss):\/\/(?:([^/@?#]+)@)?([^/@?#]+)(?:\/(.*))?$/.exec(uri);
  if (match === null) return undefined;
  const [, cloud, user, host, path = ''] = match as unknown as [
    string,
    string,
    string?,
    string?,
    string?,
  ];
  const prefix = path.replace(/^\/+|\/+$/g, '');
  const isHost = /^[A-Za-z0-9.-]+$/.test(host!) && URL.canParse(`https://${host}/`);
  switch (cloud) {
    case 's3':
    case 'gs':
      return user === undefined ? { cloud, bucket: host!, prefix } : undefined;
    case 'r2':
      return user !== undefined && isHost
        ? { cloud, bucket: user, host: host!, prefix }
        : undefined;
    default:
      // Written percent-encoded, unlike the others.
      return user !== undefined && isHost
        ? { cloud: 'abfss', container: user, host: host!, prefix: decode(prefix) }
        : undefined;
  }
}

/** The key of a file below a prefix. */
export function keyAt(prefix: string, path: string): string {
  return prefix === '' ? path : `${prefix}/${path}`;
}

/** The prefix of everything in a folder ('' is the root), with a slash at its end. */
export function folderPrefix(prefix: string, folder: string): string {
  const key = folder === '' ? prefix : keyAt(prefix, folder);
  return key === '' ? '' : `${key}/`;
}

/** The path of a key below a prefix. */
export function pathOfKey(prefix: string, key: string): string {
  return prefix === '' ? key : key.slice(prefix.length + 1);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path).replace(/^\/+|\/+$/g, '');
  } catch {
    return path;
  }
}
