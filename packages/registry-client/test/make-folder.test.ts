import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../src/make-folder.ts';

describe('makeFolder', () => {
  it('makes a folder with its parents and names what it made, outermost first', async () => {
    const root = temporaryFolder();
    const folder = join(root, 'a', 'b', 'c');
    expect(await makeFolder(folder)).toEqual([join(root, 'a'), join(root, 'a', 'b'), folder]);
    expect(await makeFolder(folder)).toEqual([]);
  });

  it('makes the same folder from many callers at once', async () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    await Promise.all(Array.from({ length: 20 }, () => makeFolder(folder)));
    expect(existsSync(folder)).toBe(true);
  });

  it.skipIf(!existsSync('/proc/self'))('rejects where the system makes no folders', async () => {
    await expect(makeFolder('/proc/gnu-mlops/store')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
