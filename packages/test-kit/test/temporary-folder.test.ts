import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../src/temporary-folder.ts';

let left: string;

it('gives each call an empty folder of its own', () => {
  left = temporaryFolder();
  expect(temporaryFolder()).not.toBe(left);
  writeFileSync(join(left, 'file'), 'x');
  expect(existsSync(left)).toBe(true);
});

it('removes it when the test ends', () => {
  expect(existsSync(left)).toBe(false);
});
