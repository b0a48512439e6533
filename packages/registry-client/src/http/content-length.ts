/** The size that an answer announces, unless it is compressed on its way. */
export function sizeOf({ headers }: { readonly headers: Headers }): {
  readonly sizeBytes?: number;
} {
  const length = headers.get('content-length');
  if (length === null || headers.get('content-encoding') !== null) return {};
  return /^\d+$/.test(length) ? { sizeBytes: Number(length) } : {};
}
