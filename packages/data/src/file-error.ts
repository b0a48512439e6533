import { isGnuMlopsError } from '@gnu-mlops/core';
import {
  FileAccessError,
  FileForbiddenError,
  FileNotFoundError,
  FolderNotFoundError,
  NotAFileError,
} from './errors.ts';

/**
 * Turn what the operating system says into a coded error that names the path. Errors that are ours
 * already, and those that are not the system's, come back as they are.
 */
export function fileError(cause: unknown, path: string, action: 'read' | 'write'): unknown {
  if (isGnuMlopsError(cause) || !isSystemError(cause)) return cause;
  const options = { cause };
  switch (cause.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return action === 'read'
        ? new FileNotFoundError(path, options)
        : new FolderNotFoundError(path, options);
    case 'EISDIR':
      return new NotAFileError(path, 'folder', options);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new FileForbiddenError(path, action, options);
    default:
      return new FileAccessError(path, { action, reason: cause.message }, options);
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
