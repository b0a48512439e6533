/** The byte that a part of some content begins with, from 0, as `Content-Range` says it. */
export function firstByteOf(contentRange: string | null | undefined): number | undefined {
  const first = /^\s*bytes\s+(\d+)-/i.exec(contentRange ?? '')?.[1];
  return first === undefined ? undefined : Number(first);
}
