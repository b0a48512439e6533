import { ArtifactPathError } from '@gnu-mlops/registry-client';

/** The path itself, before anything is looked up by it. @throws {ArtifactPathError} */
export function checkedPath(path: string): string {
  if (leadsOut(path)) throw new ArtifactPathError(path, 'it leads out of the artifacts');
  return path;
}

/** Whether a path has a step back in it or a NUL, however often its percent escapes are resolved. */
export function leadsOut(path: string): boolean {
  const plain = path.replace(/%(25)*([2-7][0-9a-f]|00)/gi, (_escape, _percent, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return plain.includes('\0') || plain.split(/[/\\]/).includes('..');
}
