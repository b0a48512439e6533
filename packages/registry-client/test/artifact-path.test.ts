import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkArtifactPath } from '../src/artifact-path.ts';
import { isGnuMlopsError } from '@gnu-mlops/core';

const piece = fc.constantFrom(
  '..',
  '.',
  '/',
  '\\',
  '%',
  '2e',
  '2F',
  '5c',
  '25',
  'a',
  'C:',
  ' ',
  '\0',
  '%2e',
);
const paths = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
  fc.string(),
);

it('accepts no path that leads out of the root, on either kind of system, decoded or not', () => {
  fc.assert(
    fc.property(paths, (path) => {
      fc.pre(isAccepted(path));
      for (const read of readings(path)) {
        expect(posix.resolve('/root/run', read)).toMatch(/^\/root\/run\/./);
        expect(win32.resolve('Z:\\root\\run', read)).toMatch(/^Z:\\root\\run\\./);
      }
    }),
    { numRuns: 3000 },
  );
});

it('says what is wrong with a path', () => {
  expect(() => checkArtifactPath('/etc/passwd')).toThrow(/absolute/);
  expect(() => checkArtifactPath('a/../../b')).toThrow(/leads out/);
  expect(() => checkArtifactPath('a%252f..%252fb')).toThrow(/leads out/);
  expect(() => checkArtifactPath('a\\b')).toThrow(/backslash/);
  expect(() => checkArtifactPath('a//b')).toThrow(/empty/);
  expect(() => checkArtifactPath('x'.repeat(256))).toThrow(/255 bytes/);
  expect(() => checkArtifactPath('ä/'.repeat(400) + 'b')).toThrow(/1024 bytes/);
});

it('refuses a path of any length at once, escapes of escapes too', () => {
  const started = performance.now();
  expect(() => checkArtifactPath(`%${'25'.repeat(100_000)}`)).toThrow(/1024 bytes/);
  expect(performance.now() - started).toBeLessThan(1000);
});

it('accepts what MLflow calls its images', () => {
  expect(isAccepted('images/dog%step%10%timestamp%17%1f%compressed.webp')).toBe(true);
  expect(isAccepted('a%00')).toBe(false);
  expect(isAccepted('a\u0010')).toBe(false);
});

function isAccepted(path: string): boolean {
  try {
    checkArtifactPath(path);
    return true;
  } catch (error) {
    if (isGnuMlopsError(error)) return false;
    throw error;
  }
}

/** The path as it stands, and as anything that decodes it once, twice or thrice would read it. */
function readings(path: string): string[] {
  const all = [path];
  for (let i = 0; i < 3; i++) {
    try {
      all.push(decodeURIComponent(all.at(-1)!));
    } catch {
      break;
    }
  }
  return all;
}
