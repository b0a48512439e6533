import { mkdirSync, realpathSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeClock, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { archiveInput } from '../src/archive-input.ts';
import type { BatchRun } from '../src/batch-run.ts';
import { readFileIdentity } from '../src/file-identity.ts';
import { keepLease } from '../src/keep-lease.ts';
import { openLedger } from '../src/open-ledger.ts';

const leaseMs = 1000;

/** A file that was scored a moment ago, under a lease of the first ledger. */
async function scene() {
  const root = realpathSync(temporaryFolder());
  const archive = join(root, 'archive');
  const output = join(root, 'out');
  for (const folder of [archive, output]) mkdirSync(folder);
  writeFileSync(join(root, 'a.csv'), 'x\n1\n');
  const clock = createFakeClock();
  const [ledger, other] = ['one', 'other'].map((owner) => {
    const opened = openLedger(join(root, 'ledger.db'), { now: clock.now, leaseMs, owner });
    onTestFinished(() => opened.close());
    return opened;
  });
  const identity = (await readFileIdentity(join(root, 'a.csv')))!;
  const request = { identity, model: 'churn/1', outputFolder: output };
  const claim = ledger!.claim(request);
  if (claim.kind === 'leased') throw new Error('The claim was refused.');
  ledger!.recordScored(claim.lease, { rowCount: 1, publish: () => true });
  const run = { ledger, leaseMs, folders: { input: root, output, archive } } as BatchRun;
  return { root, archive, clock, other: other!, identity, request, lease: claim.lease, run };
}

describe('archiveInput', () => {
  it('leaves the file to whoever has taken the lease over', async () => {
    const { root, archive, clock, other, identity, request, lease, run } = await scene();
    clock.advance(leaseMs);
    other.reclaimLeases();
    expect(other.claim(request).kind).toBe('scored');

    expect(await archiveInput(identity, lease, run)).toEqual({});

    expect(readdirSync(archive)).toEqual([]);
    expect(readdirSync(root)).toContain('a.csv');
  });

  it('says why a file could not be archived, also when the lease was lost meanwhile', async () => {
    const { archive, clock, other, identity, request, lease, run } = await scene();
    const missing = join(archive, 'missing');
    const ledger = {
      ...run.ledger,
      planArchive(...args: Parameters<typeof run.ledger.planArchive>) {
        const planned = run.ledger.planArchive(...args);
        clock.advance(leaseMs);
        other.reclaimLeases();
        other.claim(request);
        return planned;
      },
    };
    const folders = { ...run.folders, archive: missing };

    expect(await archiveInput(identity, lease, { ...run, folders, ledger })).toMatchObject({
      error: { code: 'BATCH_FILE_ARCHIVE_FAILED' },
    });
  });
});

describe('keepLease', () => {
  it('renews the lease for as long as the work takes', async () => {
    const { clock, other, lease, run } = await scene();
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const pass = (ms: number) => {
      clock.advance(ms);
      vi.advanceTimersByTime(ms);
    };

    const stop = keepLease(lease, run);
    for (let step = 0; step < 20; step++) pass(leaseMs / 2);
    expect(other.reclaimLeases()).toEqual([]);
    expect(() => run.ledger.renew(lease)).not.toThrow();

    stop();
    for (let step = 0; step < 2; step++) pass(leaseMs / 2);
    other.reclaimLeases();
    expect(() => run.ledger.renew(lease)).toThrow(/lease/);
  });
});
