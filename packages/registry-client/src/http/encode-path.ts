/** A path with every part percent-encoded, as an address takes it. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
