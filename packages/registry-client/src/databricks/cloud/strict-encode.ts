/** Percent-encode everything but letters, digits and `-._~`, as signatures demand. */
export function strictEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A key with its slashes as they are. */
export function strictEncodePath(key: string): string {
  return key.split('/').map(strictEncode).join('/');
}

/** A query in the order of its names. */
export function strictQuery(query: { readonly [name: string]: string }): string {
  return Object.entries(query)
    .map(([name, value]) => `${strictEncode(name)}=${strictEncode(value)}`)
    .sort()
    .join('&');
}
