/**
 * A file from pieces by their offsets; undefined where one is missing or the length is another one.
 */
export function flushStaged(
  pieces: ReadonlyMap<number, Buffer>,
  length: number,
): Buffer | undefined {
  const ordered = [...pieces].sort(([a], [b]) => a - b);
  let end = 0;
  for (const [offset, piece] of ordered) {
    if (offset !== end) return undefined;
    end += piece.length;
  }
  return end === length ? Buffer.concat(ordered.map(([, piece]) => piece)) : undefined;
}
