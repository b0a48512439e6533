import { join } from 'node:path';
import { ESLint } from 'eslint';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { repositoryRoot, workspacePackages } from '../src/repository.ts';

/** The room table of docs/architecture.md: a room and the rooms that it may import. */
function roomTable(): Map<string, string[]> {
  const text = readFileSync(join(repositoryRoot, 'docs', 'architecture.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([a-z-]+)`[^|]*\| [^|]*\| ([^|]*)\| [^|]*\|$/gm)];
  return new Map(
    rows.map(([, room, imports]) => [
      room!,
      [...imports!.matchAll(/`([a-z-]+)`/g)].map((match) => match[1]!),
    ]),
  );
}

const rooms = workspacePackages().filter(({ folder }) => folder.includes('packages'));
const table = roomTable();
const eslint = new ESLint({ cwd: repositoryRoot });

async function isRefused(room: string, imported: string): Promise<boolean> {
  const [result] = await eslint.lintText(
    `import * as other from '@gnu-mlops/${imported}';\nconsole.log(other);\n`,
    { filePath: join(repositoryRoot, 'packages', room, 'src', 'boundary-probe.ts') },
  );
  return result!.messages.some(
    (message) => message.ruleId === '@nx/enforce-module-boundaries' && message.severity === 2,
  );
}

describe('the room table', () => {
  it('names every package', () => {
    expect([...table.keys()].sort()).toEqual(rooms.map(({ room }) => room).sort());
  });

  it.each(rooms)('is what lint enforces for $room', async ({ room }) => {
    const others = rooms.map((other) => other.room).filter((other) => other !== room);
    const allowed: string[] = [];
    for (const other of others) if (!(await isRefused(room, other))) allowed.push(other);
    expect(allowed.sort()).toEqual([...table.get(room)!].sort());
  });

  it.each(rooms)('is what the manifest of $room declares', ({ room, dependencies }) => {
    const declared = Object.keys(dependencies)
      .filter((name) => name.startsWith('@gnu-mlops/'))
      .map((name) => name.replace('@gnu-mlops/', ''));
    expect(table.get(room)).toEqual(expect.arrayContaining(declared));
  });
});
