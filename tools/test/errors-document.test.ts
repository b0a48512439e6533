import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOfCode } from '@gnu-mlops/app-runtime';
import { describe, expect, it } from 'vitest';
import { repositoryRoot, sourceFiles, workspacePackages } from '../src/repository.ts';

const declaration = /static readonly code = '([A-Z0-9_]+)'/g;
const documented = /^\| `([A-Z0-9_]+)` +\| +(\d+) +\| +(\d+) +\|/gm;

function declaredCodes(): string[] {
  return workspacePackages()
    .flatMap(({ folder }) => sourceFiles(folder))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(declaration)])
    .map((match) => match[1]!)
    .sort();
}

function documentedRows(): { code: string; exitCode: number; httpStatus: number }[] {
  const text = readFileSync(join(repositoryRoot, 'docs', 'errors.md'), 'utf8');
  return [...text.matchAll(documented)].map(([, code, exitCode, httpStatus]) => ({
    code: code!,
    exitCode: Number(exitCode),
    httpStatus: Number(httpStatus),
  }));
}

describe('docs/errors.md', () => {
  it('lists exactly the codes that the sources declare', () => {
    expect(
      documentedRows()
        .map((row) => row.code)
        .sort(),
    ).toEqual(declaredCodes());
  });

  it('gives every code to one class only', () => {
    const codes = declaredCodes();
    expect(codes).toEqual([...new Set(codes)]);
  });

  it('names the exit code and the HTTP status that the programs answer with', () => {
    for (const row of documentedRows()) {
      expect({ code: row.code, ...outcomeOfCode(row.code) }).toEqual({
        ...row,
        kind: expect.any(String),
      });
    }
  });
});
