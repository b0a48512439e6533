import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createFakeClock, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LeaseLostError, LedgerUnusableError } from '../src/errors.ts';
import type { Claim, Lease } from '../src/ledger.ts';
import { openLedger } from '../src/open-ledger.ts';
import { temporaryPath } from '../src/output-file.ts';
import { readBatchLedger } from '../src/read-batch-ledger.ts';

const leaseMs = 1000;

function scene() {
  const root = temporaryFolder();
  const outputFolder = join(root, 'out');
  mkdirSync(outputFolder);
  const path = join(root, 'ledger.db');
  const clock = createFakeClock();
  const open = () => {
    const ledger = openLedger(path, { now: clock.now, leaseMs, owner: 'test' });
    onTestFinished(() => ledger.close());
    return ledger;
  };
  const identity = { path: '/in/a.csv', sizeBytes: 3, mtimeNs: '1', digest: 'd1' };
  const request = { identity, model: 'churn/1', outputFolder };
  return { root, outputFolder, path, clock, open, identity, request };
}

function leaseOf(claim: Claim): Lease {
  if (claim.kind === 'leased') throw new Error('The claim was refused.');
  return claim.lease;
}

const nothing = () => true;

describe('openLedger', () => {
  it('gives a file to one holder at a time', () => {
    const { open, request } = scene();
    const [first, second] = [open(), open()];
    const lease = leaseOf(first.claim(request));

    expect(second.claim(request)).toEqual({ kind: 'leased' });
    first.release(lease);

    expect(second.claim(request).kind).toBe('score');
  });

  it('gives a path to one holder at a time, whatever its content and the model', () => {
    const { open, request, identity } = scene();
    const ledger = open();
    ledger.claim(request);

    expect(ledger.claim({ ...request, model: 'churn/2' }).kind).toBe('leased');
    expect(ledger.claim({ ...request, identity: { ...identity, digest: 'd2' } }).kind).toBe(
      'leased',
    );
  });

  it('has a scored file scored again only by another model or when it changed', () => {
    const { open, request, identity } = scene();
    const ledger = open();
    const lease = leaseOf(ledger.claim(request));
    ledger.recordScored(lease, { rowCount: 1, publish: nothing });
    ledger.release(lease);
    const kindOf = (changed: Partial<typeof request>) => {
      const claim = ledger.claim({ ...request, ...changed });
      ledger.release(leaseOf(claim));
      return claim.kind;
    };

    expect(kindOf({})).toBe('scored');
    expect(kindOf({ model: 'churn/2' })).toBe('score');
    expect(kindOf({ identity: { ...identity, digest: 'd2' } })).toBe('score');
    expect(kindOf({ identity: { ...identity, mtimeNs: '2' } })).toBe('score');
    expect(kindOf({ identity: { ...identity, sizeBytes: 4 } })).toBe('score');
  });

  it('takes a lease back when it ran out, and names the temporary file', () => {
    const { open, request, clock } = scene();
    const [first, second] = [open(), open()];
    const claim = first.claim(request);
    clock.advance(leaseMs - 1);
    expect(second.reclaimLeases()).toEqual([]);

    clock.advance(1);

    const { token } = leaseOf(claim);
    const { outputPath } = claim as Extract<Claim, { kind: 'score' }>;
    expect(second.reclaimLeases()).toEqual([temporaryPath(outputPath, token)]);
    expect(second.claim(request)).toMatchObject({ kind: 'score', outputPath });
  });

  it('keeps a lease that is renewed', () => {
    const { open, request, clock } = scene();
    const [first, second] = [open(), open()];
    const lease = leaseOf(first.claim(request));
    clock.advance(leaseMs - 1);
    first.renew(lease);
    clock.advance(leaseMs - 1);

    expect(second.reclaimLeases()).toEqual([]);
    expect(second.claim(request).kind).toBe('leased');
  });

  it('takes the lease of a process that has ended back at once', () => {
    const { open, request, path } = scene();
    const ledger = open();
    ledger.claim(request);
    const database = new DatabaseSync(path);
    database.exec(
      `UPDATE file SET lease_holder = json_set(lease_holder, '$.startedAtMs', -1000000000)`,
    );
    database.close();

    expect(ledger.reclaimLeases()).toHaveLength(1);
  });

  it('publishes nothing under a lease that is lost', () => {
    const { open, request, clock } = scene();
    const [first, second] = [open(), open()];
    const lease = leaseOf(first.claim(request));
    clock.advance(leaseMs);
    second.reclaimLeases();
    second.claim(request);
    let isPublished = false;

    const late = () =>
      first.recordScored(lease, { rowCount: 1, publish: () => (isPublished = true) });

    expect(late).toThrow(LeaseLostError);
    expect(isPublished).toBe(false);
    expect(() => first.renew(lease)).toThrow(LeaseLostError);
  });

  it('forgets a scoring whose output could not be published', () => {
    const { open, request } = scene();
    const ledger = open();
    const lease = leaseOf(ledger.claim(request));
    const failing = () => {
      throw new Error('disk full');
    };

    expect(() => ledger.recordScored(lease, { rowCount: 1, publish: failing })).toThrow(
      'disk full',
    );
    ledger.release(lease);

    expect(ledger.claim(request).kind).toBe('score');
  });

  it('names no output that exists or that another waiting file is going to have', () => {
    const { open, request, outputFolder, identity } = scene();
    const ledger = open();
    writeFileSync(join(outputFolder, 'a_predictions.csv'), 'older');

    expect(ledger.claim(request)).toMatchObject({
      outputPath: join(outputFolder, 'a_predictions-2.csv'),
    });
    const other = { ...identity, path: '/elsewhere/a.csv' };
    expect(ledger.claim({ ...request, identity: other })).toMatchObject({
      outputPath: join(outputFolder, 'a_predictions-3.csv'),
    });
  });

  it('has an output replaced that a killed process could not note down', () => {
    const { open, request, identity, clock } = scene();
    const ledger = open();
    const claim = ledger.claim(request) as Extract<Claim, { kind: 'score' }>;
    writeFileSync(claim.outputPath, 'published');
    clock.advance(leaseMs);
    ledger.reclaimLeases();

    const changed = { ...identity, digest: 'd2' };
    expect(ledger.claim({ ...request, identity: changed })).toMatchObject({
      kind: 'score',
      outputPath: claim.outputPath,
    });
  });

  it('names the output after the file once more when an earlier content failed', () => {
    const { open, request, outputFolder, identity, path } = scene();
    const ledger = open();
    ledger.recordFailed(leaseOf(ledger.claim(request)), { code: 'X_Y', message: 'ragged' });

    const mended = { ...identity, digest: 'd2' };
    expect(ledger.claim({ ...request, identity: mended })).toMatchObject({
      outputPath: join(outputFolder, 'a_predictions.csv'),
    });
    expect(readBatchLedger(path)[0]).toMatchObject({
      state: 'failed',
      errorCode: 'X_Y',
      errorMessage: 'ragged',
      attempts: 1,
    });
  });

  it('remembers where a file was going to be archived, and names the copy in the making', () => {
    const { open, request, root, clock } = scene();
    const archive = join(root, 'archive');
    mkdirSync(archive);
    const ledger = open();
    const lease = leaseOf(ledger.claim(request));
    ledger.recordScored(lease, { rowCount: 1, publish: nothing });
    expect(ledger.planArchive(lease, archive)).toBe(join(archive, 'a.csv'));
    writeFileSync(join(archive, 'a.csv'), 'half done');
    clock.advance(leaseMs);
    expect(ledger.reclaimLeases()).toEqual([temporaryPath(join(archive, 'a.csv'), lease.token)]);

    const again = leaseOf(ledger.claim(request));

    expect(ledger.planArchive(again, archive)).toBe(join(archive, 'a.csv'));
    expect(ledger.planArchive(again, archive, join(archive, 'a.csv'))).toBe(
      join(archive, 'a-2.csv'),
    );
  });

  it('counts how often scoring was begun', () => {
    const { open, request, path } = scene();
    const ledger = open();
    ledger.release(leaseOf(ledger.claim(request)));
    ledger.release(leaseOf(ledger.claim(request)));

    expect(readBatchLedger(path)).toMatchObject([{ attempts: 2, state: 'waiting' }]);
  });

  it('throws BATCH_LEDGER_UNUSABLE for a file that is no ledger, and leaves it alone', () => {
    const { root, clock } = scene();
    const path = join(root, 'notes.txt');
    writeFileSync(path, 'These are notes and no database at all.'.repeat(50));
    const open = () => openLedger(path, { now: clock.now, leaseMs, owner: 'test' });

    expect(open).toThrow(LedgerUnusableError);
    expect(open).toThrow(path);
    expect(() => readBatchLedger(path)).toThrow(LedgerUnusableError);
    expect(existsSync(path)).toBe(true);
  });

  it('throws BATCH_LEDGER_UNUSABLE for a database of another program, and changes nothing in it', () => {
    const { root, clock } = scene();
    const path = join(root, 'mlflow.db');
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE experiments (name TEXT)');
    database.close();
    const before = readFileSync(path);

    expect(() => openLedger(path, { now: clock.now, leaseMs, owner: 'test' })).toThrow(
      /mlflow\.db cannot be used \(it is a database of another program\)/,
    );

    expect(readFileSync(path)).toEqual(before);
  });

  it('throws BATCH_LEDGER_UNUSABLE for a ledger of another version', () => {
    const { open, path } = scene();
    open();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    database.close();

    expect(open).toThrow(/version is 99/);
  });
});

describe('readBatchLedger', () => {
  it('throws BATCH_LEDGER_UNUSABLE where there is no ledger', () => {
    const path = join(temporaryFolder(), 'absent.db');

    expect(() => readBatchLedger(path)).toThrow(LedgerUnusableError);
    expect(existsSync(path)).toBe(false);
  });
});
