import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const source = new URL('../src/', import.meta.url);

describe('the main entry', () => {
  it('imports nothing of Node, itself or through its own files', () => {
    const seen = new Set<string>();
    const imported = new Set<string>();
    function follow(file: string): void {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(new URL(file, source), 'utf8');
      for (const [, name] of text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
        if (name!.startsWith('./')) follow(name!.slice(2));
        else imported.add(name!);
      }
    }
    follow('index.ts');
    expect([...imported].sort()).toEqual([
      '@gnu-mlops/core',
      '@gnu-mlops/model',
      '@gnu-mlops/registry-client',
    ]);
    expect(seen.size).toBe(readdirSync(source).length - 2);
  });
});
