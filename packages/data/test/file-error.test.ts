import { describe, expect, it } from 'vitest';
import { FileNotFoundError } from '../src/errors.ts';
import { fileError } from '../src/file-error.ts';

function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: it failed`), { code, syscall: 'open' });
}

describe('fileError', () => {
  it.each([
    ['ENOENT', 'read', 'DATA_FILE_NOT_FOUND'],
    ['ENOTDIR', 'read', 'DATA_FILE_NOT_FOUND'],
    ['ENOENT', 'write', 'DATA_FOLDER_NOT_FOUND'],
    ['EISDIR', 'read', 'DATA_NOT_A_FILE'],
    ['EACCES', 'read', 'DATA_FILE_FORBIDDEN'],
    ['EPERM', 'write', 'DATA_FILE_FORBIDDEN'],
    ['EROFS', 'write', 'DATA_FILE_FORBIDDEN'],
    ['EIO', 'read', 'DATA_FILE_ACCESS_FAILED'],
    ['ENOSPC', 'write', 'DATA_FILE_ACCESS_FAILED'],
  ] as const)('turns %s on %s into %s, naming the path', (systemCode, action, code) => {
    const cause = systemError(systemCode);
    expect(fileError(cause, '/some/where.csv', action)).toMatchObject({
      code,
      message: expect.stringContaining('"/some/where.csv"'),
      cause,
    });
  });

  it('gives back errors that are ours, and those that are not of the system', () => {
    for (const error of [new FileNotFoundError('a.csv'), new RangeError('too long'), 'thrown']) {
      expect(fileError(error, 'b.csv', 'read')).toBe(error);
    }
  });
});
