import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../src/audit/audit-entry.ts';
import { type AuditLogOptions, openAuditLog } from '../../src/audit/audit-log.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';

function event(name: string): AuditEvent {
  return {
    at: Date.UTC(2026, 0, 1),
    actor: 'token:0123456789ab',
    address: '127.0.0.1',
    action: 'POST /api/2.0/mlflow/registered-models/create',
    target: { name },
    status: 200,
    outcome: 'done',
    omitted: 0,
  };
}

/** A log of entries m1, m2, ... in a folder of the test's own. */
async function writtenLog(count: number, options?: AuditLogOptions): Promise<string> {
  const folder = join(temporaryFolder(), 'audit');
  const log = openAuditLog(folder, options);
  for (let i = 1; i <= count; i++) await log.append(event(`m${i}`));
  log.close();
  return folder;
}

function linesOf(folder: string): string[] {
  return readFileSync(join(folder, 'audit.jsonl'), 'utf8').split('\n').slice(0, -1);
}

function rewrite(folder: string, lines: readonly string[]): void {
  writeFileSync(join(folder, 'audit.jsonl'), lines.map((line) => `${line}\n`).join(''));
}

async function problemsOf(folder: string): Promise<string[]> {
  const { problems } = await verifyAudit(folder);
  return problems.map(({ file, line, problem }) => `${file}:${line} ${problem}`);
}

describe('an audit log', () => {
  it('is whole as it was written, for its owner only', async () => {
    const folder = await writtenLog(10);
    const found = await verifyAudit(folder);
    expect(found).toMatchObject({ isValid: true, entryCount: 10, firstSequence: 1, tornLines: 0 });
    expect(found.head?.sequence).toBe(10);
    if (process.platform !== 'win32') {
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(statSync(join(folder, 'audit.jsonl')).mode & 0o777).toBe(0o600);
    }
  });

  it('says who did what to what, when and how it ended', async () => {
    const folder = await writtenLog(1);
    expect(JSON.parse(linesOf(folder)[0]!)).toMatchObject({
      ...event('m1'),
      sequence: 1,
      at: '2026-01-01T00:00:00.000Z',
      previousHash: '0'.repeat(64),
    });
  });

  it('goes on where another writer stopped', async () => {
    const folder = await writtenLog(3);
    const [one, two] = [openAuditLog(folder), openAuditLog(folder)];
    for (let i = 0; i < 5; i++) await Promise.all([one.append(event('a')), two.append(event('b'))]);
    one.close();
    two.close();
    expect(await verifyAudit(folder)).toMatchObject({ isValid: true, entryCount: 13 });
  });

  it('shows an edit', async () => {
    const folder = await writtenLog(5);
    rewrite(
      folder,
      linesOf(folder).map((line) => line.replace('"m3"', '"m9"')),
    );
    const { problems } = await verifyAudit(folder);
    expect(problems).toEqual([
      {
        file: 'audit.jsonl',
        line: 3,
        problem: 'line_changed',
        message: expect.stringContaining('Entry 3'),
      },
    ]);
  });

  it('shows several edits, each where it is', async () => {
    const folder = await writtenLog(6);
    rewrite(
      folder,
      linesOf(folder).map((line) => line.replace(/"m[346]"/, '"x"')),
    );
    expect(await problemsOf(folder)).toEqual([
      'audit.jsonl:3 line_changed',
      'audit.jsonl:4 line_changed',
      'audit.jsonl:6 line_changed',
      'audit.head:0 end_missing',
    ]);
  });

  it('shows an edit whose hashes were computed anew, by the entry that the head knows', async () => {
    const folder = await writtenLog(4);
    const forged = join(temporaryFolder(), 'audit');
    const log = openAuditLog(forged);
    for (const name of ['m1', 'm2', 'x', 'm4']) await log.append(event(name));
    log.close();
    copyFileSync(join(forged, 'audit.jsonl'), join(folder, 'audit.jsonl'));
    expect(await problemsOf(folder)).toEqual(['audit.jsonl:4 head_mismatch']);
  });

  it('shows even a log and a head made anew, by a head that was noted elsewhere', async () => {
    const folder = await writtenLog(4);
    const { head } = await verifyAudit(folder);
    rmSync(folder, { recursive: true });
    const log = openAuditLog(folder);
    for (const name of ['m1', 'm2', 'x', 'm4', 'm5']) await log.append(event(name));
    log.close();
    expect((await verifyAudit(folder)).isValid).toBe(true);
    const { problems } = await verifyAudit(folder, { knownHeads: [head!] });
    expect(problems.map(({ problem, line }) => [problem, line])).toEqual([['head_mismatch', 4]]);
  });

  it.each([
    { what: 'one entry', remove: [3], says: 'entry 3 is missing', line: 3 },
    { what: 'several', remove: [3, 4, 5], says: 'entries 3 to 5 are missing', line: 3 },
  ])('shows that $what was deleted', async ({ remove, says, line }) => {
    const folder = await writtenLog(8);
    rewrite(
      folder,
      linesOf(folder).filter((_, i) => !remove.includes(i + 1)),
    );
    const { problems } = await verifyAudit(folder);
    expect(problems).toMatchObject([{ line, problem: 'entries_missing' }]);
    expect(problems[0]!.message).toContain(says);
  });

  it('shows that the beginning was deleted', async () => {
    const folder = await writtenLog(4);
    rewrite(folder, linesOf(folder).slice(2));
    expect(await problemsOf(folder)).toEqual(['audit.jsonl:1 beginning_missing']);
    const found = await verifyAudit(folder, { beginning: 'may_be_missing' });
    expect(found).toMatchObject({ isValid: true, firstSequence: 3, entryCount: 2 });
  });

  it('shows that entries changed places, or stand twice', async () => {
    const folder = await writtenLog(5);
    const [a, b, c, d, e] = linesOf(folder) as [string, string, string, string, string];
    rewrite(folder, [a, c, b, d, e]);
    expect(await problemsOf(folder)).toEqual([
      'audit.jsonl:2 entries_missing',
      'audit.jsonl:3 order_wrong',
      'audit.jsonl:4 entries_missing',
    ]);
    rewrite(folder, [a, b, b, c, d, e]);
    expect(await problemsOf(folder)).toEqual(['audit.jsonl:3 order_wrong']);
  });

  it('shows that an entry was put in the place of another', async () => {
    const folder = await writtenLog(3);
    const forged = join(temporaryFolder(), 'audit');
    const log = openAuditLog(forged);
    for (const name of ['m1', 'x']) await log.append(event(name));
    log.close();
    const [a, , c] = linesOf(folder) as [string, string, string];
    rewrite(folder, [a, linesOf(forged)[1]!, c]);
    expect(await problemsOf(folder)).toEqual(['audit.jsonl:3 chain_broken']);
  });

  it('shows a line that is no entry', async () => {
    const folder = await writtenLog(2);
    const [a, b] = linesOf(folder) as [string, string];
    rewrite(folder, [a, 'garbage', b]);
    expect(await problemsOf(folder)).toEqual(['audit.jsonl:2 line_unreadable']);
    rewrite(folder, [a, b, 'garbage']);
    expect(await problemsOf(folder)).toEqual(['audit.jsonl:3 line_unreadable']);
  });

  it('shows that the end was cut off, also in the middle of a line', async () => {
    const folder = await writtenLog(5);
    rewrite(folder, linesOf(folder).slice(0, 3));
    expect(await problemsOf(folder)).toEqual(['audit.head:0 end_missing']);
    truncateSync(
      join(folder, 'audit.jsonl'),
      readFileSync(join(folder, 'audit.jsonl')).length - 40,
    );
    expect(await problemsOf(folder)).toEqual(['audit.head:0 end_missing']);
    rewrite(folder, []);
    expect(await problemsOf(folder)).toEqual(['audit.head:0 end_missing']);
    rmSync(join(folder, 'audit.jsonl'));
    expect(await problemsOf(folder)).toEqual(['audit.head:0 end_missing']);
  });

  it('shows for ever that the end was cut off, when more is written', async () => {
    const folder = await writtenLog(5);
    rewrite(folder, linesOf(folder).slice(0, 3));
    const log = openAuditLog(folder);
    await log.append(event('after'));
    log.close();
    const { problems } = await verifyAudit(folder);
    expect(problems).toMatchObject([{ line: 4, problem: 'entries_missing' }]);
    expect(problems[0]!.message).toContain('entries 4 to 5');
  });

  it('shows that the head is gone', async () => {
    const folder = await writtenLog(2);
    rmSync(join(folder, 'audit.head'));
    expect(await problemsOf(folder)).toEqual(['audit.head:0 head_missing']);
  });

  it('tells what a crash left of a line from tampering, before and after it goes on', async () => {
    const folder = await writtenLog(3);
    appendFileSync(join(folder, 'audit.jsonl'), '{"sequence":4,"at":"2026-01-01T00:0');
    expect(await verifyAudit(folder)).toMatchObject({ isValid: true, entryCount: 3, tornLines: 1 });
    const log = openAuditLog(folder);
    await log.append(event('after'));
    log.close();
    expect(await verifyAudit(folder)).toMatchObject({ isValid: true, entryCount: 4, tornLines: 1 });
    const lines = linesOf(folder);
    rewrite(
      folder,
      lines.map((line) => line.replace('00:0', '00:1')),
    );
    expect((await verifyAudit(folder)).isValid).toBe(false);
    rewrite(
      folder,
      lines.filter((_, i) => i !== 3),
    );
    expect(await problemsOf(folder)).toEqual(['audit.jsonl:4 line_missing']);
  });

  it('goes on from an entry whose line lacks its end, or that the head does not know yet', async () => {
    const folder = await writtenLog(3);
    const path = join(folder, 'audit.jsonl');
    writeFileSync(
      join(folder, 'audit.head'),
      `${'2'.padStart(16, '0')} ${JSON.parse(linesOf(folder)[1]!).hash}\n`,
    );
    truncateSync(path, statSync(path).size - 1);
    expect(await verifyAudit(folder)).toMatchObject({ isValid: true, entryCount: 3, tornLines: 0 });
    const log = openAuditLog(folder);
    await log.append(event('after'));
    log.close();
    expect(await verifyAudit(folder)).toMatchObject({ isValid: true, entryCount: 4, tornLines: 0 });
  });

  it('moves a full file aside and goes on with the chain', async () => {
    const folder = await writtenLog(20, { maxBytes: 2000 });
    const found = await verifyAudit(folder);
    expect(found).toMatchObject({ isValid: true, entryCount: 20 });
    expect(found.files.length).toBeGreaterThan(3);
    expect(found.files.at(-1)).toBe('audit.jsonl');
    rmSync(join(folder, found.files[1]!));
    expect((await problemsOf(folder))[0]).toMatch(/:1 entries_missing$/);
  });

  it('goes on when another program moves the file aside under it', async () => {
    const folder = join(temporaryFolder(), 'audit');
    const log = openAuditLog(folder);
    await log.append(event('m1'));
    renameSync(join(folder, 'audit.jsonl'), join(folder, 'audit.jsonl.1'));
    await log.append(event('m2'));
    log.close();
    const found = await verifyAudit(folder);
    expect(found).toMatchObject({ isValid: true, files: ['audit.jsonl.1', 'audit.jsonl'] });
  });

  it('throws SERVER_AUDIT_NOT_FOUND where there is none', async () => {
    const folder = temporaryFolder();
    for (const empty of [folder, join(folder, 'nowhere')]) {
      await expect(verifyAudit(empty)).rejects.toMatchObject({ code: 'SERVER_AUDIT_NOT_FOUND' });
    }
  });

  it('throws SERVER_AUDIT_UNAVAILABLE where it cannot be written, and writes it later', async () => {
    const folder = join(temporaryFolder(), 'audit');
    mkdirSync(folder);
    writeFileSync(join(folder, 'audit.head'), '');
    const log = openAuditLog(folder);
    mkdirSync(join(folder, 'audit.jsonl'));
    await expect(log.append(event('m1'))).rejects.toMatchObject({
      code: 'SERVER_AUDIT_UNAVAILABLE',
    });
    expect(() => log.catchUp()).toThrow(
      expect.objectContaining({ code: 'SERVER_AUDIT_UNAVAILABLE' }),
    );
    rmSync(join(folder, 'audit.jsonl'), { recursive: true });
    log.catchUp();
    await log.append(event('m2'));
    log.close();
    expect(await verifyAudit(folder)).toMatchObject({ isValid: true, entryCount: 2 });
    expect(linesOf(folder).map((line) => JSON.parse(line).target.name)).toEqual(['m1', 'm2']);
  });
});
