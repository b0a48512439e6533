import { ArtifactPathError } from './artifact-errors.ts';

const MAX_PATH_BYTES = 1024;
const MAX_SEGMENT_BYTES = 255;

/**
 * Check that a path names something below the root of a run's artifacts, however it is read: as it
 * stands, or with its percent escapes resolved (any number of times). Links on the disk are checked
 * where the files lie.
 *
 * @throws {ArtifactPathError}
 */
export function checkArtifactPath(path: string): void {
  if (typeof path !== 'string' || path === '') throw new ArtifactPathError(path, 'it is empty');
  if (!path.isWellFormed() || /[\u0000-\u001f\u007f]/.test(path)) {
    throw new ArtifactPathError(path, 'it holds control characters or broken Unicode');
  }
  // First, as resolving escapes of escapes takes the square of the length.
  const encoder = new TextEncoder();
  if (encoder.encode(path).length > MAX_PATH_BYTES) {
    throw new ArtifactPathError(path, `it is longer than ${MAX_PATH_BYTES} bytes`);
  }
  checkSegments(path, path);
  for (let decoded = decodeOnce(path), before = path; decoded !== before;) {
    checkSegments(decoded, path);
    before = decoded;
    decoded = decodeOnce(decoded);
  }
  if (path.split('/').some((segment) => encoder.encode(segment).length > MAX_SEGMENT_BYTES)) {
    throw new ArtifactPathError(path, `a part of it is longer than ${MAX_SEGMENT_BYTES} bytes`);
  }
}

function checkSegments(path: string, given: string): void {
  if (path.startsWith('/') || /^[a-zA-Z]:/.test(path)) {
    throw new ArtifactPathError(given, 'it is absolute');
  }
  // Other escapes may stay: names of images that MLflow logs hold such as %step%10%.
  if (path.includes('\0')) throw new ArtifactPathError(given, 'it holds NUL');
  if (path.includes('\\')) throw new ArtifactPathError(given, 'it holds a backslash');
  for (const segment of path.split('/')) {
    if (segment === '') throw new ArtifactPathError(given, 'a part of it is empty');
    if (segment.trim() === '..')
      throw new ArtifactPathError(given, 'it leads out of the artifacts');
    if (segment === '.') throw new ArtifactPathError(given, 'it holds "."');
  }
}

function decodeOnce(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_escape, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}
