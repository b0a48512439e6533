import type * as Arrow from 'apache-arrow';
import { zstdDecompressSync } from 'node:zlib';
import { importOptional } from '../import-optional.ts';
import { unpackLz4 } from './unpack-lz4.ts';

/** Arrow's numbers of the two ways that its buffers are packed. */
const lz4Frame = 0;
const zstd = 1;

/**
 * Load apache-arrow, an optional package, which by itself reads no packed buffers: it is told how,
 * unless somebody else has told it.
 *
 * @throws {PackageMissingError}
 */
export async function loadArrow(purpose: string): Promise<typeof Arrow> {
  const arrow = await importOptional('apache-arrow', purpose, () => import('apache-arrow'));
  const { compressionRegistry: registry } = arrow;
  if (registry.get(lz4Frame) === null) registry.set(lz4Frame, { decode: unpackLz4 });
  if (registry.get(zstd) === null) registry.set(zstd, { decode: zstdDecompressSync });
  return arrow;
}
