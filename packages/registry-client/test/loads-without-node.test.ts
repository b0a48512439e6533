import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const staticImport = /^(?:import|export)\s+(?!type\b)[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm;

it('imports nothing of Node before a registry is opened', () => {
  const index = fileURLToPath(new URL('../src/index.ts', import.meta.url));
  const imported = new Map<string, string>();
  const waiting = [index];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    for (const [, from, bare] of readFileSync(file, 'utf8').matchAll(staticImport)) {
      const target = (from ?? bare)!;
      if (imported.has(target + file)) continue;
      imported.set(target + file, target);
      if (target.startsWith('.')) waiting.push(fileURLToPath(new URL(target, `file://${file}`)));
    }
  }
  const outside = new Set([...imported.values()].filter((target) => !target.startsWith('.')));
  expect(imported.size).toBeGreaterThan(20);
  expect([...outside]).toEqual(['@gnu-mlops/core']);
});
