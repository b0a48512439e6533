import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createNodeFetch, openSqliteRegistry } from '../src/node-only.browser.ts';

const source = new URL('../src/', import.meta.url);

/** What is imported from outside of the package by files and by all that they import when they load. */
function importedBy(...files: readonly string[]): string[] {
  const seen = new Set<string>();
  const imported = new Set<string>();
  const follow = (url: URL): void => {
    if (seen.has(url.href)) return;
    seen.add(url.href);
    const text = readFileSync(url, 'utf8');
    for (const [, what, name] of text.matchAll(/^(?:import|export) ([^;]*?)from '([^']+)';/gms)) {
      if (what!.startsWith('type ')) continue;
      if (name!.startsWith('.')) follow(new URL(name!, url));
      else imported.add(name!);
    }
  };
  for (const file of files) follow(new URL(file, source));
  return [...imported].sort();
}

describe('what a browser or a worker loads', () => {
  it.each([
    ['the main entry', 'index.ts'],
    ['a registry over HTTP', 'http/open-http-registry.ts'],
    ['a registry on Databricks', 'databricks/open-databricks-registry.ts'],
    ['what stands for the parts that need Node', 'node-only.browser.ts'],
  ])('%s imports nothing of Node', (_, file) => {
    const apart = ['@gnu-mlops/core', '#node-only'];
    expect(importedBy(file).filter((name) => !apart.includes(name))).toEqual([]);
  });

  it('is not what the embedded store loads', () => {
    expect(importedBy('node-only.ts')).toContain('node:sqlite');
  });

  it('says that the embedded store is not to be had there', () => {
    expect(() => openSqliteRegistry('sqlite:///x.db', 'x.db', {})).toThrow(
      expect.objectContaining({ code: 'REGISTRY_URI_UNSUPPORTED' }),
    );
    expect(() => createNodeFetch({})).toThrow(/the option "tls"/);
  });
});
