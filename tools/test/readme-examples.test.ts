import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SOURCE_FLAGS } from '@gnu-mlops/test-kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { workspacePackages } from '../src/repository.ts';

const fence = /^```ts\n([\s\S]*?)^```$/gm;
const libraries = workspacePackages().filter(({ folder }) => folder.includes('packages'));

function examples(folder: string): string[] {
  const readme = join(folder, 'README.md');
  if (!existsSync(readme)) return [];
  return [...readFileSync(readme, 'utf8').matchAll(fence)].map((match) => match[1]!);
}

describe.each(libraries)('README of $room', ({ room, folder }) => {
  it('has an example', () => {
    expect(examples(folder).length).toBeGreaterThan(0);
  });

  it.each(examples(folder).map((code, index) => ({ code, index })))(
    'example $index runs as it stands',
    ({ code, index }) => {
      const file = join(folder, `.readme-example-${index}.ts`);
      writeFileSync(file, code);
      onTestFinished(() => rmSync(file, { force: true }));
      // A test-kit example describes a suite, which only a test runner can run.
      const command =
        room === 'test-kit' ? ['--check', basename(file)] : [...SOURCE_FLAGS, basename(file)];
      execFileSync(process.execPath, command, { cwd: folder, stdio: 'pipe', timeout: 50_000 });
    },
  );
});
